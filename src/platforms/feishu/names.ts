import { z } from 'zod';

import type { Api } from './api.js';

const chatInfo = z.object({ data: z.object({ name: z.string().min(1) }) }).transform(({ data }) => data.name);
const userInfo = z
  .object({ data: z.object({ user: z.object({ name: z.string().min(1) }) }) })
  .transform(({ data }) => data.user.name);

const keptMs = 12 * 3600_000;
/** Without the permission, or when the platform is slow, it is not asked at every message. */
const askAgainMs = 600_000;
/** A message does not wait longer for a name. */
const patienceMs = 700;
const mostNames = 20_000;
const longest = 60;

interface Held {
  asked: Promise<string | null>;
  /** Not there while it is asked for. */
  name?: string | null;
  until: number;
}

/** What people and chats are called. Events do not say, and the app may not be allowed to ask: then there is no name. */
export class Names {
  readonly #api: Api;
  readonly #now: () => Date;
  readonly #held = new Map<string, Held>();

  constructor(api: Api, now: () => Date) {
    this.#api = api;
    this.#now = now;
  }

  chat(chatId: string): Promise<string | null> {
    return this.#name(`im/v1/chats/${encodeURIComponent(chatId)}`, chatInfo);
  }

  user(openId: string): Promise<string | null> {
    return this.#name(`contact/v3/users/${encodeURIComponent(openId)}?user_id_type=open_id`, userInfo);
  }

  async #name(path: string, form: z.ZodType<string>): Promise<string | null> {
    const now = this.#now().getTime();
    let held = this.#held.get(path);
    if (!held || held.until <= now) {
      held = this.#hold(this.#ask(path, form), now);
      if (this.#held.size >= mostNames) this.#held.clear();
      this.#held.set(path, held);
    }
    if (held.name !== undefined) return held.name;
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, patienceMs, null);
    });
    return Promise.race([held.asked, enough]).finally(() => clearTimeout(timer));
  }

  #hold(asked: Promise<string | null>, now: number): Held {
    const held: Held = { asked, until: now + askAgainMs };
    asked.then((name) => {
      held.name = name;
      if (name !== null) held.until = now + keptMs;
    });
    return held;
  }

  async #ask(path: string, form: z.ZodType<string>): Promise<string | null> {
    try {
      const answer = await this.#api.call({ method: 'GET', path });
      return (answer.kind === 'ok' && form.safeParse(answer.json).data?.slice(0, longest)) || null;
    } catch {
      return null;
    }
  }
}
