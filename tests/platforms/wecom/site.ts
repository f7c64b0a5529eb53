import { randomUUID } from 'node:crypto';

import { until } from '../../support/until.js';
import type { Shown } from '../contract.js';
import { type Person, patience, post, type Said, type Site } from '../server/site.js';
import { botSecret, ConnectionSimulator } from './connection-simulator.js';
import { readNative } from './read-shown.js';
import { agentId, botId, corpId, secrets, WecomSimulator } from './simulator.js';

const people: Record<Person, string> = {
  administrator: 'zhangzhuren',
  liaison: 'zhujian',
  office: 'ducha',
  member: 'member',
};
const group = 'wrDemoChat01';
const dispositionOf = (name: string) => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
const chatOf = ({ who, private: isPrivate, elsewhere }: Said) =>
  isPrivate ? `single ${people[who]}` : elsewhere ? 'wrElsewhere' : group;
/** What the button says that was shown last, or the last one of that name, and where. */
function lastButton(shown: Shown[], label?: string): { send: string; chat: string } {
  const isMeant = (one: { label: string }) => (label ?? one.label) === one.label;
  const last = shown.findLast(({ buttons }) => buttons.some(isMeant));
  return { send: last?.buttons.find(isMeant)?.send ?? '', chat: last?.chat ?? '' };
}

const quoteOf = (shown: Shown[]) => ({ quote: { msgtype: 'text', text: { content: shown.at(-1)?.text ?? '' } } });

const common = {
  platform: 'wecom',
  group,
  userId: (who: Person) => people[who],
  /** It tells no names. */
  called: (who: Person) => people[who],
  /** The group's robot takes no key. */
  digestKeyed: false,
} as const;

/** 企业微信 by callbacks: 智能机器人 answers in its response, 自建应用 hears and speaks one to one, a robot speaks in the group. */
export async function wecomCallbackSite(): Promise<Site> {
  const sim = await WecomSimulator.start();
  /** What has been answered to each message. */
  const answers = new Map<string, Set<string>>();
  /** When each button was pressed one to one. */
  const seconds = new Map<string, string>();
  let server = '';

  const askBot = async (said: Said, id: string, request: Request) => {
    const body = await sim.answered(request, await post(server, request.clone()));
    if (body === null || !('msgtype' in body)) return;
    const known = answers.get(id) ?? new Set();
    answers.set(id, known);
    if (known.has(JSON.stringify(body))) return;
    known.add(JSON.stringify(body));
    sim.shown.push({ chat: chatOf(said), ...readNative(body as never, true), answers: id });
  };

  return {
    ...common,
    variables: {
      WECOM_API_URL: sim.url,
      WECOM_BOT_ID: botId,
      WECOM_BOT_NAME: '督办助手',
      WECOM_BOT_TOKEN: secrets.botToken,
      WECOM_BOT_AES_KEY: secrets.botAesKey,
      WECOM_CORP_ID: corpId,
      WECOM_AGENT_ID: agentId,
      WECOM_APP_SECRET: secrets.appSecret,
      WECOM_APP_TOKEN: secrets.appToken,
      WECOM_APP_AES_KEY: secrets.appAesKey,
    },
    webhook: sim.webhook,
    oneToOne: (who) => `single ${people[who]}`,
    async meet(url) {
      server = url;
    },
    async tell(said) {
      const { who, text = '', id = randomUUID(), private: isPrivate = false, file, picture, quotes } = said;
      const told = { text, id, user: people[who], private: isPrivate, chat: chatOf(said) };
      if (file) {
        const url = sim.hold(Buffer.from(file.content), dispositionOf(file.name));
        const more = { msgtype: 'file', text: undefined, file: { url } };
        await askBot(said, id, sim.said({ ...told, more }));
      } else if (picture) {
        const more = { msgtype: 'mixed', text: undefined, mixed: mixedOf(said, sim.hold(picture, null)) };
        await askBot(said, id, sim.said({ ...told, more }));
      } else if (isPrivate) await post(server, sim.appSaid(told));
      else await askBot(said, id, sim.said({ ...told, more: quotes ? quoteOf(sim.shown) : {} }));
    },
    async press(who, id, label) {
      const { send, chat } = lastButton(sim.shown, label);
      if (chat.startsWith('single ')) {
        const second = seconds.get(id) ?? String(1_767_600_200 + seconds.size);
        seconds.set(id, second);
        await post(server, sim.appClicked(send, { FromUserName: people[who], CreateTime: second }));
        return;
      }
      const request = sim.clicked(send, { id, user: people[who], chat: group });
      const card = await sim.answered(request, await post(server, request.clone()));
      const isGreyed = card?.response_type === 'update_template_card';
      if (isGreyed === send.startsWith('/')) throw new Error(`the card of ${send} was${isGreyed ? '' : ' not'} greyed`);
    },
    shown: () => sim.shown,
    stumble() {
      sim.trouble(
        { kind: 'server-error' },
        { kind: 'rate-limited', afterMs: 1_000 },
        { kind: 'lost-answer' },
        { kind: 'hang' },
      );
      return { sends: 4, seen: 4 };
    },
    fallSilent: () => sim.trouble({ kind: 'server-error' }, ...Array(200).fill({ kind: 'no-answer' })),
    recover: () => sim.calm(),
    givenUp: () => sim.givenUp,
    fetches: () => sim.given,
    secrets: Object.values(secrets),
    close: () => sim.close(),
  };
}

