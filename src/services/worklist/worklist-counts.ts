import { type RequestKind, requestKindNames } from '../../domain/request.js';
import type { Worklist } from './read-worklist.js';

/** 已报办结待核查3条、延期1件; empty when nothing waits. */
export function worklistCounts({ reported, requests, joins }: Worklist): string {
  const rows = reported.reduce((sum, { codes }) => sum + codes.length, 0);
  const kinds: RequestKind[] = ['extension', 'objection', 'exemption', 'instruction'];
  const counts = kinds.map(
    (kind) => [requestKindNames[kind], requests.filter((one) => one.kind === kind).length] as const,
  );
  return [
    rows > 0 ? `已报办结待核查${rows}条` : '',
    ...counts.map(([name, count]) => (count > 0 ? `${name}${count}件` : '')),
    joins.length > 0 ? `联络员申请${joins.length}件` : '',
  ]
    .filter(Boolean)
    .join('、');
}
