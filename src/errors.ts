/** `incomplete`: it may be done, and only words are missing, for which the person can be asked. */
export type BotErrorCode = 'not-found' | 'forbidden' | 'conflict' | 'invalid' | 'incomplete';

/** Something a person asked for that cannot be done. `say` is Chinese and says what to do next; `cause` is for the log. */
export class BotError extends Error {
  constructor(
    readonly code: BotErrorCode,
    readonly say: string,
    options?: ErrorOptions,
  ) {
    super(say, options);
    this.name = 'BotError';
  }
}

/** What the person is told of it; whatever is nothing to tell goes on up. */
export function saidBy(error: unknown): string {
  if (error instanceof BotError) return error.say;
  throw error;
}
