import type { Shown } from '../contract.js';
import { readMarks } from '../marks.js';

/** What people see of a message that the bot sent. Reads the platform's markup by its pages, not by the adapter's code. */
export type Read = Pick<Shown, 'text' | 'mentions' | 'links' | 'formatted' | 'buttons'>;

export function readText(content: string): Read {
  const read: Read = { text: '', mentions: [], links: [], formatted: [], buttons: [] };
  const { text } = JSON.parse(content);
  read.text = text
    .replace(/<at user_id="([^"]*)">(.*?)<\/at>/gs, (_: string, id: string, name: string) => {
      read.mentions.push(id);
      return `@${name}`;
    })
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, (_: string, words: string, address: string) => {
      read.links.push(address);
      return words;
    })
    .replace(/<(b|i|u|s)>(.*?)<\/\1>/gs, (_: string, _tag: string, words: string) => {
      read.formatted.push(words);
      return words;
    });
  return read;
}

const entities: Record<string, string> = { sim: '~', lt: '<', gt: '>', amp: '&', quot: '"' };

const decode = (text: string) =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (found, code: string | undefined, name: string | undefined) =>
    code === undefined ? (entities[name ?? ''] ?? found) : String.fromCodePoint(Number(code)),
  );

/** `:OK:` and the like are pictures. */
const emoji = /:([A-Za-z0-9_]+):/g;

function readMarkdown(content: string, read: Read, names: ReadonlyMap<string, string>): string {
  const marked = content
    .replace(/<at (?:id|ids|user_id|email)="?([^>"]*)"?><\/at>/g, (_, id: string) => {
      read.mentions.push(id);
      return `@${names.get(id) ?? id}`;
    })
    .replace(emoji, (_, name: string) => {
      read.formatted.push(name);
      return '';
    });
  const text = readMarks(marked, read);
  read.formatted = read.formatted.map(decode);
  return decode(text);
}

/** What the platform says to a card that it does not take: a code and, for 230099, the inner one. */
export class CardRefused extends Error {
  constructor(
    readonly code: number,
    readonly inner: number | null,
    what: string,
  ) {
    super(`${what}${inner === null ? '' : ` ErrCode: ${inner}`}`);
  }
}

const known: Record<string, string[]> = {
  card: ['schema', 'config', 'header', 'body'],
  config: ['update_multi', 'enable_forward', 'width_mode', 'summary'],
  header: ['title', 'subtitle', 'template', 'text_tag_list'],
  body: ['direction', 'elements'],
  markdown: ['tag', 'content', 'element_id'],
  table: ['tag', 'page_size', 'row_height', 'freeze_first_column', 'header_style', 'columns', 'rows', 'element_id'],
  column: ['name', 'display_name', 'data_type', 'width', 'format', 'date_format'],
  button: ['tag', 'name', 'type', 'text', 'behaviors', 'confirm', 'disabled', 'disabled_tips', 'element_id'],
  plain_text: ['tag', 'content'],
};

function only(kind: string, value: Record<string, unknown>) {
  const strange = Object.keys(value).find((key) => !known[kind]?.includes(key));
  if (strange !== undefined) throw new CardRefused(230099, 200621, `unknown property ${kind}.${strange}`);
}

export function readCard(content: string, names: ReadonlyMap<string, string>): Read {
  const read: Read = { text: '', mentions: [], links: [], formatted: [], buttons: [] };
  const card = JSON.parse(content);
  only('card', card);
  if (card.schema !== '2.0') throw new CardRefused(230099, 200621, 'schema');
  only('config', card.config);
  if (card.config.update_multi !== true) throw new CardRefused(230099, 200621, 'update_multi');
  const lines: string[] = [];
  if (card.header) {
    only('header', card.header);
    only('plain_text', card.header.title);
    lines.push(card.header.title.content);
  }
  only('body', card.body);
  let tables = 0;
  let elements = 0;
  for (const element of card.body.elements) {
    if (!['markdown', 'table', 'button'].includes(element.tag)) throw new CardRefused(230099, 200861, element.tag);
    only(element.tag, element);
    elements += 1;
    if (element.tag === 'markdown') lines.push(readMarkdown(element.content, read, names));
    if (element.tag === 'table') {
      tables += 1;
      const columns: string[] = element.columns.map((column: Record<string, unknown>) => {
        only('column', column);
        lines.push(String(column.display_name));
        return column.name;
      });
      if (columns.length > 50 || element.page_size > 10) throw new CardRefused(230099, 11310, 'table');
      for (const row of element.rows) {
        if (Object.keys(row).some((key) => !columns.includes(key))) throw new CardRefused(230099, 200915, 'row');
        lines.push(columns.map((column) => row[column]).join('｜'));
      }
    }
    if (element.tag === 'button') {
      elements += 1;
      only('plain_text', element.text);
      const [behavior] = element.behaviors;
      if (behavior.type !== 'callback' || typeof behavior.value !== 'object') {
        throw new CardRefused(230099, 200671, 'behavior');
      }
      read.buttons.push({ label: element.text.content, send: behavior.value.send });
    }
  }
  if (tables > 3 || elements > 200) throw new CardRefused(230099, 11310, 'too many');
  for (const id of read.mentions) if (!names.has(id)) throw new CardRefused(230099, 100290, `no user ${id}`);
  read.text = lines.join('\n');
  return read;
}
