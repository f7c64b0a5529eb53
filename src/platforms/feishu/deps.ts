import type { Logger } from 'pino';

import type { Http } from '../http.js';

export interface FeishuDeps {
  http: Http;
  now: () => Date;
  log: Logger;
}
