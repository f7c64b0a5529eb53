import type { Button, Reply } from '../../chat/message.js';
import { splitText } from '../split-text.js';
import { buttonsOf, typedButtons } from '../typed-buttons.js';
import {
  bold,
  fitting,
  jsonBytes,
  type Line,
  linesOf,
  plainLines,
  ringing,
  roomOf,
  type UserIds,
  written,
} from './lines.js';
import { harmlessLinks } from './words.js';

/** One message: markdown, with the same as text for where that is not taken; or text alone. */
export interface Part {
  /** What a phone shows in its list of chats. */
  title: string;
  markdown: string | null;
  text: string;
  buttons: LinkButton[];
  /** Whom it rings; their `@id` stands in the words too, because either half alone does not ring. */
  atUserIds: string[];
}

/** A tap lets the client of whoever taps send a message; it is no callback. */
export interface LinkButton {
  title: string;
  url: string;
}

/** `msgParam` takes 15,000 bytes, a webhook 20,000: 《机器人发送群聊消息》, errcode 460101. */
export const messageBytes = 14_000;
/** Title, keys and quotes. */
const around = 500;
const mostMentions = 50;
const mostButtons = 5;
const longestLabel = 20;
const longestUrl = 900;
const longestTitle = 40;

export function render(said: Reply, userIds: UserIds): Part[] {
  const buttons = buttonsOf(said);
  return said.kind === 'card' || said.kind === 'table' || buttons.length > 0
    ? asMarkdown(said, buttons, userIds)
    : asText(said);
}

/** The one line that stands for a reply where there is no room. */
export function titleOf(said: Reply): string {
  const title = said.kind === 'card' || said.kind === 'table' ? said.title : said.text;
  const short = [...title.trim().replace(/\s+/gu, ' ')];
  return short.length === 0 ? '督办' : short.slice(0, longestTitle).join('');
}

function asText(said: Reply): Part[] {
  const text = linesOf(said)
    .map((line) => written(line, 'text', new Map()))
    .join('\n');
  return splitText(text, messageBytes - around, jsonBytes).map((part) => ({
    title: titleOf(said),
    markdown: null,
    text: part,
    buttons: [],
    atUserIds: [],
  }));
}

function asMarkdown(said: Reply, buttons: Button[], userIds: UserIds): Part[] {
  const links = linkButtons(buttons);
  const most = messageBytes - around - jsonBytes(JSON.stringify(links));
  const heading = said.kind === 'card' || said.kind === 'table' ? said.title.replace(/\s+/gu, ' ').trim() : '';
  const lines = [...linesOf(said), ...typedButtons(said).flatMap(plainLines)];
  const whole = [...(heading === '' ? [] : [bold(heading)]), ...lines].filter(
    (line) => roomOf(line) > roomOf(bold('')),
  );
  const groups = packed(
    whole.flatMap((line) => fitting(line, most)),
    most,
  );
  return groups.map((group, at) => {
    const title = groups.length > 1 ? `${titleOf(said)}（${at + 1}/${groups.length}）` : titleOf(said);
    const isLast = at === groups.length - 1;
    const mentioned = group.flatMap(({ mentions }) => mentions.map(({ person }) => ringing(person, userIds)));
    return {
      title,
      markdown: group.map((line) => written(line, 'markdown', userIds)).join('  \n  '),
      text: group.map((line) => written(line, 'text', userIds)).join('\n'),
      buttons: isLast ? links : [],
      atUserIds: [...new Set(mentioned.filter((id) => id !== null))],
    };
  });
}

/** As many lines as fit into each message. */
function packed(lines: Line[], most: number): Line[][] {
  const groups: Line[][] = [[]];
  let [room, mentions] = [0, 0];
  for (const line of lines) {
    const more = roomOf(line);
    const isFull = room + more > most || mentions + line.mentions.length > mostMentions;
    if (isFull && room > 0) {
      groups.push([]);
      [room, mentions] = [0, 0];
    }
    groups.at(-1)?.push(line);
    room += more;
    mentions += line.mentions.length;
  }
  return groups;
}

/** 《轻量级互动卡片消息》: the host must be in lower case, or the tap does nothing. What does not fit is only told as words. */
function linkButtons(buttons: Button[]): LinkButton[] {
  return buttons
    .map(({ label, send }) => ({
      title: harmlessLinks([...label].slice(0, longestLabel).join('')),
      url: `dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent(send)}`,
    }))
    .filter(({ url }) => url.length <= longestUrl)
    .slice(0, mostButtons);
}
