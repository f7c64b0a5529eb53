import { setTimeout as pause } from 'node:timers/promises';

import type { IncomingMessage, PlatformName } from './chat/message.js';
import type { WorkspaceId } from './domain/workspace.js';
import type { Arrived, FileIntake, Origin, Prepared } from './file-intake.js';
import type { FetchedFile, PlatformAdapter } from './platforms/adapter.js';
import type { Road } from './services/message/answer-message.js';
import {
  type AwaitedFileRow,
  deleteAwaitedFiles,
  nextAwaitedFileAt,
  putOffAwaitedFiles,
  takeAwaitedFiles,
} from './store/awaited-files.js';
import { listWorkspaces } from './store/workspaces.js';
import { Turns } from './threads/turns.js';

export interface FileCollectorDeps extends Pick<Road, 'store' | 'log'> {
  adapters: ReadonlyMap<string, PlatformAdapter>;
  intake: FileIntake;
  now: () => Date;
}

/** For how long those that were taken are the taker's: longer than their downloads take, three at a time. */
const leaseMs = 300_000;
const takenAtOnce = 12;
/** So many contents are in memory at once. */
const fetchedAtOnce = 3;
const waitsMs = [5_000, 20_000, 60_000];
/** 企业微信 gives a file out for five minutes. */
const longestMs = 300_000;
const soonestLookMs = 20;
/** Whatever is not settled by then is fetched again after the start. */
const longestStopMs = 5_000;

