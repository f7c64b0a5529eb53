import type { Block, Mention, Reply } from '../../chat/message.js';
import { splitText } from '../split-text.js';
import { harmless, harmlessLinks } from './words.js';

/** One line of a reply, before it is written in a form of the platform. */
export interface Line {
  strong: string;
  words: string;
  mentions: Mention[];
}

/** The platform's user ids by person; who is missing is named only. */
export type UserIds = ReadonlyMap<string, string>;

const mentionsOnLine = 20;
const longestName = 60;

const plain = (words: string): Line => ({ strong: '', words, mentions: [] });
export const bold = (strong: string): Line => ({ strong, words: '', mentions: [] });
export const plainLines = (text: string): Line[] => text.split('\n').map(plain);

/** Everything but the title. */
export function linesOf(said: Reply): Line[] {
  switch (said.kind) {
    case 'text':
    case 'refusal':
    case 'question':
    case 'file':
      return plainLines(said.text);
    case 'table':
      return [
        bold(said.columns.join('｜')),
        ...said.rows.flatMap((row) => plainLines(row.join('｜'))),
        ...(said.note === null ? [] : plainLines(said.note)),
      ];
    case 'card':
      return [...said.fields.flatMap(fieldLines), ...said.blocks.flatMap(blockLines)];
  }
}

function fieldLines({ label, value }: { label: string; value: string }): Line[] {
  const [first = '', ...more] = value.split('\n');
  return [{ strong: label.replaceAll('\n', ' '), words: `：${first}`, mentions: [] }, ...more.map(plain)];
}

function blockLines(block: Block): Line[] {
  switch (block.kind) {
    case 'lead':
      return block.text.split('\n').map(bold);
    case 'section': {
      const lines = block.text.split('\n').map(bold);
      const [first = [], ...more] = Array.from({ length: Math.ceil(block.mentions.length / mentionsOnLine) }, (_, at) =>
        block.mentions.slice(at * mentionsOnLine, (at + 1) * mentionsOnLine),
      );
      const last: Line = { strong: lines.at(-1)?.strong ?? '', words: '', mentions: first };
      return [...lines.slice(0, -1), last, ...more.map((mentions) => ({ strong: '', words: '', mentions }))];
    }
    case 'items':
      return block.items.flatMap(plainLines);
    case 'line':
    case 'note':
      return plainLines(block.text);
  }
}

export type Form = 'markdown' | 'text';

export function written({ strong, words, mentions }: Line, form: Form, userIds: UserIds): string {
  const safe = form === 'markdown' ? harmless : harmlessLinks;
  const marked = safe(strong.trim());
  const said = `${form === 'markdown' && marked !== '' ? `**${marked}**` : marked}${safe(words)}`;
  const names = mentions.map(({ person, name }) => {
    const id = ringing(person, userIds);
    return id === null ? safe(`@${shortName(name)}`) : `@${id}`;
  });
  return [said, ...names].filter((part) => part !== '').join(' ');
}

const shortName = (name: string) => [...name.replace(/\s+/gu, ' ')].slice(0, longestName).join('');

/** The id by which a person can be rung, never one that rings everybody. Senders from outside have none that works. */
export function ringing(person: string, userIds: UserIds): string | null {
  const id = userIds.get(person);
  return id === undefined || !/^[\w.-]{1,64}$/.test(id) || id.toLowerCase() === 'all' ? null : id;
}

/** What a text takes inside JSON. */
export const jsonBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

const aroundLine = 12;
/** Whether it rings or is named: at most. */
const mentionBytes = 3 * longestName + 10;

/** What a line takes in either form and whoever can be rung, so that a retry by another way is cut at the same places. */
export function roomOf(line: Line): number {
  const alone = { ...line, mentions: [] };
  const forms = [written(alone, 'markdown', nobody), written(alone, 'text', nobody)];
  return Math.max(...forms.map(jsonBytes)) + line.mentions.length * mentionBytes + aroundLine;
}

const nobody: UserIds = new Map();

/** A full-width twin takes three bytes. */
const harmlessBytes = (text: string) => [...text].reduce((sum, sign) => sum + Math.max(jsonBytes(sign), 3), 0);

/** A line that needs more than `most` becomes several. */
export function fitting(line: Line, most: number): Line[] {
  if (roomOf(line) <= most) return [line];
  const cut = (text: string) => splitText(text, most - aroundLine - 20, harmlessBytes);
  return [
    ...cut(line.strong).map(bold),
    ...cut(line.words).map(plain),
    ...(line.mentions.length === 0 ? [] : [{ strong: '', words: '', mentions: line.mentions }]),
  ];
}
