import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';

import { errorCodes } from '../error-codes.js';

interface Piece {
  work(): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export interface Writer {
  transaction<T>(work: () => Promise<T>, urgency?: 'soon' | 'now'): Promise<T>;
  /** Resolves when nothing is waiting. */
  idle(): Promise<void>;
}

const most = 64;
const longestGatherMs = 0.5;
/** For how long what nobody waits for looks for a commit that comes anyway. */
const soonMs = 5;
const endsTheGroup = /^SQLITE_(FULL|IOERR|CORRUPT|NOTADB|NOMEM|READONLY)/;

/**
 * The one writing connection. What one turn of the event loop brings is committed together: a commit waits for the disk,
 * and requests arrive in separate callbacks. Nobody is answered before the commit.
 */
export function createWriter(db: Database): Writer {
  const prepared = (text: string) => {
    const statement = db.prepare(text);
    return () => {
      statement.run();
    };
  };
  const begin = prepared('BEGIN IMMEDIATE');
  const savepoint = prepared('SAVEPOINT one');
  const release = prepared('RELEASE one');
  const rollBackOne = prepared('ROLLBACK TO one');
  const commit = prepared('COMMIT');
  const rollBack = prepared('ROLLBACK');

  const waiting: Piece[] = [];
  const waitingToo: Piece[] = [];
  let willLook = false;
  let draining: Promise<void> | null = null;
  let lastGroup = 1;

  async function drain() {
    do {
      await gathered();
      const group = waiting.splice(0, most);
      lastGroup = Math.max(group.length, 1);
      await commitGroup([...group, ...waitingToo.splice(0, most)]);
    } while (waiting.length > 0 || waitingToo.length >= most);
    draining = null;
    if (waitingToo.length > 0) startSoon();
  }

  function start() {
    draining ??= drain();
  }

  function startSoon() {
    if (willLook) return;
    willLook = true;
    setTimeout(() => {
      willLook = false;
      if (waitingToo.length > 0) start();
    }, soonMs);
  }

  /** Those who were answered together ask again at nearly the same time: waits a moment for as many as came before. */
  async function gathered() {
    const started = performance.now();
    do await turn();
    while (waiting.length < lastGroup && performance.now() - started < longestGatherMs);
  }

  async function commitGroup(group: Piece[]) {
    const answers: (() => void)[] = [];
    try {
      begin();
      for (const piece of group) answers.push(await runOne(piece));
      commit();
    } catch (error) {
      abandon();
      for (const piece of group) piece.reject(error);
      return;
    }
    for (const answer of answers) answer();
  }

  function abandon() {
    try {
      if (db.inTransaction) rollBack();
    } catch {
      // The disk is failing; the next BEGIN says so to those who wait.
    }
  }

  async function runOne(piece: Piece): Promise<() => void> {
    savepoint();
    try {
      const value = await piece.work();
      release();
      return () => piece.resolve(value);
    } catch (error) {
      if (!db.inTransaction || errorCodes(error).some((code) => endsTheGroup.test(code))) throw error;
      rollBackOne();
      release();
      return () => piece.reject(error);
    }
  }

  return {
    transaction: <T>(work: () => Promise<T>, urgency: 'soon' | 'now' = 'now') =>
      new Promise<T>((resolve, reject) => {
        const inCallersContext = AsyncLocalStorage.snapshot();
        (urgency === 'now' ? waiting : waitingToo).push({
          work: () => inCallersContext(work),
          resolve: (value) => resolve(value as T),
          reject,
        });
        if (urgency === 'now') start();
        else startSoon();
      }),
    idle: async () => {
      while (draining || waitingToo.length > 0) {
        start();
        await draining;
      }
    },
  };
}
