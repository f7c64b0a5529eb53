import { type Block, type Mention, plainText, type Reply } from '../../chat/message.js';
import { splitText } from '../split-text.js';
import { inMarkdown, inText, mentionIn, roomOf } from './markup.js';

export type Span = { kind: 'words'; text: string; strong: boolean } | { kind: 'mention'; mention: Mention };
/** One line of a reply, before it is written in the markup of a card or of a text. */
export type Line = Span[];
export type Form = 'card' | 'text';
export type UserIds = ReadonlyMap<string, string>;

const mentionsOnLine = 40;
const longestName = 60;

const plain = (text: string): Span => ({ kind: 'words', text, strong: false });
const strong = (text: string): Span => ({ kind: 'words', text: text.trim(), strong: true });
const eachLine = (text: string, span: (line: string) => Span): Line[] => text.split('\n').map((line) => [span(line)]);

/** Everything but the title and the rows of a table. */
export function linesOf(said: Reply): Line[] {
  switch (said.kind) {
    case 'text':
    case 'refusal':
    case 'question':
    case 'file':
      return eachLine(plainText(said), plain);
    case 'table':
      return said.note === null ? [] : eachLine(said.note, plain);
    case 'card':
      return [
        ...said.fields.flatMap(({ label, value }): Line[] => {
          const [first = '', ...more] = value.split('\n');
          return [[strong(label), plain(`：${first}`)], ...more.map((line) => [plain(line)])];
        }),
        ...said.blocks.flatMap(blockLines),
      ];
  }
}

function blockLines(block: Block): Line[] {
  switch (block.kind) {
    case 'lead':
      return eachLine(block.text, strong);
    case 'section':
      return [...eachLine(block.text, strong).slice(0, -1), ...sectionEnd(block.text, block.mentions)];
    case 'items':
      return block.items.flatMap((item) => eachLine(item, plain));
    case 'line':
    case 'note':
      return eachLine(block.text, plain);
  }
}

export function titleLine(title: string): Line {
  return [strong(title)];
}

function sectionEnd(text: string, mentions: Mention[]): Line[] {
  const marks = mentions.map((mention): Span => ({ kind: 'mention', mention }));
  const last = strong(text.split('\n').at(-1) ?? '');
  const more = Array.from({ length: Math.ceil(marks.length / mentionsOnLine) }, (_, at) =>
    marks.slice(at * mentionsOnLine, (at + 1) * mentionsOnLine),
  );
  const [first = [], ...others] = more;
  return [[last, ...first], ...others];
}

/** Spans one after the other; between a mention and what stands before it there is a space. */
export function written(line: Line, form: Form, userIds: UserIds): string {
  return line.reduce((before, span) => {
    if (span.kind === 'words') return before + wordsIn(form, span);
    const { person, name } = span.mention;
    const shown = name.replace(/\s+/gu, ' ').slice(0, longestName);
    const mark = mentionIn(form, userIds.get(person), shown) ?? escaped(form, `@${shown}`);
    return before === '' ? mark : `${before} ${mark}`;
  }, '');
}

const escaped = (form: Form, text: string) => (form === 'card' ? inMarkdown(text) : inText(text));

function wordsIn(form: Form, { text, strong }: Extract<Span, { kind: 'words' }>): string {
  return strong && form === 'card' && text !== '' ? `**${inMarkdown(text)}**` : escaped(form, text);
}

/** A line that needs more than `most` becomes several; a mention is never cut. */
export function fitting(line: Line, most: number, form: Form, userIds: UserIds): Line[] {
  if (roomOf(written(line, form, userIds)) <= most) return [line];
  return line.flatMap((span): Line[] =>
    span.kind === 'mention'
      ? [[span]]
      : splitText(span.text, most, (text) => roomOf(escaped(form, text))).map((text) => [{ ...span, text }]),
  );
}
