import type { LedgerFacts } from '../domain/ledger-facts.js';
import { ledgerTable } from './ledger/ledger-table.js';
import { writeTable } from './xlsx.js';

/** What a file is made of, whichever thread makes it. */
export interface FileTask {
  kind: 'ledger';
  facts: LedgerFacts;
}

export function makeFile({ facts }: FileTask): Promise<Uint8Array> {
  return writeTable(ledgerTable(facts));
}
