import type { Shown } from '../contract.js';
import { readMarks } from '../marks.js';

/** What people see of one native message, by our own reading of the official pages and none of the adapter's code. */
export type Read = Pick<Shown, 'text' | 'mentions' | 'links' | 'formatted' | 'buttons' | 'bytes'>;

interface Native {
  msgtype: string;
  text?: { content: string; mentioned_list?: string[] };
  markdown?: { content: string };
  markdown_v2?: { content: string };
  stream?: { content: string };
  template_card?: {
    main_title: { title: string; desc?: string };
    sub_title_text?: string;
    button_list: { text: string; key: string }[];
  };
}

/** `inBot`: the markdown of 智能机器人 is the v2 dialect, in which nobody is mentioned. */
export function readNative(message: Native, inBot = false): Read {
  const { msgtype } = message;
  const card = message.template_card;
  const cardText = card ? [card.main_title.title, card.main_title.desc, card.sub_title_text].filter(Boolean) : [];
  const buttons = (card?.button_list ?? []).map(({ text, key }) => ({ label: text, send: key }));
  const shown = { mentions: [], links: [], formatted: [], buttons };
  if (msgtype === 'text' && message.text) {
    const { content, mentioned_list = [] } = message.text;
    const read = angle({ text: content, mentions: [...mentioned_list], links: [], formatted: [] });
    return { ...shown, ...read, bytes: Buffer.byteLength(content) };
  }
  const content = message.markdown?.content ?? message.markdown_v2?.content ?? message.stream?.content ?? '';
  const v2 = inBot || msgtype !== 'markdown';
  const read = v2 ? readV2(content) : readV1(content);
  const text = [read.text, ...cardText].filter(Boolean).join('\n');
  return { ...shown, ...read, text, bytes: Buffer.byteLength(content) };
}

type Marked = Omit<Read, 'buttons' | 'bytes'>;

const invisible = /[\u200b\u200c]+$/u;

function angle(read: Marked): Marked {
  const text = read.text
    .replace(/<@([^<>]+)>/gu, (_, id: string) => {
      read.mentions.push(id === 'all' ? 'all' : id);
      return '';
    })
    .replace(/<a\s[^<>]*>(.*?)<\/a>/gu, (_, inner: string) => {
      read.links.push(inner);
      return inner;
    });
  return { ...read, text: text.replace(invisible, '') };
}

function readV1(content: string): Marked {
  const plain = content.replace(/<font color="(?:info|comment|warning)">(.*?)<\/font>/gu, '$1');
  const read: Marked = { text: '', mentions: [], links: [], formatted: [] };
  return angle({ ...read, text: readMarks(plain, read) });
}

function readV2(content: string): Marked {
  const read: Marked = { text: '', mentions: [], links: [], formatted: [] };
  const tables = content
    .replace(/^\|(?: ?:?-+:? ?\|)+$/gmu, () => {
      read.formatted.push('table');
      return '';
    })
    .replace(/^\| (.*) \|$/gmu, (_, row: string) => row.split(' | ').join(' '));
  const text = readMarks(tables, read)
    .replace(/\\([!-/:-@[-`{-~])/gu, '$1')
    .replace(/&(?:lt|#60);/gu, '<');
  return { ...read, text };
}
