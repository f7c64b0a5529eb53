import { countText, listWorks, unitName } from '../../domain/ledger.js';
import type { LedgerFacts } from '../../domain/ledger-facts.js';
import { ledgerRows } from '../../domain/ledger-row.js';
import { dayName } from '../../domain/local-date.js';
import { type Table, tableOf } from '../table.js';
import { ledgerColumns } from './columns.js';

/** The 台账 as a table: what the documents ask for, and what was reported. */
export function ledgerTable(facts: LedgerFacts): Table {
  const { ledger, tasks, unit, today, time, workspace } = facts;
  const count = countText(listWorks(ledger, tasks).length, tasks.length);
  const amended = facts.amended ? '任务按其后修订的计划。' : '';
  return tableOf(ledgerColumns({ ledger, today }), ledgerRows(facts), {
    sheet: '台账',
    title: `${unit === null ? workspace : unitName(ledger, unit)}督办台账`,
    note: `截至${dayName(today)}${time}，共${count}。${amended}办理情况是台账收到的报告，不代表工作的实际进度。`,
    moment: facts.moment,
  });
}
