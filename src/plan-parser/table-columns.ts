import type { Role } from '../domain/responsibility.js';

type Subject = 'group' | 'title' | 'measure';
export type Column = Subject | 'number' | 'limit' | 'leader' | Role;

/** Words that head a column; the first that fits counts. `null` is a column that says nothing of the task itself. */
const headings: [RegExp, Exclude<Column, Subject> | 'subject' | null][] = [
  [/^(?:序号|编号|项号|号)$/, 'number'],
  [/备注|完成情况|进展|落实情况|销号|联络员|联系人|电话|职务|姓名|资金|^(?:总|计划|年度)?投资|督[导办查]单位/, null],
  [/牵头(?:单位|部门)(?!负责人|领导)/, 'lead'],
  [/(?:责任|主责)(?:单位|部门)(?!负责人|领导)/, 'implement'],
  [/领导|责任人|负责人|包[保联抓]/, 'leader'],
  [/时限|时间|进度安排|时间节点|期限|日期|时序/, 'limit'],
  [/牵头|主办/, 'lead'],
  [/配合|参与|参加|协办|协同|协助/, 'support'],
  [/责任|主责|落实|承办|承担单位|实施单位|实施主体/, 'implement'],
  [/序号|编号/, 'number'],
  [/工作|任务|措施|举措|要求|实事|项目|内容|问题|事项|目标|类别|领域|分类|方向|方面|板块|重点|标准|成果/, 'subject'],
];

const groupWords = /类别|领域|分类|方向|方面|板块|大类|类型/;
const measureWords = /措施|举措|要求|内容|标准|目标|具体|细化|成果|做法/;

const longestHeading = 14;

/** What each column of a table holds, or `null` when the row is no header of a table of tasks. */
export function readHeader(cells: string[]): (Column | null)[] | null {
  const names = cells.map((cell) => cell.replace(/\s/g, ''));
  if (names.some((name) => name.length > longestHeading)) return null;
  const known = onlyOriginalLimit(
    names,
    names.map((name) => headings.find(([words]) => words.test(name))?.[1] ?? null),
  );
  const subjects = names.filter((_, at) => known[at] === 'subject');
  const duties = known.filter((column) => column !== null && column !== 'subject' && column !== 'number');
  // Without a limit, a unit or a person a table gives tasks only where it says both what and how, or nothing else.
  const onlyTasks = subjects.length > 1 || known.every(Boolean);
  if (subjects.length === 0 || (duties.length === 0 && !onlyTasks)) return null;
  if (known.filter(Boolean).length < 2) return null;

  const settled = settleSubjects(subjects);
  let next = 0;
  return known.map((column) => {
    if (column !== 'subject') return column;
    next += 1;
    return settled[next - 1] ?? null;
  });
}

/** Of several columns for the limit the one that has the words of the document counts: 完成时限（原文）, 时限日期. */
function onlyOriginalLimit<Known>(names: string[], known: (Known | 'limit')[]): (Known | 'limit' | null)[] {
  const original = names.findIndex((name, at) => known[at] === 'limit' && name.includes('原文'));
  return original === -1 ? known : known.map((column, at) => (column === 'limit' && at !== original ? null : column));
}

/** The task is the last heading before those that say how it is done; what stands before it groups the tasks. */
function settleSubjects(names: string[]): Subject[] {
  const how = names.findIndex((name, at) => at > 0 && measureWords.test(name));
  const before = names.slice(0, how === -1 ? names.length : how);
  const plain = before.findLastIndex((name) => !groupWords.test(name) && !measureWords.test(name));
  const title =
    plain !== -1
      ? plain
      : Math.max(
          0,
          names.findIndex((name) => !groupWords.test(name)),
        );
  return names.map((_, at) => (at < title ? 'group' : at === title ? 'title' : 'measure'));
}
