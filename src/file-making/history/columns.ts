import type { HistoryRow } from '../../domain/history-row.js';
import { numberCell, textCell } from '../cell.js';
import type { Column } from '../table.js';
import {
  changesText,
  codeText,
  contentHashes,
  detailsText,
  evidenceText,
  kindText,
  roleText,
  timeText,
  titleText,
  unitText,
  type Words,
} from './row-words.js';

const hashWidth = 20;

/** Who wrote what, for which unit and when, and by what it is sealed. */
export const historyColumns = (words: Words): Column<HistoryRow>[] => [
  { key: 'sequence', heading: '序号', width: 8, value: ({ update }) => numberCell(update.sequence) },
  { key: 'time', heading: '时间', width: 19, value: ({ update }) => textCell(timeText(update.at, words)) },
  { key: 'year', heading: '计划年度', width: 8, value: ({ update }) => numberCell(update.year) },
  { key: 'code', heading: '编号', width: 8, value: (row) => textCell(codeText(row, words)) },
  { key: 'title', heading: '重点任务', width: 24, value: (row) => textCell(titleText(row, words)) },
  { key: 'number', heading: '本任务第几条', width: 8, value: ({ update }) => numberCell(update.number) },
  { key: 'kind', heading: '事项', width: 12, value: (row) => textCell(kindText(row)) },
  { key: 'unit', heading: '单位', width: 18, value: (row) => textCell(unitText(row, words)) },
  { key: 'person', heading: '经办人', width: 12, value: ({ person }) => textCell(person) },
  { key: 'role', heading: '身份', width: 8, value: (row) => textCell(roleText(row)) },
  { key: 'note', heading: '内容', width: 50, value: ({ update }) => textCell(update.note) },
  {
    key: 'percent',
    heading: '进度%',
    width: 8,
    value: ({ update: { percent } }) => (percent === null ? null : numberCell(percent)),
  },
  { key: 'changes', heading: '办理情况变化', width: 40, value: (row) => textCell(changesText(row, words)) },
  { key: 'details', heading: '说明', width: 24, value: (row) => textCell(detailsText(row, words)) },
  {
    key: 'undoes',
    heading: '撤销的序号',
    width: 8,
    value: ({ update: { undoes } }) => (undoes === null ? null : numberCell(undoes)),
  },
  { key: 'evidence', heading: '材料', width: 24, value: (row) => textCell(evidenceText(row)) },
  { key: 'contents', heading: '材料SHA-256', width: hashWidth, value: (row) => textCell(contentHashes(row)) },
  { key: 'group', heading: '工作群', width: 18, value: ({ group }) => textCell(group ?? '') },
  { key: 'platform', heading: '平台', width: 10, value: ({ update }) => textCell(update.platform) },
  { key: 'message', heading: '消息编号', width: hashWidth, value: ({ update }) => textCell(update.messageId) },
  { key: 'previous', heading: '前一条哈希', width: hashWidth, value: ({ update }) => textCell(update.previousHash) },
  { key: 'hash', heading: '本条哈希', width: hashWidth, value: ({ update }) => textCell(update.hash) },
  { key: 'day', heading: '封存日', width: 11, value: ({ sealed }) => textCell(sealed?.day ?? '') },
  { key: 'seal', heading: '当日封存哈希', width: hashWidth, value: ({ sealed }) => textCell(sealed?.hash ?? '') },
];