/** Words and a picture in one message. */
function mixedOf({ text = '', private: isPrivate = false }: Said, url: string, aeskey?: string) {
  const content = isPrivate ? text : `@督办助手 ${text}`;
  const image = { url, ...(aeskey === undefined ? {} : { aeskey }) };
  return {
    msg_item: [
      { msgtype: 'text', text: { content } },
      { msgtype: 'image', image },
    ],
  };
}

/** 企业微信 over the long connection of 智能机器人, which acknowledges nothing; the group has a robot too. */
export async function wecomConnectionSite(): Promise<Site> {
  const sim = await WecomSimulator.start();
  const far = await ConnectionSimulator.start(undefined, sim.shown);
  const asked = new Map<string, { id: string; chat: string }>();
  let met = 0;

  return {
    ...common,
    variables: {
      WECOM_API_URL: sim.url,
      WECOM_MODE: 'stream',
      WECOM_BOT_ID: botId,
      WECOM_BOT_NAME: '督办助手',
      WECOM_BOT_SECRET: botSecret,
      WECOM_STREAM_URL: far.url,
    },
    webhook: sim.webhook,
    oneToOne: (who) => people[who],
    async meet() {
      await until('connected', () => far.subscribed > met && far.isLinked, patience);
      met = far.subscribed;
    },
    async tell(said) {
      const { who, text = '', id = randomUUID(), private: isPrivate = false, file, picture, quotes } = said;
      const where = isPrivate ? { chattype: 'single', chatid: undefined } : { chattype: 'group', chatid: chatOf(said) };
      const what = file
        ? {
            msgtype: 'file',
            text: undefined,
            file: {
              url: sim.hold(Buffer.from(file.content), dispositionOf(file.name)),
              aeskey: `${secrets.botAesKey}=`,
            },
          }
        : picture
          ? {
              msgtype: 'mixed',
              text: undefined,
              mixed: mixedOf(said, sim.hold(picture, null), `${secrets.botAesKey}=`),
            }
          : { text: { content: isPrivate ? text : `@督办助手 ${text}` }, ...(quotes ? quoteOf(sim.shown) : {}) };
      const requestId = far.say({ msgid: id, from: { userid: people[who] }, ...where, ...what });
      asked.set(requestId, { id, chat: chatOf(said) });
    },
    async press(who, id, label) {
      const { send, chat } = lastButton(sim.shown, label);
      const clicked = { card_type: 'button_interaction', event_key: send, task_id: 'q-1' };
      const event = { eventtype: 'template_card_event', template_card_event: clicked };
      const where = chat === people[who] ? { chattype: 'single', chatid: undefined } : { chatid: group };
      far.event(event, { msgid: id, ...where, from: { userid: people[who] } });
    },
    shown: () =>
      sim.shown.map((one) => {
        const to = asked.get(one.answers ?? '');
        return to ? { ...one, chat: to.chat, answers: to.id } : one;
      }),
    /** A frame that is never answered has arrived or has not: it is not repeated. */
    stumble() {
      far.troubles.push(-1, 'silence');
      return { sends: 2, seen: 2 };
    },
    fallSilent() {
      far.troubles.push(-1, ...Array(200).fill('silence'));
      sim.trouble({ kind: 'server-error' }, ...Array(200).fill({ kind: 'no-answer' }));
    },
    recover() {
      far.troubles.length = 0;
      sim.calm();
    },
    givenUp: () => sim.givenUp,
    fetches: () => sim.given,
    secrets: [botSecret, secrets.webhookKey],
    async close() {
      await far.close();
      await sim.close();
    },
  };
}
