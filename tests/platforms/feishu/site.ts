import { until } from '../../support/until.js';
import { type Person, patience, post, type Said, type Site } from '../server/site.js';
import { app, FeishuSimulator } from './simulator.js';

const people: Record<Person, string> = {
  administrator: 'ou_zhang',
  liaison: 'ou_zhujian',
  office: 'ou_office',
  member: 'ou_member',
};
const names: Record<Person, string> = {
  administrator: '张主任',
  liaison: '李工',
  office: '督查室',
  member: '成员',
};

/** 飞书 by encrypted events, or over its long connection. */
export async function feishuSite(mode: 'webhook' | 'stream'): Promise<Site> {
  const sim = await new FeishuSimulator().start();
  for (const who of Object.keys(people) as Person[]) sim.users.set(people[who], names[who]);
  let server = '';
  let met = 0;
  let serial = 0;

  const hand = async (event: object) => {
    if (mode === 'webhook') {
      await post(server, sim.request(event));
      return;
    }
    const id = sim.push(event);
    await until('acknowledged', () => sim.acknowledged.has(id), patience);
  };

  return {
    variables: {
      FEISHU_APP_ID: app.appId,
      FEISHU_APP_SECRET: app.appSecret,
      FEISHU_BASE_URL: sim.url,
      ...(mode === 'stream'
        ? { FEISHU_MODE: 'stream' }
        : { FEISHU_ENCRYPT_KEY: app.encryptKey, FEISHU_VERIFICATION_TOKEN: app.verificationToken }),
    },
    platform: 'feishu',
    group: 'oc_group',
    webhook: null,
    userId: (who) => people[who],
    called: (who) => names[who],
    oneToOne: (who) => people[who],
    digestKeyed: true,
    async meet(url) {
      server = url;
      if (mode === 'stream') await until('connected', () => sim.opened > met, patience);
      met = sim.opened;
    },
    async tell({ who, text = '', id, private: isPrivate = false, elsewhere = false, file, picture, quotes }: Said) {
      serial += 1;
      const chat = isPrivate ? `oc_${people[who]}` : elsewhere ? 'oc_elsewhere' : 'oc_group';
      const messageId = id ?? `om_said_${serial}`;
      const common = { chat, user: people[who], id: messageId, private: isPrivate };
      sim.place(messageId, chat);
      const parent = quotes ? { parent: sim.posted.at(-1)?.id ?? '' } : {};
      if (picture) {
        sim.files.set('img_1', { name: '', type: 'image', content: picture });
        const at = isPrivate ? [] : [{ tag: 'at', user_id: '@_user_1', user_name: '' }];
        const words = [...at, { tag: 'text', text: ` ${text}` }];
        const content = JSON.stringify({ title: '', content: [words, [{ tag: 'img', image_key: 'img_1' }]] });
        return hand(sim.spoken({ ...common, type: 'post', content, mention: !isPrivate }));
      }
      if (!file) return hand(sim.spoken({ ...common, ...parent, text, mention: !isPrivate }));
      sim.files.set('file_1', { name: file.name, type: 'stream', content: Buffer.from(file.content) });
      const content = JSON.stringify({ file_key: 'file_1', file_name: file.name });
      return hand(sim.spoken({ ...common, type: 'file', content }));
    },
    async press(who, id, label) {
      const at = sim.shown().findLastIndex(({ buttons }) => buttons.some((one) => (label ?? one.label) === one.label));
      const card = sim.posted[at];
      const { body } = JSON.parse(card?.content ?? '{}');
      const button = body.elements.find(
        ({ tag, text }: { tag: string; text?: { content: string } }) =>
          tag === 'button' && (label ?? text?.content) === text?.content,
      );
      await hand(sim.pressed(card?.chat ?? '', people[who], button.behaviors[0].value, card?.id, id));
    },
    shown: () => sim.shown(),
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
    fetches: () => sim.calls.filter((call) => call.includes('/resources/')).length,
    secrets: [app.appSecret, app.encryptKey, app.verificationToken, sim.token || 't-1-demo'],
    close: () => sim.stop(),
  };
}
