import { Parser } from 'htmlparser2';

import { DocumentRefusal } from '../../document-refusal.js';
import { bounds } from '../bounds.js';
import type { Attributes } from '../xml.js';

export interface Element {
  name: string;
  attributes: Attributes;
  children: (Element | string)[];
}

/** What is no text of the page: code, forms, drawings. */
const dropped = new Set(
  'script style noscript template svg canvas iframe object embed select option button textarea audio video link'.split(
    ' ',
  ),
);

/** The elements of a page, without those that show no text. */
export function parseHtml(html: string): Element {
  const root: Element = { name: '', attributes: {}, children: [] };
  const open: Element[] = [root];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (open.length > bounds.nestedTags) throw new DocumentRefusal('corrupt');
        const element = { name, attributes, children: [] };
        if (!dropped.has(name)) open.at(-1)?.children.push(element);
        open.push(element);
      },
      onclosetag() {
        if (open.length > 1) open.pop();
      },
      ontext(text) {
        open.at(-1)?.children.push(text);
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(html);
  return root;
}

/** All elements below, in the order of the page. */
export function elementsIn(element: Element): Element[] {
  const found: Element[] = [];
  const waiting = [element];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next !== element) found.push(next);
    waiting.push(...next.children.filter((child) => typeof child !== 'string').toReversed());
  }
  return found;
}

export const textIn = (element: Element): string =>
  element.children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('');
