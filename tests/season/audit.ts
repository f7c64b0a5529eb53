import { createHash } from 'node:crypto';

import Database from 'better-sqlite3';

import type { Block, Reply } from '../../src/chat/message.js';
import { plainText } from '../../src/chat/message.js';
import { after, type Day, dayAt, isWorking, mondayOf, timeAt, workingDaysTo } from './days.js';
import { noticeText } from './notice.js';
import { groups } from './office.js';
import type { Server } from './server.js';
import { withoutQuotes } from './words.js';
import { type Kind, type State, untouched, type World } from './world.js';

/** What may never be said of a unit unless somebody wrote it. */
const judging = ['未开展', '未完成', '逾期未完成', '滞后', '不力'];
const ranking = /第[一二三四五六七八九十\d]+名|排名|名列|倒数|最快|最慢|最好|最差|先进|落后|垫底|靠前|靠后/u;
/** Which of them come, and to whom, is not part of the model. */
const uncounted = ['reminder'];
/** What the office believes; not who asked what, and what was said of it. */
const ledgerTables = [
  ...['tasks', 'responsibilities', 'milestones', 'duties', 'updates', 'requests', 'adjustments', 'rounds'],
  ...['urgings', 'evidence', 'units', 'unit_members', 'people', 'plans', 'settings'],
];
/** 企业微信 takes no more of one message. */
const mostBytes = 4096;

interface DeliveryRow {
  sequence: number;
  key: string;
  kind: string;
  person_id: string | null;
  reply: string | null;
  state: string;
  why: string | null;
  sent_at: number | null;
  not_before: number;
  useful_until: number | null;
}

/** Words of the document are its own. */
function withoutDocument(text: string): string {
  return text
    .split(/[。；，、：\n（）]/u)
    .filter((clause) => clause.length < 4 || !noticeText.includes(clause.replace(/……$/u, '')))
    .join('。');
}

/** What is wrong with something that the bot says of its own accord. */
export function wrongWith(reply: Reply | { kind: string; text: string }, people: World['people']): string[] {
  const text = 'text' in reply ? (reply as { text: string }).text : plainText(reply as Reply);
  const own = withoutDocument(withoutQuotes(text));
  const words = judging.filter((word) => own.includes(word)).map((word) => `says ${word}`);
  const ranks = ranking.exec(own);
  return [...words, ...(ranks ? [`ranks: ${ranks[0]}`] : []), ...secondMentions(reply, people)];
}

/** Nobody is rung twice, and no unit under two headings. */
function secondMentions(reply: { kind: string }, people: World['people']): string[] {
  const blocks = 'blocks' in reply ? (reply.blocks as Block[]) : [];
  const headings = blocks.flatMap((block) =>
    block.kind === 'section' ? [block.mentions.map(({ name }) => name)] : [],
  );
  const units = headings.flatMap((names) => [...new Set(names.flatMap((name) => people.get(name)?.unit ?? []))]);
  return [...twice(headings.flat()), ...twice(units)].map((name) => `mentions ${name} twice`);
}

const twice = (names: string[]) => names.filter((name, index) => names.indexOf(name) < index);

/** Reads the database beside the running server, and holds what the bot wrote and sent against what the model believes. */
export class Audit {
  readonly wrong: string[] = [];
  unasked = 0;
  readonly #server: Server;
  readonly #kinds = new Map<string, number>();
  #read = 0;

  constructor(server: Server) {
    this.#server = server;
  }

  #rows<Row>(sql: string, ...values: unknown[]): Row[] {
    const database = new Database(this.#server.database, { readonly: true });
    try {
      return database.prepare(sql).all(...values) as Row[];
    } finally {
      database.close();
    }
  }

