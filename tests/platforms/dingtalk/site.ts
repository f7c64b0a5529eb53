import { topics } from '../../../src/platforms/dingtalk/frames.js';
import { until } from '../../support/until.js';
import { type Person, patience, post, type Said, type Site } from '../server/site.js';
import { pressOf, secrets } from './rig.js';
import { app, cardSecret, cardTemplate, DingtalkSimulator, groupChat } from './simulator.js';

const people: Record<Person, string> = {
  administrator: '0420001',
  liaison: '0420002',
  office: '0420003',
  member: '0420004',
};
const names: Record<Person, string> = {
  administrator: '张主任',
  liaison: '李工',
  office: '督查室',
  member: '成员',
};

const failure = { kind: 'raw', status: 500, body: 'oops' } as const;

/** 钉钉 by signed callbacks, or over its long connection; with cards for buttons and a robot of the group. */
export async function dingtalkSite(mode: 'webhook' | 'stream'): Promise<Site> {
  const sim = await new DingtalkSimulator().start();
  let server = '';
  let met = 0;

  const hand = async (topic: string, body: object) => {
    if (mode === 'webhook') {
      await post(server, topic === topics.cards ? sim.cardRequest(body) : sim.request(body));
      return;
    }
    const id = sim.push(topic, body);
    await until('acknowledged', () => sim.acks.some((ack) => ack.messageId === id && ack.code === 200), patience);
  };

  return {
    variables: {
      DINGTALK_CLIENT_ID: app.clientId,
      DINGTALK_CLIENT_SECRET: app.clientSecret,
      DINGTALK_ROBOT_CODE: app.robotCode,
      DINGTALK_CORP_ID: app.corpId,
      DINGTALK_API_URL: sim.url,
      DINGTALK_OAPI_URL: sim.url,
      DINGTALK_CARD_TEMPLATE_ID: cardTemplate,
      ...(mode === 'stream'
        ? { DINGTALK_MODE: 'stream' }
        : { DINGTALK_CARD_ROUTE_KEY: 'duban', DINGTALK_CARD_SECRET: cardSecret }),
    },
    platform: 'dingtalk',
    group: groupChat,
    webhook: sim.webhook,
    userId: (who) => people[who],
    called: (who) => names[who],
    oneToOne: (who) => people[who],
    digestKeyed: true,
    async meet(url, offsetMs) {
      server = url;
      sim.now = () => Date.now() + offsetMs;
      if (mode === 'stream') await until('connected', () => sim.opened > met, patience);
      met = sim.opened;
    },
    async tell({ who, text = '', id, private: isPrivate = false, elsewhere = false, file, picture, quotes }: Said) {
      const chat = isPrivate ? `cid-of-${people[who]}` : elsewhere ? 'cidELSEWHERE==' : groupChat;
      const common = { chat, private: isPrivate, user: people[who], ...(id === undefined ? {} : { id }) };
      const senderNick = names[who];
      const repliedMsg = { msgId: 'quoted', msgType: 'text', content: { text: sim.posted.at(-1)?.text } };
      const answering = { text: { content: ` ${text}`, isReplyMsg: true, repliedMsg } };
      const spoken = { senderNick, ...(quotes ? answering : {}) };
      if (picture) {
        sim.files.set('picture1', picture);
        const richText = [
          { text: ` ${text}` },
          { type: 'picture', downloadCode: 'picture1', pictureDownloadCode: 'x' },
        ];
        const more = { senderNick, msgtype: 'richText', text: undefined, content: { richText } };
        return hand(topics.messages, sim.spoken({ ...common, more }));
      }
      if (!file) return hand(topics.messages, sim.spoken({ ...common, text, more: spoken }));
      sim.files.set('code1', Buffer.from(file.content));
      const content = { downloadCode: 'code1', fileName: file.name, spaceId: '1', fileId: '2' };
      const more = { senderNick, msgtype: 'file', text: undefined, content };
      return hand(topics.messages, sim.spoken({ ...common, more }));
    },
    /** A click has no id of its own. */
    async press(who, _id, label) {
      const shown = (one: string) => (label ?? one) === one;
      const last = sim.posted.findLast(({ way, buttons }) => way === 'card' && buttons.some((one) => shown(one.label)));
      const { card, press } = pressOf(last, label);
      await hand(topics.cards, sim.pressed(card, press, people[who]));
    },
    shown: () => sim.shown(),
    /** An answer takes no key: where nobody knows whether it arrived, it is not repeated. */
    stumble() {
      sim.trouble(
        failure,
        { kind: 'raw', status: 429, body: '{}', headers: { 'retry-after': '1' } },
        { kind: 'lost-answer' },
        { kind: 'hang' },
      );
      return { sends: 4, seen: 3 };
    },
    fallSilent: () => sim.trouble(failure, ...Array(200).fill({ kind: 'no-answer' })),
    recover: () => sim.calm(),
    givenUp: () => sim.givenUp,
    fetches: () => sim.given,
    secrets,
    close: () => sim.stop(),
  };
}
