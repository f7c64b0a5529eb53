import { type Day, dayAt } from './days.js';
import type { Row, Stated, Unit } from './notice.js';

export type Status = 'unreported' | 'in-progress' | 'reported' | 'closed' | 'paused' | 'withdrawn';

/** What is known of one unit's part of one limit. */
export interface State {
  status: Status;
  percent: number | null;
  problem: boolean;
}

export interface Duty extends State {
  /** The report or decision that set it last. */
  setBy: number;
}

export type RoleName = 'liaison' | 'coordinator' | 'supervisor' | 'leader' | 'auditor' | 'administrator';

export interface Person {
  name: string;
  unit: string | null;
  roles: RoleName[];
  /** Plans and units that a leader or coordinator has in charge; `null` is everything. */
  scope: { plans: string[]; units: string[] } | null;
  active: boolean;
  /** The day on which they left. */
  leftOn: Day | null;
}

export type Kind =
  | 'done'
  | 'progress'
  | 'block'
  | 'no-change'
  | 'undo'
  | 'accept'
  | 'return'
  | 'reopen'
  | 'pause'
  | 'resume'
  | 'withdraw'
  | 'extend'
  | 'object'
  | 'exempt'
  | 'advise'
  | 'grant'
  | 'refuse'
  | 'set'
  | 'urge'
  | 'assign'
  | 'instruct';

export interface Change {
  duty: string;
  unit: string;
  row: string;
  before: State;
  after: State;
}

/** One line of a row's history. */
export interface Entry {
  number: number;
  row: string;
  kind: Kind;
  person: string;
  unit: string | null;
  /** Entered by somebody for the unit. */
  recorded: boolean;
  at: number;
  day: Day;
  message: string;
  percent: number | null;
  changes: Change[];
  request: number | null;
  undoes: number | null;
}

export type RequestKind = 'extension' | 'objection' | 'exemption' | 'instruction';

export interface Request {
  number: number;
  kind: RequestKind;
  unit: string;
  person: string;
  row: string;
  duties: { duty: string; unit: string }[];
  /** The day that held when another was asked for. */
  due: Day | null;
  newDay: Day | null;
  inTime: boolean;
  opinion: boolean | null;
  state: 'waiting' | 'granted' | 'refused' | 'taken-back';
  /** The rows that an instruction names. */
  rows: string[];
}

export interface Round {
  number: number;
  name: string;
  opener: string;
  lastDay: Day;
  countsFrom: number;
  owed: Owed[];
  closedAt: number | null;
}

/** What one unit is asked to report on: the codes of whole tasks. */
export interface Owed {
  unit: string;
  rows: string[];
}

export interface Urging {
  unit: string;
  day: Day;
  kind: 'remind' | 'escalate';
  rows: string[];
  /** The last line of the history before it. */
  line: number;
}

export interface Chat {
  id: string;
  private: boolean;
  /** `null`: all plans. */
  plans: string[] | null;
}

/** Who says something, where and when. */
export interface Speaking {
  person: Person;
  chat: Chat;
  at: number;
  today: Day;
  message: string;
  /** The command stands alone in its message. */
  alone: boolean;
}

/** What kind of a no it is. */
export type Why = 'rights' | 'unknown' | 'words' | 'stands' | 'day' | 'nothing-waits';

/** What the bot is expected to make of a command. `shows` are facts that its words hold. */
export type Outcome =
  | { kind: 'yes'; shows: string[] }
  | { kind: 'asks'; shows: string[] }
  | { kind: 'no'; why: Why }
  | { kind: 'silent' };

export const yes = (...shows: string[]): Outcome => ({ kind: 'yes', shows });
export const asks = (...shows: string[]): Outcome => ({ kind: 'asks', shows });
export const no = (why: Why): Outcome => ({ kind: 'no', why });
export const silent: Outcome = { kind: 'silent' };
/** Everything is there but the sentence that tells something. */
export const wordless: Outcome = no('words');

/** A sentence that sounds like the contrary, and what 已审签 does once it has been shown. */
export interface Unlike {
  says: RegExp;
  signed: ((speaking: Speaking) => Outcome[]) | null;
  /** Nothing is shown where one of the codes is none of the speaker's. */
  refusal: (speaking: Speaking) => Outcome | null;
}

/** A question that waits: for one of some answers, or for a sentence. */
export interface Waiting {
  until: number;
  answers: { words: string[]; run: (speaking: Speaking) => Outcome[] }[];
  /** What the sentence does that was asked for. */
  tell: ((speaking: Speaking) => Outcome[]) | null;
  unlike: Unlike | null;
  again: (speaking: Speaking) => Outcome[];
}

export interface Settings {
  review: boolean;
  signOff: boolean;
  extensionsBy: 'leader' | 'supervisor';
}

/** Everything that the model believes of the office. */
export interface World {
  settings: Settings;
  startOn: Day;
  issuedOn: Day;
  /** By year and code, in the document's order. */
  rows: Map<string, Row>;
  /** What the office set beside the document: a limit. */
  set: Map<string, Stated>;
  /** Units that the office named beside the document. */
  namedByOffice: Map<string, { role: 'lead' | 'support'; unit: string }[]>;
  assemblers: Map<string, string>;
  units: Map<string, Unit>;
  people: Map<string, Person>;
  duties: Map<string, Duty>;
  /** Agreed days, by duty. */
  agreed: Map<string, Day>;
  history: Entry[];
  requests: Request[];
  rounds: Round[];
  urgings: Urging[];
  joins: { number: number; person: string; unit: string; state: 'waiting' | 'granted' | 'refused' }[];
  questions: Map<string, Waiting>;
  /** Until when, by person and whole task. */
  mutes: Map<string, Day>;
  feedback: { by: string | null; at: number }[];
  /** How many messages of each kind the bot has said unasked. */
  told: Map<string, number>;
}

export const untouched: State = { status: 'unreported', percent: null, problem: false };

export const rowName = (row: Pick<Row, 'year' | 'code'>) => `${row.year} ${row.code}`;

export function rowNamed(world: World, name: string): Row {
  const row = world.rows.get(name);
  if (!row) throw new Error(`the model knows no row ${name}`);
  return row;
}

export const has = (person: Person, ...roles: RoleName[]) =>
  person.active && roles.some((role) => person.roles.includes(role));

/** For whom this person may report: who accepts, reads or sets up what units report does not report for one. */
export function reportsFor(person: Person): string | null {
  return has(person, 'liaison') && !has(person, 'supervisor', 'auditor', 'administrator') ? person.unit : null;
}

type NewEntry = Pick<Entry, 'row' | 'kind' | 'unit'> & Partial<Omit<Entry, 'number' | 'at' | 'person' | 'message'>>;

/** Writes a line of the history and what it changes. */
export function write(world: World, { person, at, message }: Speaking, entry: NewEntry): Entry {
  const number = world.history.length + 1;
  const full: Entry = {
    ...{ recorded: false, percent: null, changes: [], request: null, undoes: null },
    ...entry,
    ...{ number, at, day: dayAt(at), person: person.name, message },
  };
  world.history.push(full);
  for (const { duty, after } of full.changes) world.duties.set(duty, { ...after, setBy: number });
  return full;
}

/** Without what was taken back, and what took it back. */
export function standing(entries: Entry[]): Entry[] {
  const undone = new Set(entries.map(({ undoes }) => undoes));
  return entries.filter(({ kind, number }) => kind !== 'undo' && !undone.has(number));
}