  /** What was said unasked since the last look, before its words are forgotten. */
  unaskedSoFar({ people }: World): void {
    const rows = this.#rows<DeliveryRow>('select * from deliveries where sequence > ? order by sequence', this.#read);
    for (const row of rows) {
      this.#read = row.sequence;
      if (row.kind === 'reply') continue;
      this.unasked += 1;
      this.#kinds.set(row.kind, (this.#kinds.get(row.kind) ?? 0) + 1);
      if (row.reply === null) continue;
      const reply: Reply = JSON.parse(row.reply);
      for (const why of wrongWith(reply, people)) this.wrong.push(`${row.key} ${why}: ${plainText(reply)}`);
      const bytes = Buffer.byteLength(plainText(reply));
      if (bytes > mostBytes) this.wrong.push(`${row.key} has ${bytes} bytes`);
    }
  }

  /** Each in working hours, each heard, and as many of each kind as the model believes. */
  deliveries(world: World, now: number, digests: number): void {
    this.unaskedSoFar(world);
    const believed = { ...Object.fromEntries(world.told), digest: digests };
    const kinds = Object.fromEntries(this.#kinds);
    for (const kind of new Set([...Object.keys(believed), ...Object.keys(kinds)])) {
      if (uncounted.includes(kind)) continue;
      const [said, model] = [kinds[kind] ?? 0, believed[kind as keyof typeof believed] ?? 0];
      if (said !== model) this.wrong.push(`${said} of ${kind} are owed, the model believes ${model}`);
    }
    const rows = this.#rows<DeliveryRow>("select * from deliveries where kind <> 'reply'");
    for (const { key, state, why, person_id: person, sent_at: sentAt, not_before: notBefore } of rows) {
      if (sentAt === null) {
        // Who has left before it could be sent gets nothing more.
        if (state === 'refused' && person !== null && why === '没有可用的平台通道') continue;
        if (notBefore <= now) this.wrong.push(`${key} was due and is ${state}`);
        continue;
      }
      const [day, time] = [dayAt(sentAt), timeAt(sentAt)];
      const open = isWorking(day) && ((time >= '08:30' && time < '12:00') || (time >= '14:30' && time < '18:00'));
      if (!open) this.wrong.push(`${key} was sent on ${day} at ${time}`);
      if (state !== 'sent') this.wrong.push(`${key} has a time and is ${state}`);
    }
    for (const key of this.#server.changedPosts.splice(0)) this.wrong.push(`${key} came again with other words`);
    for (const key of this.#server.repeatedPosts.splice(0)) this.wrong.push(`${key} was said twice`);
    const sent = new Set(rows.filter(({ state }) => state === 'sent').map(({ key }) => key));
    for (const key of this.#server.posts.keys()) if (!sent.has(key)) this.wrong.push(`${key} was heard and never sent`);
    const aroundStart = (at: number) => this.#server.starts.some((start) => Math.abs(at - start) < 120_000);
    for (const { key, sent_at: at } of rows) {
      if (at !== null && !aroundStart(at) && !this.#server.posts.has(key))
        this.wrong.push(`${key} was sent and never heard`);
    }
  }

  /** How each duty stands, to the letter. */
  duties(world: World): number {
    const rows = this.#rows<DutyRow>(
      `select d.year, d.task, d.milestone, d.occurrence, n.name as unit, d.status, d.percent, d.problem
       from duties d join units n on n.id = d.unit_id`,
    );
    const said = new Map(
      rows.map(({ year, task, milestone, occurrence, unit, status, percent, problem }) => [
        `${year} ${task}|${milestone}|${occurrence}|${unit}`,
        stateText({ status, percent, problem: problem !== 0 }),
      ]),
    );
    for (const key of new Set([...said.keys(), ...world.duties.keys()])) {
      const [one, other] = [said.get(key) ?? stateText(untouched), stateText(world.duties.get(key) ?? untouched)];
      if (one !== other) this.wrong.push(`${key} is ${one}, the model believes ${other}`);
    }
    return rows.length;
  }

  /** What waits for a decision, and how others ended. */
  requests(world: World): void {
    const rows = this.#rows<RequestRow>(
      `select r.number, r.kind, r.state, r.in_time, n.name as unit, p.name as person
       from requests r join people p on p.id = r.person_id left join units n on n.id = r.unit_id order by r.number`,
    );
    const said = rows.map(({ number, kind, state, in_time: inTime, unit, person }) =>
      [number, kind, state, inTime !== 0, unit, person].join(' '),
    );
    const believed = world.requests.map(({ number, kind, state, inTime, unit, person }) =>
      [number, kind, state, inTime, unit, person].join(' '),
    );
    const at = said.findIndex((line, index) => line !== believed[index]);
    if (at >= 0) this.wrong.push(`a request is “${said[at]}”, the model believes “${believed[at]}”`);
    else if (said.length !== believed.length)
      this.wrong.push(`${said.length} requests, the model believes ${believed.length}`);
  }

  /** The same before and after what may change nothing. */
  ledger(): string {
    const known = this.#rows<{ name: string }>("select name from sqlite_master where type = 'table'");
    const tables = ledgerTables.filter((table) => known.some(({ name }) => name === table));
    const hash = createHash('sha256');
    for (const table of tables) hash.update(JSON.stringify(this.#rows(`select * from ${table} order by rowid`)));
    return hash.digest('hex');
  }

  /** Line by line, who did what to which duty. */
  history(world: World): void {
    const rows = this.#rows<HistoryRow>(
      `select u.task, u.year, u.kind, p.name, n.name as unit, u.changes from updates u
       join people p on p.id = u.person_id left join units n on n.id = u.unit_id order by u.sequence`,
    );
    const units = new Map(
      this.#rows<{ id: string; name: string }>('select id, name from units').map(({ id, name }) => [id, name]),
    );
    const said = rows.map(({ task, year, kind, name, unit, changes }) => {
      const moved = (JSON.parse(changes) as DatabaseChange[]).map(
        (one) =>
          `${one.task}|${one.milestone}|${one.occurrence}|${units.get(one.unit)} ${one.before.status}→${one.after.status}`,
      );
      return `${year} ${task} ${kind} ${name} ${unit ?? ''} ${moved.sort().join(' ')}`;
    });
    const believed = world.history.map(({ row, kind, person, unit, changes }) => {
      const moved = changes.map(({ duty, before, after: then }) => `${duty.slice(5)} ${before.status}→${then.status}`);
      return `${row} ${kind} ${person} ${unit ?? ''} ${moved.sort().join(' ')}`;
    });
    const at = said.findIndex((line, index) => line !== believed[index]);
    if (at >= 0)
      this.wrong.push(`line ${at + 1} of all histories is “${said[at]}”, the model believes “${believed[at]}”`);
    else if (said.length !== believed.length)
      this.wrong.push(`${said.length} lines in all histories, the model believes ${believed.length}`);
  }
}

interface HistoryRow {
  task: string;
  year: number;
  kind: Kind;
  name: string;
  unit: string | null;
  changes: string;
}

interface DutyRow {
  year: number;
  task: string;
  milestone: number;
  occurrence: string;
  unit: string;
  status: State['status'];
  percent: number | null;
  problem: number;
}

interface RequestRow {
  number: number;
  kind: string;
  state: string;
  in_time: number;
  unit: string | null;
  person: string;
}

const stateText = ({ status, percent, problem }: State) =>
  `${status}${percent === null ? '' : ` ${percent}%`}${problem ? ' with a problem' : ''}`;

interface DatabaseChange {
  task: string;
  milestone: number;
  occurrence: string;
  unit: string;
  before: { status: string };
  after: { status: string };
}

/** How many digests come by a day: on Mondays, after a holiday on its next working day, and one for two weeks where two would be close together. */
export function digestsBy(from: Day, to: Day): number {
  const moved = (monday: Day) => {
    let day = monday;
    while (!isWorking(day)) day = after(day, 1);
    return day;
  };
  const swallowsNext = (monday: Day) =>
    moved(monday) !== monday && workingDaysTo(moved(monday), moved(after(monday, 7))) < 3;
  let count = 0;
  for (let monday = mondayOf(from); moved(monday) <= to; monday = after(monday, 7)) {
    if (!swallowsNext(after(monday, -7))) count += groups.length;
  }
  return count;
}
