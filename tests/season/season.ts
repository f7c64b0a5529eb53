import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { RenderedReply } from '../../src/platforms/sandbox/hub.js';
import { type Action, nextAction, strangerAction } from './actions.js';
import { Audit, digestsBy, wrongWith } from './audit.js';
import { type Ask, Comparison } from './compare.js';
import { momentOf, mondayOf } from './days.js';
import { Dice } from './dice.js';
import { type Answered, sayAgain, sayThroughRestart } from './mishaps.js';
import { newWorld, writeOffice } from './office.js';
import { waitingFor } from './questions.js';
import { mismatch } from './reading.js';
import { mayHaveWritten } from './rights.js';
import { passTime } from './rounds.js';
import { Server } from './server.js';
import { diceOfDays, firstDay, type Sitting, sittingsOf } from './sittings.js';
import { Tally } from './tally.js';
import type { Chat, Outcome, Person, Settings, Speaking, World } from './world.js';

export interface Plan {
  seed: number;
  messages: number;
  settings: Settings;
  /** Every day of a year, or a few weeks and then jumps through it. */
  everyDay: boolean;
  /** Compares every state, count and light at the end of each day and everything at the end of each week, not only at the end of all. */
  daily: boolean;
  restarts: number;
  /** Hears each message with what was expected of it and what came. */
  log?: (line: string) => void;
}

/** After so many there is nothing more to learn. */
const mostDivergences = 25;
const repeated = 0.03;
const sampled = 0.1;

