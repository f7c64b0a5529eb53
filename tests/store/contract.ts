import { afterAll, beforeAll } from 'vitest';

import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { deliveryCases } from './contract/deliveries.js';
import { evidenceCases } from './contract/evidence.js';
import { inspectingCases } from './contract/inspecting.js';
import { isolationCases } from './contract/isolation.js';
import { ledgerCases } from './contract/ledger.js';
import { openingCases } from './contract/opening.js';
import { peopleCases } from './contract/people.js';
import { reportCases } from './contract/reports.js';
import { retentionCases } from './contract/retention.js';
import type { TestEngine } from './contract/test-engine.js';
import { transactionCases } from './contract/transactions.js';
import { wordCases } from './contract/words.js';

/** The same cases for every engine. */
export function storeContract(test: TestEngine): void {
  let location: string;
  let opened: Store;

  beforeAll(async () => {
    location = await test.createDatabase();
    opened = await openStore(location);
  });
  afterAll(() => opened?.close());

  const store = () => opened;
  isolationCases(store);
  ledgerCases(store);
  reportCases(store);
  peopleCases(store);
  deliveryCases(store);
  evidenceCases(store);
  retentionCases(store);
  transactionCases(store, () => location);
  wordCases(store);
  openingCases(test);
  inspectingCases(test);
}
