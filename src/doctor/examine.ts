import type { Check } from '../platforms/check/check.js';
import { databaseChecks } from './database.js';
import { deliveryChecks } from './deliveries.js';
import { digestCheck } from './digests.js';
import { environmentChecks } from './environment.js';
import { evidenceCheck } from './evidence.js';
import { groupCheck } from './groups.js';
import { historyCheck } from './history.js';
import { LedgerLook } from './ledger-look.js';
import { peopleChecks } from './people.js';
import { visitPlatforms } from './platforms.js';
import { serverCheck } from './server.js';
import type { Visit } from './visit.js';

export interface Examination {
  checks: Check[];
  close(): Promise<void>;
}

/** Everything that can be checked: what is on this machine first, so that a network without answers keeps nothing back. */
export async function examine(visit: Visit): Promise<Examination> {
  const look = new LedgerLook();
  const platforms = await visitPlatforms(visit);
  return {
    checks: [
      ...environmentChecks(visit),
      ...databaseChecks(visit.config.database, look),
      historyCheck(look),
      evidenceCheck(visit, look),
      serverCheck(visit),
      groupCheck(visit, look, platforms.checkups),
      ...peopleChecks(visit, look),
      ...deliveryChecks(visit, look),
      digestCheck(visit, look),
      ...platforms.checks,
    ],
    async close() {
      await look.close();
      await platforms.close();
    },
  };
}
