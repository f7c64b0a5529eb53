import type { RenderedReply } from '../../src/platforms/sandbox/hub.js';
import type { Dice } from './dice.js';
import type { Clock, Said, Server } from './server.js';
import type { Tally } from './tally.js';

/** A message that was answered. */
export interface Answered extends Said {
  at: number;
  replies: RenderedReply[];
}

const dayMs = 86_400_000;
/** The bot knows a message for thirty days. */
const knownMs = 29 * dayMs;
const recent = 300;
const longestUnansweredMs = 12;

/** The server goes down, at times as in a power cut while it answers; what was not answered is sent again. */
export async function sayThroughRestart(
  server: Server,
  dice: Dice,
  tally: Tally,
  clock: Clock,
  said: Said,
): Promise<RenderedReply[]> {
  if (dice.chance(0.5)) {
    tally.killed += 1;
    const answer = server.say(said).catch(() => null);
    await new Promise((resolve) => setTimeout(resolve, dice.between(0, longestUnansweredMs)));
    await server.stop('kill');
    await answer;
  } else {
    tally.stopped += 1;
    await server.stop('stop');
  }
  await server.start(clock);
  return server.say(said);
}

/** What the platform sends again gets the reply that it got before, whatever it says now; and changes nothing. */
export async function sayAgain(
  server: Server,
  dice: Dice,
  tally: Tally,
  answered: Answered[],
  at: number,
): Promise<void> {
  const known = answered.slice(-recent).filter((one) => at - one.at < knownMs);
  const { replies, at: _, ...said } = dice.pick(known);
  tally.repeats += 1;
  const again = await server.say({ ...said, text: dice.chance(0.2) ? '/undo' : said.text });
  const words = (some: RenderedReply[]) => JSON.stringify(some.map(({ kind, text }) => [kind, text]));
  if (words(again) !== words(replies)) {
    tally.divergences.push(
      `message ${said.id} sent again is answered ${words(again)}, before it was ${words(replies)}`,
    );
  }
}
