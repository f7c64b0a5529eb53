import type { RenderedReply } from '../../src/platforms/sandbox/hub.js';
import { type Day, spoken } from './days.js';
import { answersFor, type Figure, figureOf, figures, rowStatus } from './figures.js';
import { type Lit, lightsOf, type Reason } from './lights.js';
import type { Row } from './notice.js';
import {
  deciding,
  decidingUnits,
  dutyOf,
  inOrder,
  partsOf,
  rowsInView,
  rowsOfWork,
  slotsOf,
  stateOf,
  wholeOf,
} from './owing.js';
import { asksOf, waitingRequests } from './requests.js';
import { leftOf, openRounds } from './rounds.js';
import {
  type Entry,
  has,
  type Kind,
  type Person,
  reportsFor,
  rowName,
  type Status,
  standing,
  type World,
} from './world.js';

/** Asks the bot something in the name of a person, one to one. */
export type Ask = (person: string, text: string) => Promise<RenderedReply[]>;

const statusNames: Record<Status, string> = {
  unreported: '未报',
  'in-progress': '正在推进',
  reported: '已报办结（待核查）',
  closed: '已销号',
  paused: '暂缓',
  withdrawn: '调整取消',
};
const open: Status[] = ['unreported', 'in-progress', 'paused'];
/** The bot takes no more codes at once. */
const codesAtOnce = 20;
const anybody = '审计员';

/** Holds what the bot answers against what the model believes, question by question. */
export class Comparison {
  states = 0;
  lights = 0;
  readonly divergences: string[] = [];
  readonly #world: World;
  readonly #ask: Ask;
  readonly #at: number;
  readonly #today: Day;

  constructor(world: World, ask: Ask, moment: { at: number; today: Day }) {
    this.#world = world;
    this.#ask = ask;
    this.#at = moment.at;
    this.#today = moment.today;
  }

