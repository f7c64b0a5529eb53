import { z } from 'zod';

import type { IncomingFile } from '../../chat/message.js';
import { jsonOrNull } from '../json-or-null.js';
import type { EventMention } from './events.js';

/** What somebody sent, by message_type: open.feishu.cn 《接收消息内容》. */
export interface Content {
  text: string;
  mentionsBot: boolean;
  files: Resource[];
}

export interface Resource {
  key: string;
  /** As the platform gives it out. */
  type: 'file' | 'image';
  kind: IncomingFile['kind'];
  name: string;
}

const longestName = 60;
const mostPictures = 50;
/** One pass over all placeholders: replaced one by one, `@_user_1` would damage `@_user_10`. */
const placeholder = /@_(?:user_\d+|all)(?:[ \u00a0])?/gu;

const textContent = z.object({ text: z.string() });
const imageContent = z.object({ image_key: z.string().min(1) });
const fileContent = z.object({ file_key: z.string().min(1), file_name: z.string().catch('文件') });
const soundContent = z.object({ file_key: z.string().min(1) });
const node = z.looseObject({
  tag: z.string(),
  text: z.string().catch(''),
  user_id: z.string().catch(''),
  image_key: z.string().catch(''),
});
const post = z.object({ title: z.string().catch(''), content: z.array(z.array(node)) });
/** Received without the language around it, sent with it. */
const postContent = z.union([post, z.record(z.string(), post).transform((languages) => Object.values(languages)[0])]);

/** `null` for what is not read. */
export function readContent(type: string, content: string, mentions: EventMention[], bot: string): Content | null {
  const value = jsonOrNull(content);
  switch (type) {
    case 'text': {
      const { data } = textContent.safeParse(value);
      return data ? { ...words(data.text, mentions, bot), files: [] } : null;
    }
    case 'post': {
      const { data } = postContent.safeParse(value);
      return data ? { ...words(postText(data), mentions, bot), files: picturesOf(data) } : null;
    }
    case 'image': {
      const { data } = imageContent.safeParse(value);
      return data ? alone({ key: data.image_key, ...picture }) : null;
    }
    case 'file': {
      const { data } = fileContent.safeParse(value);
      if (!data) return null;
      return alone({ key: data.file_key, type: 'file', kind: 'file', name: data.file_name.slice(0, 200) });
    }
    case 'audio':
    case 'media': {
      const { data } = soundContent.safeParse(value);
      const [kind, name] = type === 'audio' ? (['audio', '语音'] as const) : (['video', '视频'] as const);
      return data ? alone({ key: data.file_key, type: 'file', kind, name }) : null;
    }
    default:
      return null;
  }
}

const picture = { type: 'image', kind: 'picture', name: '图片' } as const;
const alone = (file: Resource): Content => ({ text: '', mentionsBot: false, files: [file] });

function picturesOf({ content }: z.infer<typeof post>): Resource[] {
  const keys = content.flat().flatMap(({ tag, image_key }) => (tag === 'img' && image_key !== '' ? [image_key] : []));
  return [...new Set(keys)].slice(0, mostPictures).map((key) => ({ key, ...picture }));
}

function postText({ title, content }: z.infer<typeof post>): string {
  const paragraphs = content.map((nodes) =>
    nodes.map(({ tag, text, user_id }) => (tag === 'at' ? `${user_id} ` : text)).join(''),
  );
  return [title, ...paragraphs].filter((line) => line !== '').join('\n');
}

/** Takes the bot's own mention away and names the others. `@_all` calls everybody, which is not the bot. */
function words(text: string, mentions: EventMention[], bot: string): Omit<Content, 'files'> {
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
  return { text: named.trim(), mentionsBot };
}
