import path from 'node:path';

import type { RenderedReply } from '../../src/platforms/sandbox/hub.js';
import { runDuban, type Served, serveDuban } from '../support/duban.js';
import { isoOf, momentOf } from './days.js';

/** What the bot posted unasked, as a page hears it. */
export interface Posted {
  id: string;
  at: string;
  to: string | null;
  reply: RenderedReply;
}

export interface Said {
  user: string;
  /** The group, or one to one. */
  group: string | null;
  text: string;
  id: string;
}

export interface Clock {
  day: string;
  time: string;
}

/** The real server as a process of its own, on a database of its own; it can be stopped, killed and started again. */
export class Server {
  readonly folder: string;
  readonly #data: string;
  /** Everything that was heard, by the key of its delivery: after a crash one may come again. */
  readonly posts = new Map<string, Posted>();
  /** Those that came again with other words. */
  readonly changedPosts: string[] = [];
  /** Those that came again although the server had not gone down in between. */
  readonly repeatedPosts: string[] = [];
  /** The sandbox's time at each start: what is posted just then may be heard by nobody. */
  readonly starts: number[] = [];
  #served: Served | null = null;
  #heardSinceStart = new Set<string>();
  #listening: AbortController | null = null;

  constructor(folder: string, data: string) {
    this.folder = folder;
    this.#data = data;
  }

  get database(): string {
    return path.join(this.folder, 'season.db');
  }

  #environment({ day, time }: Clock): Record<string, string> {
    return { DUBAN_DATA: this.#data, DUBAN_DATABASE: this.database, DUBAN_NOW: isoOf(day, time) };
  }

  async start(clock: Clock): Promise<void> {
    this.starts.push(momentOf(clock.day, clock.time));
    this.#served = await serveDuban(this.#environment(clock));
    this.#heardSinceStart = new Set();
    await this.#listen();
  }

  async stop(how: 'stop' | 'kill'): Promise<void> {
    const served = this.#served;
    this.#served = null;
    this.#listening?.abort();
    await served?.[how]();
  }

  #url(place: string): string {
    if (!this.#served) throw new Error('the server is not up');
    return `${this.#served.url}${place}`;
  }

  async #post(place: string, body: unknown): Promise<{ status: number; body: unknown }> {
    const response = await fetch(this.#url(place), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  async say({ user, group, text, id }: Said): Promise<RenderedReply[]> {
    const said = { user, text, id, ...(group === null ? { private: true } : { group }) };
    const { status, body } = await this.#post('/sandbox/messages', said);
    if (status !== 200) throw new Error(`${status} to ${JSON.stringify(said)}: ${JSON.stringify(body)}`);
    return (body as { replies: RenderedReply[] }).replies;
  }

  async moveClock({ day, time }: Clock): Promise<void> {
    const { status, body } = await this.#post('/sandbox/clock', { now: isoOf(day, time) });
    if (status !== 200) throw new Error(`the clock did not move: ${JSON.stringify(body)}`);
  }

  async #listen(): Promise<void> {
    const listening = new AbortController();
    this.#listening = listening;
    const response = await fetch(this.#url('/sandbox/events'), { signal: listening.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) throw new Error('no events');
    let held = '';
    const read = async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        const pieces = `${held}${value}`.split('\n\n');
        held = pieces.pop() ?? '';
        for (const piece of pieces) this.#hear(piece);
      }
    };
    void read().catch(() => undefined);
  }

  #hear(event: string): void {
    const fields = new Map(
      event.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
    );
    if (fields.get('event') !== 'message') return;
    const posted: Posted = JSON.parse(fields.get('data') ?? '');
    const before = this.posts.get(posted.id);
    if (before && before.reply.text !== posted.reply.text) this.changedPosts.push(posted.id);
    if (this.#heardSinceStart.has(posted.id)) this.repeatedPosts.push(posted.id);
    this.#heardSinceStart.add(posted.id);
    this.posts.set(posted.id, posted);
  }

  run(args: string[], clock: Clock) {
    return runDuban(args, this.#environment(clock), 120_000);
  }
}
