import { z } from 'zod';

import type { Api } from './api.js';

const info = z.object({ bot: z.object({ open_id: z.string().min(1) }) });
/** An event has to be answered within three seconds. */
const timeoutMs = 2_000;

/** The bot's own open_id, by which its mentions are known: asked for once, kept for good. */
export class Identity {
  readonly #api: Api;
  #known: string | null = null;
  #asking: Promise<string> | null = null;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Rejects while the platform does not tell, so that the event is not acknowledged and comes again. */
  async openId(): Promise<string> {
    if (this.#known !== null) return this.#known;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask(): Promise<string> {
    const answer = await this.#api.call({ method: 'GET', path: 'bot/v3/info', timeoutMs });
    const { data } = info.safeParse(answer.kind === 'ok' ? answer.json : null);
    if (!data) throw new Error('feishu does not tell who the bot is');
    this.#known = data.bot.open_id;
    return this.#known;
  }
}
