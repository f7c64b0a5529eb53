import type { Role } from '../domain/responsibility.js';

export type Column = 'number' | 'group' | 'title' | 'measure' | 'limit' | Role;

/** Words that head a column. `subject` is settled by place: group, title and measure stand from left to right. */
const headings: { words: string[]; column: Exclude<Column, 'title' | 'measure'> | 'subject' }[] = [
  { words: ['序号', '编号'], column: 'number' },
  { words: ['时限', '完成时间', '进度安排', '时间节点'], column: 'limit' },
  { words: ['牵头'], column: 'lead' },
  { words: ['配合', '参与', '协办'], column: 'support' },
  { words: ['责任', '主责', '落实', '承办'], column: 'implement' },
  { words: ['类别', '领域', '分类'], column: 'group' },
  { words: ['工作', '任务', '措施', '要求', '实事', '项目', '内容'], column: 'subject' },
];

const subjectsByCount: Column[][] = [[], ['title'], ['title', 'measure'], ['group', 'title', 'measure']];

const longestHeading = 12;

/** What each column of a table holds, or `null` when the row is no header. */
export function readHeader(cells: string[]): (Column | null)[] | null {
  const names = cells.map((cell) => cell.replace(/\s/g, ''));
  if (names.some((name) => name.length > longestHeading)) return null;
  const known = names.map((name) => headings.find((heading) => heading.words.some((word) => name.includes(word))));
  if (known.filter(Boolean).length < 2 || !known.some((heading) => heading?.column === 'subject')) return null;
  const places = known.flatMap((heading, at) => (heading?.column === 'subject' ? [at] : []));
  const subjects = subjectsByCount[Math.min(places.length, 3)] ?? [];
  return known.map((heading, at) => {
    if (heading?.column !== 'subject') return heading?.column ?? null;
    return subjects[places.indexOf(at)] ?? null;
  });
}
