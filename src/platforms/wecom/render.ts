import { type Block, type Mention, plainText, type Reply } from '../../chat/message.js';
import { splitText } from '../split-text.js';
import { typedButtons } from '../typed-buttons.js';
import { harmless, harmlessPlain } from './words.js';

const mostMarkedBytes = 1000;
const namesInLine = 20;

/**
 * `v1` has mentions and colours but no tables, `v2` tables and neither of the others, `text` nothing at all.
 * https://developer.work.weixin.qq.com/document/path/99110
 */
export type Dialect = 'v1' | 'v2' | 'text';

export interface Rendering {
  dialect: Dialect;
  mostBytes: number;
  /** Of those who may be mentioned; empty where a mention would not ring. */
  userIds: ReadonlyMap<string, string>;
  /** Which buttons of the reply are shown; the others are told as what to type. */
  shown: number;
}

/** One reply as texts of at most `mostBytes`. */
export function render(said: Reply, how: Rendering): string[] {
  const { dialect, mostBytes } = how;
  const parts = said.kind === 'table' && dialect === 'v2' ? tableParts(said, mostBytes) : [whole(said, how)];
  return parts
    .flatMap((part) => splitText(part, mostBytes))
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function whole(said: Reply, how: Rendering): string {
  const typed = typedButtons(withoutShown(said, how.shown));
  if (how.dialect === 'text') return harmlessPlain([plainText(said), ...typed].join('\n'));
  return join([...markdownLines(said, how), ...typed.map(harmless)], how);
}

function markdownLines(said: Reply, how: Rendering): string[] {
  switch (said.kind) {
    case 'text':
    case 'refusal':
    case 'question':
    case 'file':
      return [harmless(said.text)];
    case 'card': {
      const fields = said.fields.map(({ label, value }) => `${harmless(label)}：${harmless(value)}`);
      return [bold(said.title), ...fields, ...said.blocks.flatMap((block) => blockLines(block, how))];
    }
    case 'table':
      return [harmless(plainText(said))];
  }
}

function blockLines(block: Block, { dialect, userIds }: Rendering): string[] {
  switch (block.kind) {
    case 'line':
      return [harmless(block.text)];
    case 'lead':
      return [bold(block.text)];
    case 'section':
      return ['', ...inLines([bold(block.text), ...block.mentions.map((one) => mention(one, userIds))])];
    case 'items':
      return block.items.map((item) => `> ${harmless(item).replaceAll('\n', ' ')}`);
    case 'note':
      return dialect === 'v1'
        ? harmless(block.text)
            .split('\n')
            .map((line) => marked('<font color="comment">', line, '</font>'))
        : ['', harmless(block.text)];
  }
}

/** So that no line is ever long enough to be cut inside a mention. */
function inLines(words: string[]): string[] {
  const lines = Array.from({ length: Math.ceil(words.length / namesInLine) }, (_, at) => at * namesInLine);
  return lines.map((from) => words.slice(from, from + namesInLine).join(' '));
}

const bold = (text: string) => marked('**', harmless(text).replaceAll('\n', ' '), '**');

/** Words that might be cut in two are left plain, so that no mark is ever open. */
function marked(open: string, words: string, close: string): string {
  return Buffer.byteLength(words) > mostMarkedBytes || words.trim() === '' ? words : `${open}${words.trim()}${close}`;
}

function mention({ person, name }: Mention, userIds: ReadonlyMap<string, string>): string {
  const userId = ringing(person, userIds);
  return userId === null ? `@${harmless(name)}` : `<@${userId}>`;
}

/** The user id by which a person can be rung; never one that rings everybody. */
export function ringing(person: string, userIds: ReadonlyMap<string, string>): string | null {
  const userId = userIds.get(person);
  return userId === undefined || /[<>]|^@?all$/iu.test(userId) ? null : userId;
}

/** In v2 a line break needs two spaces before it, and a quote an empty line after it. */
function join(lines: string[], { dialect }: Rendering): string {
  if (dialect !== 'v2') return lines.join('\n');
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line, index, all) => {
      const next = all[index + 1];
      if (next === undefined || next === '' || line === '') return line;
      return line.startsWith('> ') && !next.startsWith('> ') ? `${line}\n` : `${line}  `;
    })
    .join('\n');
}

/** Every part of a long table has its head. */
function tableParts({ title, columns, rows, note }: Reply & { kind: 'table' }, mostBytes: number): string[] {
  const row = (cells: string[]) => `| ${cells.map((cell) => harmless(cell).replaceAll('\n', ' ')).join(' | ')} |`;
  const head = `${row(columns)}\n| ${columns.map(() => ':--').join(' | ')} |`;
  const parts: string[] = [];
  let part = `${bold(title)}\n\n${head}`;
  for (const cells of rows) {
    const longer = `${part}\n${row(cells)}`;
    if (Buffer.byteLength(longer) <= mostBytes) {
      part = longer;
      continue;
    }
    parts.push(part);
    part = `${head}\n${row(cells)}`;
  }
  const end = note === null ? part : `${part}\n\n${harmless(note)}`;
  return Buffer.byteLength(end) <= mostBytes ? [...parts, end] : [...parts, part, harmless(note ?? '')];
}

function withoutShown(said: Reply, shown: number): Reply {
  return said.kind === 'question' || said.kind === 'card' ? { ...said, buttons: said.buttons.slice(shown) } : said;
}
