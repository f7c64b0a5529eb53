import type { IncomingMessage } from '../../src/chat/message.js';
import type { FetchedFile, PlatformAdapter } from '../../src/platforms/adapter.js';

/** Gets the file of a message as the bot does, after what was told of it went through the database. */
export async function fetchFile(adapter: PlatformAdapter, message: IncomingMessage, at = 0): Promise<FetchedFile> {
  const content = message.files?.[at]?.content;
  if (content?.at === 'hand') return { kind: 'fetched', bytes: await content.load(), name: null };
  if (!content || !adapter.fetchFile) throw new Error('no file that could be fetched');
  return adapter.fetchFile(JSON.parse(JSON.stringify(content.source)), new AbortController().signal);
}

/** Its name, which some platforms tell only with the content, and what it holds as text. */
export async function fetchedText(
  adapter: PlatformAdapter,
  message: IncomingMessage,
  at = 0,
): Promise<[string, string]> {
  const fetched = await fetchFile(adapter, message, at);
  if (fetched.kind !== 'fetched') throw new Error(`not fetched: ${fetched.why}`);
  return [fetched.name ?? message.files?.[at]?.name ?? '', Buffer.from(fetched.bytes).toString()];
}
