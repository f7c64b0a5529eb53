import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { type Step, week } from './steps.js';

interface Posted {
  kind: string;
  to: string | null;
  reply: { text: string };
}

const judgement = /未开展|未完成|逾期未|滞后|不力|倒数|第一名|点名|通报批评/u;
let sandbox: TestSandbox;

const post = async (address: string, body: unknown) => {
  const response = await fetch(new URL(address, sandbox.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
};

/** What the bot posted unasked in a chat: `group`, or the one-to-one chat of a person. */
async function postedTo(by: string): Promise<string[]> {
  const to = by === 'group' ? null : by;
  const { messages } = await (await fetch(new URL(`/sandbox/state?as=${encodeURIComponent(by)}`, sandbox.url))).json();
  const posted = messages.filter((message: Posted) => message.kind === 'posted' && message.to === to);
  return posted.map(({ reply }: Posted) => reply.text);
}

async function play({ who, say, private: alone = false }: Step): Promise<string> {
  if (say === undefined) return '';
  const { replies } = await post('/sandbox/messages', { user: who, text: say, private: alone });
  return replies.map(({ text }: { text: string }) => text).join('\n');
}

function holds(said: string, fact: string | RegExp): void {
  if (typeof fact === 'string') expect(said).toContain(fact);
  else expect(said).toMatch(fact);
}

describe('a week with the real notice', () => {
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());

  it.each(week)('$name', { timeout: 30_000 }, async (step) => {
    const chats = (step.told ?? []).map(({ by }) => by);
    const inGroup = (await postedTo('group')).length;
    const before = new Map<string, number>();
    for (const by of chats) before.set(by, (await postedTo(by)).length);
    await post('/sandbox/clock', { now: `${step.at}:00+08:00` });
    const said = await play(step);
    if (process.env.SHOW) console.log(`\n## ${step.name}\n> ${step.say}\n${said}`);
    if (step.silent) expect(said).toBe('');
    if (step.quiet) expect(await postedTo('group')).toHaveLength(inGroup);
    for (const fact of step.holds ?? []) holds(said, fact);
    for (const word of step.lacks ?? []) expect(said).not.toContain(word);
    expect(said).not.toMatch(judgement);
    if (!step.long) expect(said.split('\n').length).toBeLessThanOrEqual(6);
    for (const { by, holds, lacks = [] } of step.told ?? []) {
      const seen = async () => (await postedTo(by)).slice(before.get(by)).join('\n');
      await expect.poll(seen, { timeout: 5_000 }).toContain(holds[0]);
      const text = await seen();
      if (process.env.SHOW) console.log(`-> ${by}\n${text}`);
      for (const fact of holds) expect(text).toContain(fact);
      for (const word of lacks) expect(text).not.toContain(word);
      expect(text).not.toMatch(judgement);
    }
  });
});
