import { keepNote } from '../domain/note.js';
import { type ActorRole, isPersonName } from '../domain/person.js';
import { mostRosterRows, type RosterRow, type RosterSheet } from '../domain/roster-sheet.js';
import { cleanText } from '../domain/text.js';
import { fold } from '../language/fold.js';
import { readRole } from '../language/roles.js';

/** One row of a table, numbered as its program numbers it. */
export interface TableRow {
  row: number;
  cells: string[];
}

/** What was made of a table that is a roster; one with more rows than are taken is refused. */
export type RosterReading = { kind: 'roster'; sheet: RosterSheet } | { kind: 'refused'; say: string };

const columnNames = {
  name: /^(?:人员)?(?:姓名|名字)$/u,
  unit: /^(?:所在|工作)?单位(?:名称)?$/u,
  role: /^(?:角色|身份)$/u,
  account: /^(?:平台)?[账帐]号$/u,
  wecom: /^企业微信(?:[账帐]号|ID|UserID)?$/iu,
  dingtalk: /^钉钉(?:[账帐]号|员工号|ID|UserID)?$/iu,
  feishu: /^飞书(?:[账帐]号|ID|open_?id)?$/iu,
  scope: /^(?:分管|调度)(?:范围|单位|计划)?$/u,
} as const;
type Column = keyof typeof columnNames;

const headerWithin = 10;
const longestHeading = 30;
const platforms = ['wecom', 'dingtalk', 'feishu'] as const;
const platformNames: Record<string, string> = {
  企业微信: 'wecom',
  wecom: 'wecom',
  钉钉: 'dingtalk',
  dingtalk: 'dingtalk',
  飞书: 'feishu',
  feishu: 'feishu',
  沙箱: 'sandbox',
  sandbox: 'sandbox',
};

/** Reads a table whose header names 姓名, 单位 and 角色; `null` for any other. Columns that it does not know are not read. */
export function readRoster(table: readonly TableRow[]): RosterReading | null {
  const at = table.slice(0, headerWithin).findIndex(({ cells }) => columnsOf(cells) !== null);
  const columns = columnsOf(table[at]?.cells ?? []);
  if (at < 0 || columns === null) return null;
  const body = table.slice(at + 1);
  if (body.length > mostRosterRows) {
    return { kind: 'refused', say: `名单最多${mostRosterRows}行，这份有${body.length}行。请分几份发。` };
  }
  const sheet: RosterSheet = { rows: [], doubts: [] };
  for (const line of body) readRow(line, columns, sheet);
  return { kind: 'roster', sheet };
}

type Columns = Partial<Record<Column, number>>;

function columnsOf(header: readonly string[]): Columns | null {
  const columns: Columns = {};
  header.forEach((cell, at) => {
    if (cell.length > longestHeading) return;
    const bare = fold(cell).replace(/[（(].*?[)）]|[\s*:：]/gu, '');
    for (const [column, pattern] of Object.entries(columnNames) as [Column, RegExp][]) {
      if (pattern.test(bare)) columns[column] ??= at;
    }
  });
  const { name, unit, role } = columns;
  return name === undefined || unit === undefined || role === undefined ? null : columns;
}

function readRow({ row, cells }: TableRow, columns: Columns, { rows, doubts }: RosterSheet): void {
  const cell = (column: Column) => {
    const at = columns[column];
    return at === undefined ? '' : fold(cleanText(cells[at] ?? '')).trim();
  };
  const doubt = (why: string) => doubts.push({ row, why });
  const [name, unit, role] = [closedUp(cell('name')), closedUp(cell('unit')), cell('role')];
  if (`${name}${unit}${role}` === '') return;
  if (name === '') return void doubt('没有写姓名');
  if (!isPersonName(name)) return void doubt(`“${shown(name)}”不像姓名`);
  const read = readRoles(role);
  if (typeof read === 'string') return void doubt(read);
  const accounts = readAccounts(cell, (why) => doubt(why));
  rows.push({ row, name, unit: keepNote(unit), ...read, accounts, scope: keepNote(cell('scope')) });
}

/** 张　三 for 张三: names are padded to the same width. */
const closedUp = (text: string) => text.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '');

/** The roles, or why they cannot be told. */
function readRoles(typed: string): { roles: ActorRole[]; leaves: boolean } | string {
  if (typed === '') return '没有写角色';
  const roles: ActorRole[] = [];
  let leaves = false;
  for (const word of typed.split(/[\s、,，;；/]+|[和及兼]/u).filter(Boolean)) {
    const found = readRole(word);
    if (/^(?:离任|调离|退休)$/u.test(word)) leaves = true;
    else if (found && found.end === word.length) roles.push(found.role);
    else if (!/^(?:成员|无)$/u.test(word)) return `没看懂角色“${shown(word)}”`;
  }
  if (leaves && roles.length > 0) return '又写角色又写离任';
  return { roles: [...new Set(roles)], leaves };
}

function readAccounts(cell: (column: Column) => string, doubt: (why: string) => void): RosterRow['accounts'] {
  const typed = [
    ...platforms.map((platform) => ({ platform: platform as string | null, text: cell(platform) })),
    ...cell('account')
      .split(/[\s、,，;；]+/u)
      .map((text) => {
        const [, platform, userId] = /^([^:]+):(.+)$/u.exec(text) ?? [];
        const known = platform === undefined ? null : platformNames[platform.toLowerCase()];
        return known && userId ? { platform: known as string | null, text: userId } : { platform: null, text };
      }),
  ];
  return typed.flatMap(({ platform, text }) => {
    if (text === '') return [];
    if (keepNote(text) !== text) {
      doubt('账号像手机号或身份证号，没有读');
      return [];
    }
    return text.length > 100 ? [] : [{ platform, userId: text }];
  });
}

function shown(text: string): string {
  return [...keepNote(text)].slice(0, 20).join('');
}
