/** What a check found, for people: `say` is how it stands, `todo` what to do about it. Neither ever holds a secret. */
export interface Finding {
  state: 'ok' | 'warn' | 'fail' | 'skipped';
  say: string;
  todo: string | null;
}

/** One step that can be checked without changing anything. */
export interface Check {
  /** `wecom.app.token`: names it for programs. */
  id: string;
  title: string;
  /** The check without which this one would say nothing; when that one fails or is skipped, so is this. */
  needs?: string;
  /** One finding, or one for each thing found. Ends soon after the signal. */
  run(signal: AbortSignal): Promise<Finding | Finding[]>;
}

export const ok = (say: string): Finding => ({ state: 'ok', say, todo: null });
export const warn = (say: string, todo: string): Finding => ({ state: 'warn', say, todo });
export const fail = (say: string, todo: string): Finding => ({ state: 'fail', say, todo });
export const skipped = (say: string): Finding => ({ state: 'skipped', say, todo: null });
