import type { Logger } from 'pino';

import type { Ledger } from '../domain/ledger.js';
import type { LocalDate } from '../domain/local-date.js';
import type { Actor } from '../domain/person.js';
import type { Plan } from '../domain/plan.js';
import type { RulePacks } from '../domain/rule-pack.js';
import type { GroupId, WorkspaceId, WorkspaceSettings } from '../domain/workspace.js';
import type { Tx } from '../store/queries.js';

/** What the speaker answers or quotes, where the platform tells: an id, the words, or both. */
export interface Quoted {
  messageId: string | null;
  text: string | null;
}

/** Who acts, where and when, on which ledger, inside which transaction. Services never open one themselves. */
export interface Context {
  workspace: WorkspaceId;
  settings: WorkspaceSettings;
  /** 启用日: limits before it are 待补报. */
  startOn: LocalDate;
  timeZone: string;
  now: Date;
  /** The day of `now` in `timeZone`. */
  today: LocalDate;
  actor: Actor;
  /** The bound group, or the one whose plans a private chat means. */
  group: GroupId;
  chat: { id: string; private: boolean };
  message: { platform: string; account: string; id: string; sender: string; quoted: Quoted | null };
  ledger: Ledger;
  /** Of the group: those that are meant when nobody types a year. */
  plans: Plan[];
  packs: RulePacks;
  /** Under which this server is reached: https://duban.example.gov.cn. `null` where nobody has said. */
  address: string | null;
  tx: Tx;
  /** Set once the transaction owes somebody a message besides the answer; it goes out right after the commit. */
  owes: { others: boolean };
  log: Logger;
}
