import type { Shown } from '../contract.js';
import { readMarks } from '../marks.js';

/** What people see of a message that the robot sent. Reads the platform's markup by its pages, not by the adapter's code. */
export type Read = Pick<Shown, 'text' | 'mentions' | 'links' | 'formatted' | 'buttons'>;

interface At {
  atUserIds?: string[];
  isAtAll?: boolean;
}

/** Either half alone rings nobody: the id in the list and `@id` in the words. */
function ring(words: string, at: At | undefined, read: Read): void {
  if (at?.isAtAll) read.mentions.push('all');
  const ids = at?.atUserIds ?? [];
  if (ids.length > 50) throw new Error('more than 50 ids');
  read.mentions.push(...ids.filter((id) => new RegExp(`@${id}(?![\\w.-])`).test(words)));
}

/** Whoever taps one says something, or goes somewhere in the client. */
function readTaps(content: string, read: Read): string {
  return content.replace(/(?:dtmd|dingtalk):\/*\S*/gi, (address) => {
    read.links.push(address);
    return address;
  });
}

function readMarkdown(content: string, read: Read): string {
  const text = readMarks(readTaps(content, read), read);
  if (/^ *\|?(?: *:?-+:? *\|)+/m.test(text)) read.formatted.push('table');
  return text
    .replace(/&nbsp;/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}

const fresh = (): Read => ({ text: '', mentions: [], links: [], formatted: [], buttons: [] });

/** A message of a webhook; `null` for one that the platform does not take. */
export function readWebhookMessage(body: Record<string, unknown>): Read | null {
  const read = fresh();
  const at = body.at as At | undefined;
  switch (body.msgtype) {
    case 'text': {
      const { content } = body.text as { content: string };
      if (!content) return null;
      ring(content, at, read);
      read.text = readTaps(content, read);
      return read;
    }
    case 'markdown': {
      const { title, text } = body.markdown as { title: string; text: string };
      if (!title || !text) return null;
      ring(text, at, read);
      read.text = readMarkdown(text, read);
      return read;
    }
    case 'actionCard': {
      const card = body.actionCard as Record<string, unknown> & { text: string };
      const btns = (card.btns ?? []) as { title: string; actionURL: string }[];
      const single = typeof card.singleTitle === 'string' && typeof card.singleURL === 'string';
      if (!card.title || !card.text || 'markdown' in card || single === btns.length > 0) return null;
      ring(card.text, at, read);
      read.text = readMarkdown(card.text, read);
      const taps = single ? [{ title: String(card.singleTitle), actionURL: String(card.singleURL) }] : btns;
      read.buttons = taps.map(({ title, actionURL }) => ({ label: title, send: tapped(actionURL) }));
      return read;
    }
    default:
      return null;
  }
}

/** What a tap makes the client say; a host in other letters does nothing. */
function tapped(address: string): string {
  const found = /^dtmd:\/\/dingtalkclient\/sendMessage\?content=([^&]*)$/.exec(address);
  return found ? decodeURIComponent(found[1] ?? '') : '';
}

/** A message of the robot's own calls, which mention nobody. */
export function readRobotMessage(msgKey: string, msgParam: string): Read | null {
  const read = fresh();
  const param = JSON.parse(msgParam) as Record<string, string>;
  const only = (...keys: string[]) =>
    Object.keys(param).every((key) => keys.includes(key)) && keys.every((key) => param[key]);
  const cards = /^sampleActionCard([2-5])?$/.exec(msgKey);
  if (msgKey === 'sampleText') {
    if (!only('content')) return null;
    return { ...read, text: param.content ?? '' };
  }
  if (msgKey === 'sampleFile') {
    if (!only('mediaId', 'fileName', 'fileType')) return null;
    return { ...read, text: `${param.fileName} ${param.mediaId}` };
  }
  if (msgKey === 'sampleImageMsg') return only('photoURL') ? { ...read, text: param.photoURL ?? '' } : null;
  if (msgKey !== 'sampleMarkdown' && !cards) return null;
  const count = cards ? Number(cards[1] ?? 1) : 0;
  const names = Array.from({ length: count }, (_, at): [string, string] =>
    count === 1 ? ['singleTitle', 'singleURL'] : [`actionTitle${at + 1}`, `actionURL${at + 1}`],
  );
  if (!only('title', 'text', ...names.flat())) return null;
  read.text = readMarkdown(param.text ?? '', read);
  read.buttons = names.map(([title, url]) => ({ label: param[title] ?? '', send: tapped(param[url] ?? '') }));
  return read;
}

/** A card of the template that the guide describes; every value is a string of at most 1 KB. */
export function readCard(body: Record<string, unknown>): Read | null {
  const read = fresh();
  const { cardParamMap } = body.cardData as { cardParamMap: Record<string, string> };
  for (const value of Object.values(cardParamMap)) {
    if (typeof value !== 'string' || Buffer.byteLength(value) > 1024) return null;
  }
  const { title = '', text = '', buttons = '[]' } = cardParamMap;
  const model = body.imGroupOpenDeliverModel as { robotCode?: string; atUserIds?: Record<string, string> } | undefined;
  read.mentions.push(...Object.keys(model?.atUserIds ?? {}));
  const lines = text
    .replaceAll('<br>', '\n')
    .replace(/<a atId=([\w.-]+)>(.*?)<\/a>/g, (_, id: string, name: string) => {
      if (!read.mentions.includes(id)) throw new Error(`${id} is not rung`);
      return `@${name}`;
    });
  read.text = `${title}\n${readMarkdown(lines, read)}`;
  read.buttons = (JSON.parse(buttons) as { label: string; press: string }[]).map(({ label, press }) => ({
    label,
    send: JSON.parse(press).send,
  }));
  return read;
}
