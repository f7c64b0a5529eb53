import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Bot, createBot } from '../../src/bot.js';
import { loadCommands } from '../../src/chat/load-commands.js';
import { type FileWay, type IncomingMessage, plainText, type Reply } from '../../src/chat/message.js';
import { loadConfig } from '../../src/config.js';
import { loadDataWhenEmpty } from '../../src/load-data.js';
import { PlanReader } from '../../src/plan-reading/plan-reader.js';
import type { MadeFile, PlatformAdapter, Sent, Target } from '../../src/platforms/adapter.js';
import { projectRoot } from '../../src/project-root.js';
import { readSentenceWords } from '../../src/sentence-words.js';
import { listGroups, setGroupWebhook } from '../../src/store/groups.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { openTable } from '../file-making/open-xlsx.js';
import { evidenceRoom } from '../support/evidence-room.js';

const channel = { platform: 'sandbox', account: 'sandbox' } as const;
const commands = await loadCommands();
const log = pino({ level: 'silent' });
const name = '督办台账 2023-09-25.xlsx';

const sentences = await readSentenceWords(loadConfig({}, projectRoot).dataFolder);
let store: Store;
let bot: Bot;
let now: Date;
let way: FileWay;
/** What the platform says to the next files. */
let answers: Sent[];
let posted: { target: Target; reply: Reply; key: string; made: MadeFile | null }[];
let asked: { message: IncomingMessage; webhook: string | null }[];

beforeEach(async () => {
  store = await openStore(':memory:', {});
  now = new Date('2023-09-25T10:00:00+08:00');
  await loadDataWhenEmpty(store, loadConfig({}, projectRoot).dataFolder, channel, now, 'Asia/Shanghai');
  way = { kind: 'with-answer' };
  [answers, posted, asked] = [[], [], []];
  const adapter: PlatformAdapter = {
    name: 'sandbox',
    limits: { textBytes: 10_000, spacingMs: 0, sendsPerMinute: 1_000, keyHonouredMs: 3_600_000 },
    abilities: new Set(['push', 'file']),
    receive: () => Promise.reject(new Error('this platform hears nothing')),
    fileWay(message, webhook) {
      asked.push({ message, webhook });
      return way;
    },
    async send(target, { reply, key, makeFile }) {
      const made = makeFile ? await makeFile() : null;
      const answer = (reply.kind === 'file' ? answers.shift() : null) ?? { kind: 'sent', platformMessageId: null };
      if (answer.kind === 'sent') posted.push({ target, reply, key, made });
      return answer;
    },
  };
  const reader = new PlanReader();
  bot = createBot({
    store,
    commands,
    adapters: [adapter],
    reader,
    evidence: evidenceRoom(),
    packs: new Map(),
    sentences,
    timeZone: 'Asia/Shanghai',
    now: () => now,
    log,
  });
  await bot.pass();
  posted = [];
});
afterEach(async () => {
  await bot.stop();
  await store.close();
});

async function ask(message: Partial<IncomingMessage> = {}): Promise<string[]> {
  const replies = await bot.answer({
    ...channel,
    id: 'm1',
    chat: { id: 'sandbox', private: false },
    sender: '成员',
    senderName: null,
    text: '/export',
    addressed: true,
    quoted: null,
    answeredBy: 'delivery',
    route: { by: 'test' },
    ...message,
  });
  await bot.pass();
  // What comes after it in the same chat.
  await later(100);
  return replies.map(plainText);
}
const said = () => posted.map(({ reply }) => (reply.kind === 'file' ? reply.name : plainText(reply)));
const later = async (ms: number) => {
  now = new Date(now.getTime() + ms);
  await bot.pass();
};
const words = `《${name}》：66项（79条），截至2023年9月25日10:00。\n办理情况是台账收到的报告，不代表实际进度。`;

describe('a file that goes with the answer', () => {
  it('is a delivery of its own after its words, and is made when it is sent', async () => {
    expect(await ask()).toEqual([]);
    expect(said()).toEqual([words, name]);
    expect(posted.map(({ target }) => target.route)).toEqual([{ by: 'test' }, { by: 'test' }]);
    const made = posted[1]?.made;
    if (made?.kind !== 'made') throw new Error('not made');
    expect((await openTable(made.bytes)).rows).toHaveLength(79);
  });

  it('comes once for a message that is resent', async () => {
    await ask();
    await ask();
    expect(said()).toEqual([words, name]);
  });

  it('stands in the answer itself where the platform takes it there', async () => {
    const replies = await ask({ answeredBy: 'response' });
    expect(replies).toEqual([words]);
    expect(posted).toEqual([]);
  });

  it('is tried again with the same key, and made anew', async () => {
    answers.push({ kind: 'retry', afterMs: 5_000, why: '限流', arrived: 'no' });
    await ask();
    expect(said()).toEqual([words]);
    await later(6_000);
    expect(said()).toEqual([words, name]);
    expect(posted[1]?.key).toBe('reply sandbox sandbox m1 2');
  });

  it('that does not come is said not to come, once, and why', async () => {
    answers.push({ kind: 'refused', why: '文件超过20MB' });
    await ask();
    await later(1_000);
    await later(60_000);
    expect(said()).toEqual([
      words,
      `《${name}》没有发出：文件超过20MB。\n请过几分钟再要一次；还不行就请管理员在服务器上运行 duban export。`,
    ]);
    expect(posted[1]?.target).toMatchObject({ chatId: 'sandbox', route: null });
  });
});

describe('a file that comes apart from the answer', () => {
  beforeEach(() => {
    way = { kind: 'apart', say: '文件随后由本群的机器人发出。' };
  });

  it('is told of at once and sent by the other channel, without the road of the answer', async () => {
    expect(await ask({ answeredBy: 'response' })).toEqual([`${words}\n文件随后由本群的机器人发出。`]);
    expect(said()).toEqual([name]);
    expect(posted[0]?.target).toMatchObject({ chatId: 'sandbox', userId: null, route: null });
  });

  it('is owed once, also when the answer was lost and the message comes again', async () => {
    const first = await ask({ answeredBy: 'response' });
    expect(await ask({ answeredBy: 'response' })).toEqual(first);
    expect(said()).toEqual([name]);
  });

  it('is asked about with the robot of the very group, and with none one to one', async () => {
    const [workspace] = await listWorkspaces(store.read);
    const [group] = workspace ? await listGroups(store.read, workspace.id) : [];
    if (!workspace || !group) throw new Error('no group');
    await store.transaction((tx) => setGroupWebhook(tx, workspace.id, group.id, 'https://robot.example'));
    await ask({ id: 'm2' });
    await ask({ id: 'm3', chat: { id: 'private 成员', private: true } });
    expect(asked.map(({ webhook }) => webhook)).toEqual(['https://robot.example', null]);
  });
});

it('where no file can come, the answer says what to do instead, and nothing is owed', async () => {
  way = { kind: 'none', say: '这里发不了文件，请单聊我发“/export”。' };
  expect(await ask({ answeredBy: 'response' })).toEqual([`${words}\n这里发不了文件，请单聊我发“/export”。`]);
  await ask({ id: 'm2' });
  expect(said()).toEqual([`${words}\n这里发不了文件，请单聊我发“/export”。`]);
});
