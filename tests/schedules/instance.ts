import { flushCompileCache } from 'node:module';
import path from 'node:path';

import { pino } from 'pino';

import { createBot } from '../../src/bot.js';
import { commandSet } from '../../src/chat/load-commands.js';
import type { PlatformName } from '../../src/chat/message.js';
import { PlanReader } from '../../src/plan-reading/plan-reader.js';
import type { PlatformAdapter } from '../../src/platforms/adapter.js';
import { projectRoot } from '../../src/project-root.js';
import { readSentenceWords } from '../../src/sentence-words.js';
import { openStore } from '../../src/store/open.js';
import { evidenceRoom } from '../support/evidence-room.js';
import { keyHonouredMs, timeZone } from './office.js';

/** One instance of the bot as its own program: the parent sets its clock and is told when a pass has ended. */
const [location = '', platformUrl = ''] = process.argv.slice(2);
let clock = new Date(0);

function adapter(name: PlatformName): PlatformAdapter {
  return {
    name,
    limits: { textBytes: 4096, spacingMs: 0, sendsPerMinute: 1_000_000, keyHonouredMs: keyHonouredMs[name] ?? 0 },
    abilities: new Set(['push', 'mention']),
    receive: () => Promise.reject(new Error('this platform hears nothing')),
    async send({ chatId, userId }, { key }) {
      const said = { platform: name, key, to: userId ?? chatId, at: clock.getTime() };
      try {
        const answer = await fetch(platformUrl, { method: 'POST', body: JSON.stringify(said) });
        if (answer.ok) return { kind: 'sent', platformMessageId: await answer.text() };
        return { kind: 'retry', afterMs: 1000, why: 'busy', arrived: 'no' };
      } catch {
        return { kind: 'retry', afterMs: 1000, why: 'no answer', arrived: 'maybe' };
      }
    },
  };
}

const store = await openStore(location, { connections: 3 });
const bot = createBot({
  store,
  commands: commandSet([]),
  adapters: [adapter('feishu'), adapter('wecom')],
  reader: new PlanReader(),
  evidence: evidenceRoom(),
  packs: new Map(),
  sentences: await readSentenceWords(path.join(projectRoot, 'data')),
  timeZone,
  now: () => clock,
  log: pino({ level: 'silent' }),
});

process.on('message', async (tick: { at: number; twice: boolean }) => {
  clock = new Date(tick.at);
  try {
    await Promise.all([bot.pass(), ...(tick.twice ? [bot.pass()] : [])]);
    process.send?.({ done: tick.at });
  } catch (error) {
    process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
process.on('disconnect', () => process.exit());
// Whoever is killed writes nothing when it ends.
flushCompileCache();
process.send?.({ ready: true });
