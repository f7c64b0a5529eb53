import type { Button } from '../../chat/message.js';

/** Card JSON 2.0, the part of it that we write. The platform refuses a property that it does not know. */
export type Element =
  | { tag: 'markdown'; content: string }
  | {
      tag: 'table';
      page_size: number;
      columns: { name: string; display_name: string; data_type: 'text'; width: 'auto' }[];
      rows: Record<string, string>[];
    }
  | ButtonElement;

interface ButtonElement {
  tag: 'button';
  type: 'default' | 'primary';
  text: { tag: 'plain_text'; content: string };
  behaviors: { type: 'callback'; value: { send: string; private: boolean } }[];
}

export interface Card {
  schema: '2.0';
  config: { update_multi: true; summary: { content: string } };
  header?: { title: { tag: 'plain_text'; content: string }; template: 'blue' };
  body: { direction: 'vertical'; elements: Element[] };
}

const longestLabel = 40;
const longestSummary = 60;
const rowsOnPage = 10;

export function cardOf(title: string, summary: string, elements: Element[], buttons: ButtonElement[]): Card {
  return {
    schema: '2.0',
    config: { update_multi: true, summary: { content: [...summary].slice(0, longestSummary).join('') } },
    ...(title === '' ? {} : { header: { title: { tag: 'plain_text', content: title }, template: 'blue' } }),
    body: { direction: 'vertical', elements: [...elements, ...buttons] },
  };
}

/** The value comes back with a click: the words, and that the card was sent one to one, which the click does not tell. */
export function buttonElements(buttons: Button[], isPrivate: boolean): ButtonElement[] {
  return buttons.map(({ label, send }, at) => ({
    tag: 'button',
    type: at === 0 ? 'primary' : 'default',
    text: { tag: 'plain_text', content: [...label].slice(0, longestLabel).join('') },
    behaviors: [{ type: 'callback', value: { send, private: isPrivate } }],
  }));
}

/** Cells are plain text, in which nothing is markup. */
export function tableElement(columns: string[], rows: string[][]): Element {
  return {
    tag: 'table',
    page_size: rowsOnPage,
    columns: columns.map((label, at) => ({ name: `c${at}`, display_name: label, data_type: 'text', width: 'auto' })),
    rows: rows.map((row) => Object.fromEntries(columns.map((_, at) => [`c${at}`, row[at] ?? '']))),
  };
}