/** A season in the office, message by message, beside the model. `watch` is told of each sitting. */
export async function runSeason(
  plan: Plan,
  watch: (day: string, tally: Tally) => void = () => undefined,
): Promise<Tally> {
  const folder = mkdtempSync(path.join(tmpdir(), 'duban-season-'));
  const season = new Season(plan, folder);
  try {
    return await season.run(watch);
  } finally {
    await season.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Season {
  readonly #plan: Plan;
  readonly #world: World;
  readonly #server: Server;
  readonly #audit: Audit;
  readonly #dice: Dice;
  readonly #tally = new Tally();
  readonly #answered: Answered[] = [];
  #sitting: Sitting = { day: firstDay, time: '09:00', messages: 0, strangers: false };
  #at = momentOf(firstDay, '09:00');

  constructor(plan: Plan, folder: string) {
    const data = path.join(folder, 'data');
    const beginning = { settings: plan.settings, startOn: firstDay };
    writeOffice(data, beginning);
    this.#plan = plan;
    this.#world = newWorld(beginning);
    this.#server = new Server(folder, data);
    this.#audit = new Audit(this.#server);
    this.#dice = new Dice(plan.seed);
  }

  async run(watch: (day: string, tally: Tally) => void): Promise<Tally> {
    const { seed, messages, everyDay, daily } = this.#plan;
    const sittings = sittingsOf(diceOfDays(seed), messages, everyDay);
    await this.#server.start(this.#sitting);
    for (const [index, sitting] of sittings.entries()) {
      await this.#sit(sitting);
      const next = sittings[index + 1];
      const isWeekOver = next === undefined || mondayOf(next.day) !== mondayOf(sitting.day);
      if (next === undefined || (daily && isWeekOver)) await this.#compareAll();
      else if (daily && next.day !== sitting.day) await this.#compareDay();
      watch(sitting.day, this.#tally);
      if (this.#tally.divergences.length >= mostDivergences) return this.#tally;
    }
    await this.#checkUp();
    return this.#tally;
  }

  close(): Promise<void> {
    return this.#server.stop('stop');
  }

  async #sit(sitting: Sitting): Promise<void> {
    this.#sitting = sitting;
    this.#at = momentOf(sitting.day, sitting.time);
    await this.#server.moveClock(sitting);
    this.#audit.unaskedSoFar(this.#world);
    passTime(this.#world, this.#at);
    if (sitting.strangers) return this.#sitAmongStrangers(sitting);
    let asked: { person: Person; chat: Chat }[] = [];
    for (let turn = 0; turn < sitting.messages; turn += 1) {
      const action = nextAction(this.#world, this.#dice, { at: this.#at, today: sitting.day }, asked);
      const { person, chat } = action;
      const speaking = await this.#say(action);
      asked = asked.filter((one) => one.person !== person || one.chat.id !== chat.id);
      if (waitingFor(this.#world, speaking)) asked.push({ person, chat });
      if (this.#dice.chance(repeated)) await sayAgain(this.#server, this.#dice, this.#tally, this.#answered, this.#at);
      if (this.#dice.chance(sampled)) await this.#compareSome();
    }
  }

  /** Whatever they write, the ledger stays as it was. */
  async #sitAmongStrangers({ day, messages }: Sitting): Promise<void> {
    const before = this.#audit.ledger();
    for (let turn = 0; turn < messages; turn += 1) await this.#say(strangerAction(this.#world, this.#dice, day));
    if (this.#audit.ledger() !== before) this.#diverges('strangers have changed the ledger');
  }

  #diverges(what: string): void {
    this.#tally.divergences.push(`${this.#sitting.day} ${this.#sitting.time} ${what}`);
  }

  async #say({ command, person, chat, text, expect }: Action): Promise<Speaking> {
    const number = this.#tally.messages;
    const speaking: Speaking = {
      person,
      chat,
      at: this.#at,
      today: this.#sitting.day,
      message: `m${number}`,
      alone: true,
    };
    const roles = person.roles.join('、');
    const before = this.#world.history.length;
    const expected = expect(speaking);
    for (const entry of this.#world.history.slice(before)) {
      if (!mayHaveWritten(this.#world, person, entry))
        this.#diverges(`${person.name}（${roles}）may write on ${entry.row} by “${text}”`);
    }
    const said = { user: person.name, group: chat.private ? null : chat.id, text, id: speaking.message };
    const apart = Math.floor(this.#plan.messages / (this.#plan.restarts + 1));
    const restarts = number % apart === apart - 1;
    const { killed } = this.#tally;
    const replies = restarts
      ? await sayThroughRestart(this.#server, this.#dice, this.#tally, this.#sitting, said)
      : await this.#server.say(said);
    if (this.#tally.killed > killed) await this.#checkUp();
    this.#tally.count(command, expected);
    this.#answered.push({ ...said, at: this.#at, replies });
    const answer = replies.map((reply) => reply.text).join(' ‖ ');
    this.#plan.log?.(
      `${said.id} ${this.#sitting.day} ${this.#sitting.time} ${person.name} in ${chat.id}: ${text}\n  the model: ${JSON.stringify(expected)}\n  the bot: ${answer}`,
    );
    this.#judge(`${said.id} of ${person.name}（${roles}）in ${chat.id}: ${text}`, expected, replies);
    return speaking;
  }

  #judge(what: string, expected: Outcome[], replies: RenderedReply[]): void {
    const wrong = [
      mismatch(replies, expected),
      ...replies.flatMap((reply) => wrongWith(reply, this.#world.people)),
    ].filter((one) => one !== null);
    const answer = replies.map(({ kind, text }) => `${kind} ${text.slice(0, 400)}`).join(' ‖ ');
    for (const why of wrong) {
      const believed = JSON.stringify(expected);
      this.#diverges(`message ${what}\n  ${why}\n  the model: ${believed}\n  the bot: ${answer}`);
    }
  }

  #comparison(): Comparison {
    const ask: Ask = (user, text) => {
      this.#tally.questions += 1;
      return this.#server.say({ user, group: null, text, id: `q${this.#tally.questions}` });
    };
    return new Comparison(this.#world, ask, { at: this.#at, today: this.#sitting.day });
  }

  #note({ states, lights, divergences }: Comparison): void {
    this.#tally.states += states;
    this.#tally.lights += lights;
    for (const one of divergences) this.#diverges(one);
  }

  /** One question, mostly about what was last written. */
  async #compareSome(): Promise<void> {
    const rows = [...this.#world.rows.values()];
    const any = this.#dice.pick(rows);
    const last = this.#world.rows.get(this.#world.history.at(-1)?.row ?? '') ?? any;
    const person = this.#dice.pick([...this.#world.people.values()]);
    const comparison = this.#comparison();
    const questions = [
      ...[() => comparison.why([last]), () => comparison.tasks([last]), () => comparison.histories([last])],
      ...[() => comparison.why([any]), () => comparison.status(), () => comparison.missing()],
      ...[() => comparison.extensions(), () => comparison.mine(person)],
    ];
    await this.#dice.pick(questions)();
    this.#note(comparison);
  }

  async #compareDay(): Promise<void> {
    const comparison = this.#comparison();
    await comparison.day();
    this.#note(comparison);
    this.#read();
  }

  async #compareAll(): Promise<void> {
    const comparison = this.#comparison();
    await comparison.all();
    this.#note(comparison);
    this.#read();
    this.#audit.deliveries(this.#world, this.#at, digestsBy(firstDay, this.#sitting.day));
    this.#audit.history(this.#world);
    this.#tally.wholeComparisons += 1;
    this.#tally.historyLines = this.#world.history.length;
    this.#noteWrong();
  }

  /** What is in the database beside what the model believes. */
  #read(): void {
    this.#tally.days += 1;
    this.#tally.duties += this.#audit.duties(this.#world);
    this.#audit.requests(this.#world);
    this.#audit.unaskedSoFar(this.#world);
    this.#tally.unasked = this.#audit.unasked;
    this.#noteWrong();
  }

  #noteWrong(): void {
    for (const one of this.#audit.wrong.splice(0)) this.#diverges(one);
  }

  /** The program itself is asked whether every chain is whole. */
  async #checkUp(): Promise<void> {
    this.#tally.checkups += 1;
    const { out } = await this.#server.run(['doctor', '--json'], this.#sitting);
    const checks: { id: string; state: string; say: string }[] = JSON.parse(out).checks;
    for (const id of ['history', 'database.integrity']) {
      const check = checks.find((one) => one.id === id);
      if (check?.state !== 'ok') this.#diverges(`doctor on ${id}: ${check?.say ?? 'nothing'}`);
    }
    const lines = Number(/的(\d+)条历史/.exec(checks.find(({ id }) => id === 'history')?.say ?? '')?.[1]);
    const believed = this.#world.history.length;
    if (lines !== believed) this.#diverges(`the doctor counts ${lines} lines of history, the model ${believed}`);
  }
}
