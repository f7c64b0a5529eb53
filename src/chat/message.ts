export type PlatformName = 'wecom' | 'dingtalk' | 'feishu' | 'sandbox';

/** One message as the platform signed it. Who wrote it comes from the platform, never from the text. */
export interface IncomingMessage {
  platform: PlatformName;
  /** The bot, app or tenant that heard it; with `id` it names the message. */
  account: string;
  id: string;
  /** `name` where the platform tells it. */
  chat: { id: string; private: boolean; name?: string | null };
  /** The platform's user id, or a name for this while that no account has; see `hasPassingId`. */
  sender: string;
  /** Without the mention of the bot. */
  text: string;
  /** Said to the bot: one to one, with its mention in a group, or by pressing one of its buttons. */
  addressed: boolean;
  /** The platform's name of the sender, where it tells one. */
  senderName: string | null;
  /** What the person answers or quotes, where the platform tells. */
  quoted: { messageId: string | null; text: string | null } | null;
  /** `response`: the reply goes into the answer to the platform; `delivery`: it is sent by itself, with `route`. */
  answeredBy: 'response' | 'delivery';
  route: unknown;
  /** What came with it, or instead of words. */
  files?: IncomingFile[];
}

/**
 * 外部 …: somebody to whom 钉钉 gives no 员工号, because they are outside the organisation or the app is not published yet. The
 * id is void once it is.
 */
export function hasPassingId({ platform, userId }: { platform: string; userId: string }): boolean {
  return platform === 'dingtalk' && /^外部(?:\s|$)/u.test(userId);
}

/** A file that somebody sent. */
export interface IncomingFile {
  /** What the person calls it; pictures have no names. */
  name: string;
  kind: 'picture' | 'file' | 'audio' | 'video';
  /** It came with the message that is answered or quoted. */
  quoted?: boolean;
  content:
    | { at: 'hand'; load(): Promise<Uint8Array> }
    /** The platform gives it out for `source`, which can be kept as JSON: later, and to another program too. */
    | { at: 'platform'; source: unknown };
}

export interface Button {
  label: string;
  /** What pressing it says, as if the person had typed it. */
  send: string;
}

export interface Mention {
  person: string;
  name: string;
}

/** A piece of a longer reply. A platform without the form writes the words as plain lines. */
export type Block =
  | { kind: 'line'; text: string }
  | { kind: 'lead'; text: string }
  | { kind: 'section'; text: string; mentions: Mention[] }
  | { kind: 'items'; items: string[] }
  | { kind: 'note'; text: string };

export interface Field {
  label: string;
  value: string;
}

/** What a file is made from, at the moment when it is sent. */
export type FileContent = LedgerContent | EvidenceContent;

/** What was handed over with a report, as it came. */
export interface EvidenceContent {
  kind: 'evidence';
  /** Of its row. */
  sequence: number;
}

/** The 台账. */
export interface LedgerContent {
  kind: 'ledger';
  /** In the order in which they stand in it. */
  plans: { prefix: string; year: number }[];
  /** Only the rows that name this unit; `null` for all. */
  unit: string | null;
  /** What was reported later is not in it. */
  asOf: {
    /** ISO. */
    moment: string;
    /** Sequence of the last update there was; 0 for none. */
    update: number;
    ledgerVersion: number;
  };
}

/** What the bot says, independent of platform. Every form can be written as plain text. */
export type Reply =
  | { kind: 'text'; text: string }
  | { kind: 'refusal'; text: string }
  | { kind: 'question'; text: string; buttons: Button[] }
  | { kind: 'card'; title: string; fields: Field[]; blocks: Block[]; buttons: Button[] }
  | { kind: 'table'; title: string; columns: string[]; rows: string[][]; note: string | null }
  | FileReply;

/** A file. `text` tells what it is: it is said as a message of its own before the file, and stands where no file can. */
export interface FileReply {
  kind: 'file';
  text: string;
  /** As people see it: 督办台账 2023-09-25.xlsx. */
  name: string;
  content: FileContent;
}

/** How a file gets to where it was asked for. */
export type FileWay =
  /** By the road that the answer takes. */
  | { kind: 'with-answer' }
  /** The answer takes words only; the file comes by another channel, of which `say` tells. */
  | { kind: 'apart'; say: string }
  /** Not at all; `say` tells what to do instead. */
  | { kind: 'none'; say: string };

export type ReplyKind = Reply['kind'];

export const reply = {
  text: (...lines: (string | null)[]): Reply => ({ kind: 'text', text: joinLines(lines) }),
  refusal: (text: string): Reply => ({ kind: 'refusal', text }),
  question: (text: string, buttons: Button[] = []): Reply => ({ kind: 'question', text, buttons }),
  card: (title: string, content: { fields?: Field[]; blocks?: Block[]; buttons?: Button[] }): Reply => ({
    kind: 'card',
    title,
    fields: content.fields ?? [],
    blocks: content.blocks ?? [],
    buttons: content.buttons ?? [],
  }),
  table: (title: string, columns: string[], rows: string[][], note: string | null = null): Reply => ({
    kind: 'table',
    title,
    columns,
    rows,
    note,
  }),
  file: (text: string, name: string, content: FileContent): FileReply => ({ kind: 'file', text, name, content }),
};

function joinLines(lines: (string | null)[]): string {
  return lines.filter((line) => line !== null && line !== '').join('\n');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'line':
    case 'lead':
    case 'note':
      return block.text;
    case 'section':
      return [block.text, ...block.mentions.map((mention) => `@${mention.name}`)].join(' ');
    case 'items':
      return block.items.join('\n');
  }
}

/** The form for the poorest channel, and for people who read on the lock screen. */
export function plainText(said: Reply): string {
  switch (said.kind) {
    case 'text':
    case 'refusal':
    case 'question':
    case 'file':
      return said.text;
    case 'card':
      return joinLines([
        said.title,
        ...said.fields.map((field) => `${field.label}：${field.value}`),
        ...said.blocks.map(blockText),
      ]);
    case 'table':
      return joinLines([said.title, ...said.rows.map((row) => row.join('｜')), said.note]);
  }
}

/** The people whom a reply mentions, each once. */
export function mentionedIn(said: Reply): string[] {
  if (said.kind !== 'card') return [];
  return [
    ...new Set(
      said.blocks.flatMap((block) => (block.kind === 'section' ? block.mentions : [])).map((one) => one.person),
    ),
  ];
}

/** Several answers to one message, as one. A file stays apart: ask `joinReplies` for the others. */
export function joinReplies(replies: Reply[]): Reply {
  const [first, ...others] = replies;
  if (first && others.length === 0) return first;
  const buttons = replies.flatMap((one) => (one.kind === 'question' ? one.buttons : []));
  const text = joinLines(replies.map(plainText));
  if (replies.some((one) => one.kind === 'question')) return reply.question(text, buttons);
  return replies.every((one) => one.kind === 'refusal') ? reply.refusal(text) : reply.text(text);
}
