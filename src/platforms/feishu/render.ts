import { plainText, type Reply } from '../../chat/message.js';
import { buttonsOf, typedButtons } from '../typed-buttons.js';
import { buttonElements, type Card, cardOf, type Element, tableElement } from './card.js';
import { type Form, fitting, type Line, linesOf, titleLine, type UserIds, written } from './lines.js';
import { inText, roomOf } from './markup.js';

/** One native message: a card with the same as text, for where cards are not taken, or text alone. */
export interface Part {
  card: Card | null;
  text: string;
}

export interface Rendering {
  /** Open ids by person. */
  userIds: UserIds;
  cards: boolean;
  private: boolean;
  /** Of one message. */
  bytes: number;
}

type Unit = { kind: 'line'; line: Line } | { kind: 'row'; cells: string[] };

const aroundText = 100;
/** Room for what stands around the words of a card: header, summary, tags. */
const around = 2_000;
/** Around one row or line. */
const aroundUnit = 20;
const aroundCell = 20;
const aroundButton = 300;
const mostColumns = 50;
const mostButtons = 40;
const longestTitle = 300;

/** Cards for what has a form or buttons, text for the rest. */
export function render(said: Reply, rendering: Rendering): Part[] {
  const hasForm = said.kind === 'card' || said.kind === 'table' || buttonsOf(said).length > 0;
  const parts = rendering.cards && hasForm ? asCards(said, rendering) : null;
  return parts ?? asText(said, rendering);
}

function titleOf(said: Reply): string {
  return said.kind === 'card' || said.kind === 'table' ? said.title.replace(/\s+/gu, ' ').trim() : '';
}

function asText(said: Reply, { userIds, bytes }: Rendering): Part[] {
  const most = bytes - aroundText;
  const title = titleOf(said);
  const rows = said.kind === 'table' ? said.rows.map((row): Line => plainLine(row.join('｜'))) : [];
  const typed = typedButtons(said).map(plainLine);
  const lines = [...(title === '' ? [] : [titleLine(title)]), ...rows, ...linesOf(said), ...typed];
  const units = lines.flatMap((line) => fitting(line, most, 'text', userIds)).map(unitOf);
  return packed(units, most, 'text', userIds).map((group) => ({ card: null, text: textOf(group, userIds) }));
}

/** `null` where a card has no form for it. */
function asCards(said: Reply, { userIds, bytes, private: isPrivate }: Rendering): Part[] | null {
  const columns = said.kind === 'table' ? said.columns : [];
  const rows = said.kind === 'table' ? said.rows : [];
  const buttons = buttonsOf(said);
  const forButtons = buttons.reduce((sum, { label, send }) => sum + roomOf(label) + roomOf(send) + aroundButton, 0);
  const most = bytes - around - forButtons - roomOf(columns.join('')) - columns.length * 80;
  const rowUnits = rows.map((cells): Unit => ({ kind: 'row', cells }));
  const noForm =
    columns.length > mostColumns ||
    (said.kind === 'table' && columns.length === 0) ||
    buttons.length > mostButtons ||
    most < bytes / 4 ||
    rowUnits.some((row) => roomFor(row, 'card', userIds) > most);
  if (noForm) return null;
  const title = titleOf(said);
  const inHeader = roomOf(title) <= longestTitle ? title : '';
  const lines = [...(inHeader === title ? [] : [titleLine(title)]), ...linesOf(said)];
  const units = [...rowUnits, ...lines.flatMap((line) => fitting(line, most, 'card', userIds)).map(unitOf)];
  const groups = packed(units, most, 'card', userIds);
  const typed = typedButtons(said).map(inText);
  const summary = inHeader || plainText(said).replace(/\s+/gu, ' ');
  return groups.map((group, at) => {
    const isLast = at === groups.length - 1;
    const shown = inHeader !== '' && groups.length > 1 ? `${inHeader}（${at + 1}/${groups.length}）` : inHeader;
    const text = [inText(shown), textOf(group, userIds), ...(isLast ? typed : [])].filter((line) => line !== '');
    const ends = isLast ? buttonElements(buttons, isPrivate) : [];
    return { card: cardOf(shown, summary, elementsOf(group, columns, userIds), ends), text: text.join('\n') };
  });
}

const unitOf = (line: Line): Unit => ({ kind: 'line', line });
const plainLine = (text: string): Line => [{ kind: 'words', text: text.replace(/\n/gu, ' '), strong: false }];

function roomFor(unit: Unit, form: Form, userIds: UserIds): number {
  if (unit.kind === 'line') return roomOf(written(unit.line, form, userIds)) + roomOf('\n');
  return roomOf(unit.cells.join('')) + unit.cells.length * aroundCell + aroundUnit;
}

/** As many as fit into each message; an empty reply is one empty message. */
function packed(units: Unit[], most: number, form: Form, userIds: UserIds): Unit[][] {
  const groups: Unit[][] = [[]];
  let room = 0;
  for (const unit of units) {
    const more = roomFor(unit, form, userIds);
    if (room + more > most && room > 0) {
      groups.push([]);
      room = 0;
    }
    groups.at(-1)?.push(unit);
    room += more;
  }
  return groups;
}

function textOf(group: Unit[], userIds: UserIds): string {
  return group
    .map((unit) => (unit.kind === 'line' ? written(unit.line, 'text', userIds) : inText(unit.cells.join('｜'))))
    .join('\n');
}

function elementsOf(group: Unit[], columns: string[], userIds: UserIds): Element[] {
  const rows = group.flatMap((unit) => (unit.kind === 'row' ? [unit.cells] : []));
  const lines = group.flatMap((unit) => (unit.kind === 'line' ? [written(unit.line, 'card', userIds)] : []));
  return [
    ...(rows.length > 0 ? [tableElement(columns, rows)] : []),
    ...(lines.length > 0 ? [{ tag: 'markdown' as const, content: lines.join('\n') }] : []),
  ];
}
