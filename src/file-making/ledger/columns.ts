import type { LedgerRow } from '../../domain/ledger-row.js';
import { dateCell, numberCell, textCell } from '../cell.js';
import type { Column } from '../table.js';
import { latestText, leadText, limitsText, remarkText, standingText, supportText, type Words } from './row-words.js';

/** The columns of the 台账, in their order. */
export const ledgerColumns = (words: Words): Column<LedgerRow>[] => [
  { key: 'number', heading: '序号', width: 5, align: 'center', value: (row) => numberCell(row.number) },
  { key: 'plan', heading: '计划', width: 14, value: ({ plan }) => textCell(plan?.title ?? '') },
  { key: 'code', heading: '编号', width: 8, align: 'center', value: ({ task }) => textCell(task.code) },
  { key: 'title', heading: '重点任务', width: 18, value: ({ task }) => textCell(task.title) },
  { key: 'text', heading: '具体措施（原文）', width: 44, value: ({ task }) => textCell(task.text) },
  { key: 'lead', heading: '牵头单位', width: 15, value: (row) => textCell(leadText(row, words)) },
  { key: 'support', heading: '配合（负责）单位', width: 18, value: (row) => textCell(supportText(row, words)) },
  { key: 'limits', heading: '完成时限（原文）', width: 16, value: (row) => textCell(limitsText(row)) },
  { key: 'due', heading: '时限日期', width: 14, align: 'center', value: ({ state }) => dateCell(state.due) },
  { key: 'standing', heading: '办理情况', width: 18, value: (row) => textCell(standingText(row, words)) },
  { key: 'latest', heading: '最近进展', width: 26, value: (row) => textCell(latestText(row, words)) },
  { key: 'remark', heading: '备注', width: 16, value: (row) => textCell(remarkText(row)) },
];