  /** Every state, count and light. */
  async day(): Promise<void> {
    await this.status();
    await this.list();
    await this.missing();
    await this.extensions();
    await this.why([...this.#world.rows.values()]);
  }

  /** Everything that can be asked. */
  async all(): Promise<void> {
    const rows = [...this.#world.rows.values()];
    await this.day();
    await this.tasks(rows);
    await this.histories(rows);
    for (const person of this.#world.people.values()) await this.mine(person);
  }

  #hold(what: string, said: unknown, believed: unknown): void {
    const [one, other] = [JSON.stringify(said), JSON.stringify(believed)];
    if (one !== other) this.divergences.push(`${what}: the bot says ${one}, the model believes ${other}`);
  }

  async #text(person: string, text: string): Promise<string> {
    return (await this.#ask(person, text)).map((reply) => reply.text).join('\n');
  }

  /** The counts, and each unit's in the order of the document. */
  async status(): Promise<void> {
    const [reply] = await this.#ask(anybody, '/status');
    const text = reply?.text ?? '';
    const title = text.split('\n')[0] ?? '';
    const all = figures(this.#world, this.#today, { plans: null });
    const rows = rowsInView(this.#world, null, this.#today);
    const sizes = /共(\d+)项(?:（(\d+)条）)?/.exec(title)?.slice(1).map(Number);
    this.#hold(
      '/status',
      [sizes, title.slice(title.lastIndexOf('：') + 1)],
      [[all.length, rows.length], countsText(all)],
    );
    const byUnit = inOrder(this.#world, this.#world.units.keys()).flatMap((unit) => {
      const own = all.filter((figure) => answersFor(this.#world, unit, figure));
      return own.length > 0 ? [[unit, `${own.length}项`, countsText(own)]] : [];
    });
    this.#hold('/status by unit', reply?.kind === 'table' ? reply.rows : [], byUnit);
    const noted = [/已报困难(\d+)项/, /未收到办结报告(\d+)项/, /待批(\d+)项/, /待补报(\d+)项/];
    const flags = ['problem', 'overdue', 'asked', 'backfill'] as const;
    this.#hold(
      '/status notes',
      noted.map((pattern) => Number(pattern.exec(text)?.[1] ?? 0)),
      flags.map((flag) => all.filter((figure) => figure[flag]).length),
    );
  }

  /** Each work with its day, status and marks. */
  async list(): Promise<void> {
    this.#lines('/list', await this.#pages(anybody, '/list'), figures(this.#world, this.#today, { plans: null }));
  }

  async #pages(person: string, command: string): Promise<string[]> {
    const lines: string[] = [];
    for (let page = 1, more = true; more; page += 1) {
      const text = await this.#text(person, `${command} 第${page}页`);
      lines.push(...text.split('\n').filter((line) => /^\p{Script=Han}{1,4}-\d+ .*｜.*｜/u.test(line)));
      more = text.includes('看下一页');
    }
    return lines;
  }

  #lines(what: string, lines: string[], believed: Figure[]): void {
    const codes = lines.map((line) => line.split(' ')[0]);
    this.#hold(
      `${what} works`,
      codes,
      believed.map(({ whole }) => whole.code),
    );
    if (lines.length !== believed.length) return;
    for (const [index, { whole, due, status, ...figure }] of believed.entries()) {
      const [, when = '', standing = ''] = /^.*?｜(.*)｜(.*?)$/.exec(lines[index] ?? '') ?? [];
      const marks = [
        ...[figure.tally === null ? '' : ` ${figure.tally}`, figure.problem ? '，已报困难' : ''],
        ...[figure.backfill ? '，有待补报' : '', figure.asked ? '，已申请延期，待批' : ''],
      ];
      const day = /^(?:\d{4}年)?\d+月\d+日(?=$|[（；])/.exec(when)?.[0] ?? null;
      this.#hold(
        `${what} ${whole.code}`,
        [day, standing],
        [due && spoken(due, this.#today), `${statusNames[status]}${marks.join('')}`],
      );
      this.states += 1;
    }
  }

  /** What is answered for each of these rows. */
  async *#answers(command: string, rows: Row[]): AsyncGenerator<{ row: Row; text: string; what: string }> {
    for (let first = 0; first < rows.length; first += codesAtOnce) {
      const some = rows.slice(first, first + codesAtOnce);
      const codes = some.map((row) => typedCode(this.#world, row, this.#today));
      let rest = `\n${await this.#text(anybody, `/${command} ${codes.join(' ')}`)}`;
      for (const [index, row] of some.entries()) {
        const next = some[index + 1];
        const end = next ? rest.indexOf(`\n${next.code} `, 1) : rest.length;
        yield { row, text: rest.slice(1, Math.max(1, end)), what: `/${command} ${codes[index]}` };
        rest = rest.slice(Math.max(0, end));
      }
    }
  }

  /** The light, how many duties it is taken from, and why. */
  async why(rows: Row[]): Promise<void> {
    for await (const { row, text, what } of this.#answers('why', rows)) {
      const [worst, ...others] = lightsOf(this.#world, row, this.#today);
      this.lights += 1;
      if (!worst) {
        this.#hold(what, text.includes('没有灯'), true);
        continue;
      }
      const read = /：([红黄绿灰蓝]灯)(?:，是(\d+)个应办里最重的)?。\n?(.*)/.exec(text);
      const [light, count, why = ''] = read?.slice(1) ?? [];
      this.#hold(what, [light, reasonOf(why)], [worst.light, shownReason(worst)]);
      // Where all have the same one for the same reason they are not counted.
      if (count !== undefined) this.#hold(`${what} duties`, Number(count), others.length + 1);
      else
        this.#hold(
          `${what} alike`,
          others.every((one) => one.light === worst.light),
          true,
        );
    }
  }

  /** The status, and what waits and was granted. */
  async tasks(rows: Row[]): Promise<void> {
    for await (const { row, text, what } of this.#answers('task', rows)) {
      const whole = row.whole === null;
      const status = whole ? figureOf(this.#world, row, this.#today).status : rowStatus(this.#world, row, this.#today);
      const line = /^报送：(.*)$/m.exec(text)?.[1] ?? '';
      this.#hold(`${what} ${line}`, line.startsWith(statusNames[status]), true);
      const own = [row, ...partsOf(this.#world, row)].map(rowName);
      const about = this.#world.requests.filter(
        (one) =>
          one.kind !== 'instruction' &&
          (own.includes(one.row) || one.duties.some(({ duty }) => duty.startsWith(`${rowName(row)}|`))),
      );
      const waiting = about.filter(({ state }) => state === 'waiting').map(({ number }) => number);
      const relieved = about.filter(({ state, kind }) => state === 'granted' && kind !== 'extension').length;
      this.#hold(
        what,
        [
          [...text.matchAll(/^待定：第(\d+)号/gm)].map(([, number]) => Number(number)),
          text.match(/不再列入待报。$/gm)?.length ?? 0,
        ],
        [waiting, relieved],
      );
      this.states += 1;
    }
  }

  /** The newest lines: when, what, and from which status to which. */
  async histories(rows: Row[]): Promise<void> {
    for await (const { row, text, what } of this.#answers('history', rows)) {
      const own = row.whole === null ? rowsOfWork(this.#world, row) : [row, wholeOf(this.#world, row)];
      const names = own.map(rowName);
      const entries = this.#world.history.filter((entry) => names.includes(entry.row)).reverse();
      const lines = text.split('\n').filter((line) => /^(?:\d{4}年)?\d+月\d+日\d\d:\d\d /.test(line));
      this.#hold(`${what} lines`, lines.length, Math.min(10, entries.length));
      for (const [index, line] of lines.entries()) {
        const entry = entries[index];
        if (entry) this.#hold(`${what} “${line}”`, tellsOf(entry, line, this.#today), true);
      }
    }
  }

  /** The open work of a unit, what is due first on top; what waits for a supervisor or leader. */
  async mine(person: Person): Promise<void> {
    if (!person.active) return;
    const what = `/mine of ${person.name}`;
    const first = await this.#text(person.name, '/mine');
    const decides = has(person, 'supervisor', 'leader');
    if (decides) this.#worklist(what, person, first);
    if (decides && reportsFor(person) === null) return;
    if (person.unit === null) return this.#hold(what, first.includes('还没有登记单位'), true);
    const works = figures(this.#world, this.#today, { plans: null, unit: person.unit, own: true })
      .filter(({ status }) => open.includes(status))
      .sort((a, b) => ((a.due ?? '9999') < (b.due ?? '9999') ? -1 : (a.due ?? '9999') > (b.due ?? '9999') ? 1 : 0));
    this.#lines(what, await this.#pages(person.name, '/mine'), works);
  }

  #worklist(what: string, person: Person, text: string): void {
    const chat = { id: '', private: true, plans: null };
    const own = asksOf(this.#world, { person, at: this.#at, today: this.#today, message: '', alone: true, chat });
    const isSupervisor = has(person, 'supervisor');
    const requests = waitingRequests(this.#world).filter(
      (one) =>
        own.includes(one) ||
        (isSupervisor && (one.kind === 'instruction' || (one.kind === 'extension' && one.opinion === null))),
    );
    const reported = isSupervisor ? this.#reported() : new Map<string, number>();
    const joins = isSupervisor ? this.#world.joins.filter(({ state }) => state === 'waiting').length : 0;
    const of = (kind: string) => requests.filter((one) => one.kind === kind).length;
    const counts = [
      /待核查(\d+)条/,
      /延期(\d+)件/,
      /职责异议(\d+)件/,
      /不涉及(\d+)件/,
      /批示(\d+)件/,
      /联络员申请(\d+)件/,
    ];
    const title = text.split('\n')[0] ?? '';
    this.#hold(
      what,
      counts.map((pattern) => Number(pattern.exec(title)?.[1] ?? 0)),
      [
        ...[[...reported.values()].reduce((sum, rows) => sum + rows, 0), of('extension'), of('objection')],
        ...[of('exemption'), of('instruction'), joins],
      ],
    );
    const section =
      /已报办结，待核查（按文件顺序）：\n([\s\S]*?)(?=\n(?:等待决定|联络员申请|在别人手里|核查后发|另有)|$)/;
    const lines = section.exec(text)?.[1]?.split('\n') ?? [];
    this.#hold(
      `${what} units`,
      lines.map((line) => line.split('：')[0]),
      [...reported.keys()].slice(0, 15),
    );
  }

  /** By unit, how many duties are reported done and wait for review. */
  #reported(): Map<string, number> {
    const found = new Map<string, Set<string>>();
    for (const row of rowsInView(this.#world, null, this.#today)) {
      for (const slot of slotsOf(this.#world, row, this.#today)) {
        for (const unit of decidingUnits(this.#world, row)) {
          if (stateOf(this.#world, slot, unit).status !== 'reported') continue;
          found.set(unit, (found.get(unit) ?? new Set()).add(dutyOf(slot, unit)));
        }
      }
    }
    return new Map(inOrder(this.#world, found.keys()).map((unit) => [unit, found.get(unit)?.size ?? 0]));
  }

  /** 还差谁: round by round, or who has reported nothing at all. */
  async missing(): Promise<void> {
    const text = await this.#text(anybody, '/missing');
    const rounds = openRounds(this.#world);
    if (rounds.length === 0) return this.#silent(text);
    const line = /^(.+)（[\d年月]*\d+日（周.）下班前）：应报(\d+)家，(?:都已报齐|报齐\d+家，还差(\d+)家)/gm;
    this.#hold(
      '/missing',
      [...text.matchAll(line)].map(([, name, owed, left = '0']) => [name, Number(owed), Number(left)]),
      rounds.map((round) => [round.name, round.owed.length, leftOf(this.#world, round, this.#today).length]),
    );
  }

  #silent(text: string): void {
    const rows = rowsInView(this.#world, null, this.#today);
    const names = new Set(rows.map(rowName));
    const parties = new Map(
      rows.flatMap((row) => deciding(this.#world, row)).map((party) => [party.unit, party.members]),
    );
    const reporters = new Set(
      standing(this.#world.history)
        .filter(({ kind, row }) => ['done', 'progress', 'block', 'no-change'].includes(kind) && names.has(row))
        .map(({ unit }) => unit),
    );
    const given = [...parties].filter(([unit, members]) => [unit, ...members].some((one) => reporters.has(one))).length;
    const all = Number(/(\d+)家责任单位/.exec(text)?.[1] ?? 0);
    const said = text.includes('都报过') ? all : Number(/已报(\d+)家/.exec(text)?.[1] ?? 0);
    this.#hold('/missing', [all, said], [parties.size, given]);
  }

  /** What waits for a decision on another day. */
  async extensions(): Promise<void> {
    const text = await this.#text('督查室', '/extend');
    const waiting = waitingRequests(this.#world).filter(({ kind }) => kind === 'extension');
    const numbers = [...text.matchAll(/^第(\d+)号 /gm)].map(([, number]) => Number(number));
    this.#hold(
      '/extend',
      [Number(/申请(\d+)件/.exec(text)?.[1] ?? 0), numbers],
      [waiting.length, waiting.slice(0, 20).map(({ number }) => number)],
    );
  }
}

function countsText(some: Figure[]): string {
  const shown: Status[] = ['closed', 'reported', 'in-progress', 'paused', 'withdrawn', 'unreported'];
  return shown
    .map((status) => [
      statusNames[status].replace('（待核查）', ''),
      some.filter((one) => one.status === status).length,
    ])
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `${name}${count}`)
    .join('，');
}

/** With its year where the plans that are meant now have another one. */
function typedCode(world: World, row: Row, today: Day): string {
  return rowsInView(world, null, today).includes(row) ? row.code : `${row.year}${row.code}`;
}

const reasons: [Reason, RegExp][] = [
  ['paused', /经领导决定暂缓|已调整取消/],
  ['passed', /下班前没有收到办结报告/],
  ['near', /个工作日的临期范围内/],
  ['silent', /交办，\d+天内没有收到/],
  ['behind', /按工作日已过\d+%/],
  ['problem', /已报困难，之后没有收到别的/],
  ['round-missed', /截止的调度没有收到报告/],
  ['reported', /已报办结，待核查/],
  ['closed', /已销号。/],
];

const reasonOf = (text: string): Reason | 'other' => reasons.find(([, says]) => says.test(text))?.[0] ?? 'other';
const shownReason = ({ reason }: Lit) => (reason === 'dated' || reason === 'none' ? 'other' : reason);

const kindWords: Record<Kind, string[]> = {
  done: ['报办结', '报本期完成'],
  progress: ['报进展'],
  block: ['报困难'],
  'no-change': ['报无变化'],
  undo: ['撤销', '撤回'],
  accept: ['销号'],
  return: ['退回'],
  reopen: ['重开'],
  pause: ['暂缓'],
  resume: ['恢复'],
  withdraw: ['调整取消'],
  extend: ['申请延期至'],
  object: ['提出职责异议'],
  exempt: ['申报不涉及'],
  advise: ['提出意见'],
  grant: ['同意'],
  refuse: ['不同意'],
  set: ['调整'],
  urge: ['提示'],
  assign: ['交办'],
  instruct: ['批示'],
};

/** Whether a line of the history tells this: its day, its kind and the change of status. */
function tellsOf({ day, kind, changes }: Entry, line: string, today: Day): boolean {
  const [change] = changes;
  const moves = change && change.before.status !== change.after.status;
  const shown = moves ? `（${statusNames[change.before.status]}→${statusNames[change.after.status]}）` : '';
  const ends = shown === '' ? !/→[^）]*（?[^）]*）?）$/.test(line) : line.endsWith(shown);
  return line.startsWith(spoken(day, today)) && kindWords[kind].some((word) => line.includes(word)) && ends;
}
