import { utf8Bytes } from '../split-text.js';

/** 《富文本组件》 of cards 2.0 lists what its markdown takes as entities; what a reader sees are the characters themselves. */
const entities: Record<string, string> = {
  '<': '&#60;',
  '>': '&#62;',
  '*': '&#42;',
  _: '&#95;',
  '[': '&#91;',
  ']': '&#93;',
  '`': '&#96;',
  '#': '&#35;',
  '~': '&sim;',
  '|': '&#124;',
  '\\': '&#92;',
  '&': '&#38;',
};

/** People's words in the markdown of a card: they cannot mention, link or format. */
export function inMarkdown(text: string): string {
  return text
    .replace(/[<>*_[\]`#~|\\]|&(?=#?\w+;)/gu, (sign) => entities[sign] ?? sign)
    .replace(/:(?=\w+:)/gu, '&#58;')
    .replace(/^[ \t]+/gmu, (spaces) => '\u00a0'.repeat(spaces.length))
    .replace(/^(\u00a0*)([-+=])/gmu, (_, before: string, sign: string) => `${before}&#${sign.charCodeAt(0)};`)
    .replace(/^(\u00a0*\d+)([.)])/gmu, (_, before: string, sign: string) => `${before}&#${sign.charCodeAt(0)};`);
}

/** People's words in a text message, which knows `<at …>`, `<b>` and `[words](address)` and no way to escape them. */
export function inText(text: string): string {
  return text.replace(/<(?=[a-z/!])/giu, '＜').replaceAll('](', '] (');
}

/** Room that a string takes in a request: it stands in JSON that stands in JSON. Never too little. */
export function roomOf(text: string): number {
  return utf8Bytes(text.replace(/["\\\p{Cc}]/gu, '1234567'));
}

const userId = /^[\w-]{1,100}$/;

/** How a person is mentioned: cards and texts differ. `null` for whom the platform does not know. */
export function mentionIn(form: 'card' | 'text', id: string | undefined, name: string): string | null {
  if (id === undefined || !userId.test(id) || id === 'all') return null;
  return form === 'card' ? `<at id=${id}></at>` : `<at user_id="${id}">${inText(name)}</at>`;
}
