import type { Logger } from 'pino';

import type { Http } from '../http.js';

export interface DingtalkDeps {
  /** Allowed to call the hosts of `hostsOf(settings)`. */
  http: Http;
  now: () => Date;
  log: Logger;
  /** Between the parts of a long message. */
  pause?: (ms: number) => Promise<void>;
}