/** Fetches what was announced, after its message was acknowledged, and hands it to the intake. */
export class FileCollector {
  readonly #deps: FileCollectorDeps;
  readonly #turns = new Turns(fetchedAtOnce);
  readonly #stopping = new AbortController();
  readonly #working = new Set<Promise<void>>();
  #running: Promise<void> | null = null;
  #again = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(deps: FileCollectorDeps) {
    this.#deps = deps;
  }

  /** Looks for what is due, in the background. */
  wake(): void {
    this.#again = true;
    this.#running ??= this.#drain()
      .catch((error) => this.#deps.log.error({ err: error }, 'files are not fetched; it is tried again'))
      .finally(() => {
        this.#running = null;
      });
  }

  /** Puts back what is being fetched. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#timer) clearTimeout(this.#timer);
    const ended = this.#running?.then(() => Promise.all(this.#working)) ?? Promise.all(this.#working);
    await Promise.race([ended, pause(longestStopMs, undefined, { ref: false })]);
  }

  async #drain(): Promise<void> {
    const { store, now } = this.#deps;
    let next: Date | null = null;
    while (this.#again && !this.#stopping.signal.aborted) {
      this.#again = false;
      next = null;
      for (const { id } of await listWorkspaces(store.read)) {
        const waits = await nextAwaitedFileAt(store.read, id, now());
        if (waits !== null && waits <= now() && (await this.#takeDue(id))) this.#again = true;
        else if (waits !== null && (next === null || waits < next)) next = waits;
      }
    }
    if (next !== null) this.#lookAt(next);
  }

  #lookAt(moment: Date): void {
    if (this.#stopping.signal.aborted) return;
    if (this.#timer) clearTimeout(this.#timer);
    const wait = Math.max(soonestLookMs, moment.getTime() - this.#deps.now().getTime());
    this.#timer = setTimeout(() => this.wake(), Math.min(wait, longestMs));
    this.#timer.unref();
  }

  /** Whether there may be more. */
  async #takeDue(workspace: WorkspaceId): Promise<boolean> {
    const { store, now, log } = this.#deps;
    const at = now();
    const until = new Date(at.getTime() + leaseMs);
    const rows = await store.transaction((tx) => takeAwaitedFiles(tx, workspace, { now: at, until }, takenAtOnce));
    for (const together of Map.groupBy(rows, ({ lane }) => lane).values()) {
      const work = this.#collect(workspace, together)
        .catch((error) => log.error({ err: error }, 'files were not settled'))
        .finally(() => {
          this.#working.delete(work);
          this.wake();
        });
      this.#working.add(work);
    }
    return rows.length === takenAtOnce;
  }

  async #collect(workspace: WorkspaceId, rows: AwaitedFileRow[]): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const { message } = rows.at(-1) ?? first;
    const heard: IncomingMessage = {
      platform: first.platform as PlatformName,
      account: message.account,
      id: `files ${first.sequence} ${first.attempts}`,
      chat: message.chat,
      sender: message.sender,
      text: '',
      addressed: true,
      senderName: null,
      quoted: message.quoted,
      answeredBy: 'delivery',
      route: message.route,
    };
    const { text, worded, id } = first.message;
    const origin = { id, text, worded, receivedAt: first.receivedAt };
    const fetched = await Promise.all(rows.map((row) => this.#turns.run(() => this.#fetch(row, heard, origin))));
    const again = fetched.flatMap((one) => (one.kind === 'again' ? [one] : []));
    const { store, intake } = this.#deps;
    if (again.length > 0) await store.transaction((tx) => putOffAwaitedFiles(tx, workspace, again));
    const ready = fetched.flatMap((one) => (one.kind === 'ready' ? [one] : []));
    if (ready.length === 0) return;
    const sequences = ready.map(({ sequence }) => sequence);
    await intake.answer(
      heard,
      { ...origin, sequences },
      ready.flatMap(({ prepared }) => prepared),
    );
    // Whoever is on no roster any more is answered nothing.
    await store.transaction((tx) => deleteAwaitedFiles(tx, workspace, sequences));
  }

  async #fetch(row: AwaitedFileRow, heard: IncomingMessage, origin: Omit<Origin, 'sequences'>): Promise<Fetched> {
    const { sequence, attempts, receivedAt, picture: isPicture } = row;
    const { now, log, intake } = this.#deps;
    const fetched = await this.#ask(row);
    const { name, content } = arrivedFrom(row, fetched);
    if (fetched.kind === 'retry') {
      const wait = waitsMs[attempts - 1];
      const at = now();
      log.warn({ messageId: row.message.id, why: fetched.why, attempts }, 'a file was not fetched');
      const isLate = at.getTime() - receivedAt.getTime() > longestMs;
      if (this.#stopping.signal.aborted) return { kind: 'again', sequence, notBefore: at };
      if (wait !== undefined && !isLate) return { kind: 'again', sequence, notBefore: new Date(at.getTime() + wait) };
    } else if (fetched.kind === 'refused') {
      log.warn({ messageId: row.message.id, why: fetched.why }, 'a file cannot be had');
    }
    const prepared = await intake.prepare(heard, { ...origin, sequences: [] }, { name, isPicture, content });
    return { kind: 'ready', sequence, prepared };
  }

  async #ask({ platform, source }: AwaitedFileRow): Promise<FetchedFile> {
    const adapter = this.#deps.adapters.get(platform);
    if (!adapter?.fetchFile) return { kind: 'refused', why: `no adapter for ${platform}`, say: null };
    try {
      return await adapter.fetchFile(source, this.#stopping.signal);
    } catch (error) {
      return { kind: 'refused', why: error instanceof Error ? error.message : String(error), say: null };
    }
  }
}

type Fetched =
  | { kind: 'ready'; sequence: number; prepared: Prepared[] }
  | { kind: 'again'; sequence: number; notBefore: Date };

function arrivedFrom({ name, picture }: AwaitedFileRow, fetched: FetchedFile): Omit<Arrived, 'isPicture'> {
  if (fetched.kind === 'fetched') {
    return { name: fetched.name ?? name, content: { kind: 'bytes', bytes: fetched.bytes } };
  }
  const why = fetched.kind === 'refused' ? fetched.say : null;
  const say = why ?? `${picture ? '图片' : '文件'}没有取到，请重新发一次。`;
  return { name, content: { kind: 'lost', say } };
}
