import { expect, it } from 'vitest';

import { makeBindCode } from '../../src/services/group/bind-codes.js';
import { listPeople, updatePerson } from '../../src/store/people.js';
import type { Store } from '../../src/store/store.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { testBot } from '../support/test-bot.js';
import { blocks, connecting } from './guide.js';

const now = '2023-09-25T09:00:00+08:00';
const codeForm = /\b[A-HJ-NP-Z2-9]{8}\b/g;

interface Turn {
  who: string;
  isPrivate: boolean;
  typed: string;
  answer: string;
}

/** 「谁（单聊）：…」, and the bot's answer in the lines below. */
function turnsOf(block: string): Turn[] {
  return block.split(/^(?=\S+?（(?:单聊|工作群)）：)/m).map((turn) => {
    const [, who = '', where, typed = '', answer = ''] =
      /^(\S+?)（(单聊|工作群)）：(?:@督办助手 )?(.+)\n督办助手：([\s\S]+)\n$/.exec(turn) ?? [];
    return { who, isPrivate: where === '单聊', typed, answer };
  });
}

it.each(connecting)('$guide.file: the bot answers as it is written', async ({ platform, guide }) => {
  const bot = await testBot({ now });
  await letEverybodyLeave(bot.store);
  const turns = blocks(guide, 'chat').flatMap(turnsOf);
  expect(turns.length).toBeGreaterThan(4);
  /** What stands in the guide for a code, and the code. */
  const codes = new Map<string, string>();
  const actual = (text: string) => text.replace(codeForm, (code) => codes.get(code) ?? code);
  codes.set(turns[0]?.typed.match(codeForm)?.[0] ?? '', await administratorCode(bot.store));
  for (const { who, isPrivate, typed, answer } of turns) {
    const said = await bot.hear({
      platform,
      account: 'bot1',
      chat: { id: isPrivate ? `private ${who}` : 'group1', private: isPrivate },
      sender: who,
      senderName: platform === 'wecom' ? null : who,
      text: actual(typed),
    });
    codes.set(answer.match(codeForm)?.[0] ?? '', said.match(codeForm)?.[0] ?? '');
    expect(said).toBe(actual(answer));
  }
  await bot.stop();
});

/** A connected ledger has nobody of the sandbox. */
async function letEverybodyLeave(store: Store): Promise<void> {
  const [workspace] = await listWorkspaces(store.read);
  if (!workspace) throw new Error('no workspace');
  const people = await listPeople(store.read, workspace.id);
  await store.transaction(async (tx) => {
    for (const { id } of people) await updatePerson(tx, workspace.id, id, { active: false });
  });
}

async function administratorCode(store: Store): Promise<string> {
  const { code } = await store.transaction(async (tx) => {
    const [workspace] = await listWorkspaces(tx);
    if (!workspace) throw new Error('no workspace');
    const purpose = { purpose: 'administrator', plans: null, createdBy: 'cli' } as const;
    return makeBindCode(tx, workspace.id, { ...purpose, now: new Date(now) });
  });
  return code;
}
