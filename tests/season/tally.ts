import type { Outcome } from './world.js';

/** What a season came to. */
export class Tally {
  messages = 0;
  /** By command, how many were expected to be accepted, refused, asked about or not answered. */
  readonly commands = new Map<string, Record<Outcome['kind'], number>>();
  questions = 0;
  repeats = 0;
  stopped = 0;
  killed = 0;
  states = 0;
  lights = 0;
  wholeComparisons = 0;
  days = 0;
  duties = 0;
  checkups = 0;
  historyLines = 0;
  unasked = 0;
  readonly divergences: string[] = [];

  count(command: string, expected: Outcome[]): void {
    const counts = this.commands.get(command) ?? { yes: 0, no: 0, asks: 0, silent: 0 };
    const kinds = new Set(expected.map(({ kind }) => kind));
    const kind = (['asks', 'yes', 'no'] as const).find((one) => kinds.has(one)) ?? 'silent';
    counts[kind] += 1;
    this.commands.set(command, counts);
    this.messages += 1;
  }

  /** The closing table. */
  toString(): string {
    const rows = [...this.commands].sort(([a], [b]) => (a < b ? -1 : 1));
    const line = (name: string, numbers: (number | string)[]) =>
      `${name.padEnd(16)}${numbers.map((number) => String(number).padStart(9)).join('')}`;
    const all = { yes: 0, no: 0, asks: 0, silent: 0 };
    for (const [, counts] of rows)
      for (const kind of ['yes', 'no', 'asks', 'silent'] as const) all[kind] += counts[kind];
    const cells = ({ yes, no, asks, silent }: typeof all) => [yes + no + asks + silent, yes, no, asks, silent];
    return [
      line('command', ['messages', 'accepted', 'refused', 'asked', 'silent']),
      ...rows.map(([name, counts]) => line(name, cells(counts))),
      line('all', cells(all)),
      '',
      `${this.states} states and ${this.lights} lights compared in ${this.questions} questions: all of them on ${this.days} days, with histories and worklists ${this.wholeComparisons} times`,
      `${this.duties} duties, ${this.historyLines} lines of history and ${this.unasked} messages unasked read beside the model`,
      `${this.repeats} messages sent again, server stopped ${this.stopped} and killed ${this.killed} times, chains checked ${this.checkups} times`,
      `${this.divergences.length} divergences`,
    ].join('\n');
  }
}
