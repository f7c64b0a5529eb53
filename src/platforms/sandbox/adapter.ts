import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { type IncomingFile, plainText, type Reply } from '../../chat/message.js';
import type { Delivery, Inbound, PlatformAdapter, Sent, Target } from '../adapter.js';
import type { FileShelf } from './file-shelf.js';
import type { RenderedReply, SandboxHub } from './hub.js';

export const sandboxAccount = 'sandbox';
export const defaultUser = '成员';

const json = { 'content-type': 'application/json' };

const typedMessage = z.object({
  group: z.string().max(200).optional(),
  user: z.string().max(200).default(defaultUser),
  text: z.string({ error: '要有 text，写消息内容' }).optional(),
  /** The platform's message id; a repeat is a resend. */
  id: z.string().min(1).max(200).optional(),
  button: z.string().max(20_000).optional(),
  /** The id of the message that is answered. */
  quote: z.string().min(1).max(200).optional(),
  private: z.boolean().default(false),
});

export interface SandboxDeps {
  hub: SandboxHub;
  shelf: FileShelf;
  now: () => Date;
  /** The chat that is meant where a message names none. */
  group: string;
  knows: (
    chat: { platform: string; account: string; chatId: string },
    user: string,
  ) => Promise<{ chat: boolean; user: boolean }>;
  /** Whether these words may be shown to others and kept in memory. */
  mayKeep: (text: string) => boolean;
}

/** The group chat page and its HTTP interface, as a platform among others. */
export function createSandboxAdapter(deps: SandboxDeps): PlatformAdapter {
  return {
    name: 'sandbox',
    limits: { textBytes: 1_000_000, spacingMs: 0, sendsPerMinute: 6_000, keyHonouredMs: 3_600_000 },
    abilities: new Set(['mention', 'table', 'card', 'file', 'push', 'answer']),
    receive: (request) => receive(deps, request),
    send: (target, delivery) => send(deps, target, delivery),
  };
}

async function receive(deps: SandboxDeps, request: Request): Promise<Inbound> {
  if (request.headers.get('content-type')?.startsWith('multipart/form-data')) return receiveFile(deps, request);
  let body: unknown;
  try {
    body = JSON.parse(await request.text());
  } catch {
    return malformed('消息不是 JSON。要这样发：{"user":"成员","text":"/due 本周"}');
  }
  const parsed = typedMessage.safeParse(body);
  if (!parsed.success) return malformed(`消息格式不对：${parsed.error.issues[0]?.message ?? ''}`);
  const { user, id = randomUUID() } = parsed.data;
  const text = parsed.data.button ?? parsed.data.text;
  if (text === undefined) return malformed('消息格式不对：要有 text，写消息内容');
  return heard(deps, { ...parsed.data, user, id, text });
}

const typedFiles = z.object({
  file: z.array(z.instanceof(File)).min(1, '要有 file，放文件').max(20, '一次最多20个文件'),
  group: z.string().max(200).optional(),
  user: z.string().max(200).default(defaultUser),
  text: z.string().max(20_000).default(''),
  id: z.string().min(1).max(200).optional(),
  /** The id of the message that is answered. */
  quote: z.string().min(1).max(200).optional(),
  private: z.enum(['true', 'false']).default('false'),
});

async function receiveFile(deps: SandboxDeps, request: Request): Promise<Inbound> {
  let form: FormData;
  try {
    form = await request.formData();
  } catch {
    return malformed('没有收到完整的文件，请重新发一次。');
  }
  const parsed = typedFiles.safeParse({ ...Object.fromEntries(form), file: form.getAll('file') });
  if (!parsed.success) return malformed(`文件消息格式不对：${parsed.error.issues[0]?.message ?? ''}`);
  const { file: files, id = randomUUID(), ...rest } = parsed.data;
  return heard(deps, { ...rest, id, private: rest.private === 'true', files });
}

function fileOf(file: File): IncomingFile {
  const load = async () => new Uint8Array(await file.arrayBuffer());
  const kinds: [string, IncomingFile['kind']][] = [
    ['image/', 'picture'],
    ['audio/', 'audio'],
    ['video/', 'video'],
  ];
  const named = /\.(?:jpe?g|png|webp|heic|gif|bmp)$/iu.test(file.name) ? 'picture' : 'file';
  const kind = kinds.find(([type]) => file.type.startsWith(type))?.[1] ?? named;
  return { name: file.name.slice(0, 200), kind, content: { at: 'hand', load } };
}

interface Heard {
  group?: string | undefined;
  user: string;
  id: string;
  text: string;
  private: boolean;
  quote?: string | undefined;
  files?: File[];
}

async function heard(deps: SandboxDeps, typed: Heard): Promise<Inbound> {
  const { user, id, text, private: isPrivate } = typed;
  const group = typed.group ?? deps.group;
  const known = await deps.knows({ platform: 'sandbox', account: sandboxAccount, chatId: group }, user);
  if (!known.chat) return malformed('沙箱里没有这个群。不写 group 就是默认的群。');
  if (!known.user) return malformed(`沙箱名单里没有“${[...user].slice(0, 30).join('')}”这个人。`);
  return {
    kind: 'message',
    message: {
      platform: 'sandbox',
      account: sandboxAccount,
      id,
      chat: { id: isPrivate ? `private ${user}` : group, private: isPrivate },
      sender: user,
      senderName: user,
      text,
      addressed: true,
      quoted: typed.quote === undefined ? null : { messageId: typed.quote, text: null },
      answeredBy: 'response',
      route: null,
      ...(typed.files ? { files: typed.files.map(fileOf) } : {}),
    },
    answer(replies) {
      const said = replies.map((one, index) => rendered(one, deps.shelf, `${id} ${index + 1}`));
      if (group === deps.group) tellOthers(deps, typed, said);
      // Not Response.json, which the server cannot send without reading it back.
      return new Response(JSON.stringify({ replies: said }), { headers: json });
    },
  };
}

function tellOthers(deps: SandboxDeps, typed: Heard, replies: RenderedReply[]): void {
  const { id, user, text } = typed;
  deps.hub.said({
    id,
    at: deps.now().toISOString(),
    to: typed.private ? user : null,
    user,
    text: deps.mayKeep(text) ? text : null,
    files: (typed.files ?? []).map(({ name, size }) => ({ name: name.slice(0, 200), size })),
    replies,
  });
}

function malformed(error: string): Inbound {
  return { kind: 'rejected', why: 'malformed', response: Response.json({ error }, { status: 400 }) };
}

/** `key` names the reply among all others. */
export function rendered(said: Reply, shelf: FileShelf, key: string): RenderedReply {
  if (said.kind !== 'file') return { ...said, text: plainText(said) };
  const { kind, text, name } = said;
  return { kind, text, name, ...shelf.put(key, said) };
}

/** What the bot posts unasked. What a file is was said before it. */
export function renderedPost(said: Reply, shelf: FileShelf, key: string): RenderedReply {
  return rendered(said.kind === 'file' ? { ...said, text: `文件：${said.name}` } : said, shelf, key);
}

async function send({ hub, shelf, now }: SandboxDeps, target: Target, { key, reply }: Delivery): Promise<Sent> {
  hub.posted({ id: key, at: now().toISOString(), to: target.userId, reply: renderedPost(reply, shelf, key) });
  return { kind: 'sent', platformMessageId: key };
}
