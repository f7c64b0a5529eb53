import { z } from 'zod';
import { jsonOrNull } from '../json-or-null.js';

import type { EventMention } from './events.js';

/** What somebody sent, by message_type: open.feishu.cn 《接收消息内容》. `null` for what is not read. */
export type Content =
  | { kind: 'words'; text: string; mentionsBot: boolean }
  | { kind: 'file'; key: string; type: 'file' | 'image'; name: string };

const longestName = 60;
/** One pass over all placeholders: replaced one by one, `@_user_1` would damage `@_user_10`. */
const placeholder = /@_(?:user_\d+|all)(?:[ \u00a0])?/gu;

const textContent = z.object({ text: z.string() });
const imageContent = z.object({ image_key: z.string().min(1) });
const fileContent = z.object({ file_key: z.string().min(1), file_name: z.string().catch('文件') });
const node = z.looseObject({ tag: z.string(), text: z.string().catch(''), user_id: z.string().catch('') });
const post = z.object({ title: z.string().catch(''), content: z.array(z.array(node)) });
/** Received without the language around it, sent with it. */
const postContent = z.union([post, z.record(z.string(), post).transform((languages) => Object.values(languages)[0])]);

export function readContent(type: string, content: string, mentions: EventMention[], bot: string): Content | null {
  const value = jsonOrNull(content);
  switch (type) {
    case 'text': {
      const { data } = textContent.safeParse(value);
      return data ? words(data.text, mentions, bot) : null;
    }
    case 'post': {
      const { data } = postContent.safeParse(value);
      return data ? words(postText(data), mentions, bot) : null;
    }
    case 'image': {
      const { data } = imageContent.safeParse(value);
      return data ? { kind: 'file', key: data.image_key, type: 'image', name: '图片' } : null;
    }
    case 'file': {
      const { data } = fileContent.safeParse(value);
      return data ? { kind: 'file', key: data.file_key, type: 'file', name: data.file_name.slice(0, 200) } : null;
    }
    default:
      return null;
  }
}

function postText({ title, content }: z.infer<typeof post>): string {
  const paragraphs = content.map((nodes) =>
    nodes.map(({ tag, text, user_id }) => (tag === 'at' ? `${user_id} ` : text)).join(''),
  );
  return [title, ...paragraphs].filter((line) => line !== '').join('\n');
}

/** Takes the bot's own mention away and names the others. `@_all` calls everybody, which is not the bot. */
function words(text: string, mentions: EventMention[], bot: string): Content {
  const byKey = new Map(mentions.map((one) => [one.key, one]));
  let mentionsBot = false;
  const named = text.replace(placeholder, (found) => {
    const key = found.trimEnd();
    const space = found.slice(key.length);
    const one = byKey.get(key);
    if (one?.id?.open_id && one.id.open_id === bot) {
      mentionsBot = true;
      return '';
    }
    if (key === '@_all') return `@所有人${space}`;
    return one?.name ? `@${one.name.slice(0, longestName)}${space}` : found;
  });
  return { kind: 'words', text: named.trim(), mentionsBot };
}
