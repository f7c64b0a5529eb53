import type { Logger } from 'pino';

import type { PlatformName } from '../../chat/message.js';
import type { PlatformAdapter } from '../adapter.js';
import type { Http } from '../http.js';
import type { Check } from './check.js';

/** What can be checked of a platform as it is configured: nothing is said anywhere, and no connection is taken away. */
export interface Checkup {
  platform: PlatformName;
  /** Under which groups have to be bound. */
  account: string;
  checks: Check[];
  /** Whether what is said unasked reaches a group with this robot of its own. */
  reaches(webhook: string | null): 'yes' | 'no-robot' | 'foreign-robot';
}

export interface CheckDeps {
  /** As it is in use. */
  adapter: PlatformAdapter;
  http: Http;
  now: () => Date;
  log: Logger;
  /** A file of certificates is set. */
  hasCa: boolean;
  /** The variable that names a proxy. */
  proxy: string | null;
  /** Where the platform reaches the bot, when that is to be tried. */
  publicAddress: { url: string; http: Http } | null;
}
