import type { IncomingFile } from '../../chat/message.js';
import { countAwaitedFiles, insertAwaitedFiles } from '../../store/awaited-files.js';
import type { HeardWithFiles } from '../../store/tables.js';
import type { Context } from '../context.js';

/** Pictures that are chosen together come as messages of their own, one after another. */
const gatherMs = 1_500;
/** That a person may have on the way at once. */
const mostAwaited = 60;

/** Notes what is to be fetched once the message is acknowledged. False when the person has too much on the way already. */
export async function awaitFiles(
  ctx: Context,
  files: { name: string; kind: IncomingFile['kind']; source: unknown }[],
  message: Pick<HeardWithFiles, 'text' | 'worded' | 'route'> & { atOnce: boolean },
): Promise<boolean> {
  const { tx, workspace, now, chat } = ctx;
  const { person } = ctx.actor;
  if (person === null) return false;
  if ((await countAwaitedFiles(tx, workspace, person)) + files.length > mostAwaited) return false;
  const { platform, account, id, sender, quoted } = ctx.message;
  const { text, worded, route, atOnce } = message;
  const alone = atOnce || worded || text !== '' || quoted !== null;
  const heard: HeardWithFiles = {
    account,
    id,
    chat: { id: chat.id, private: chat.private },
    sender,
    text,
    worded,
    quoted,
    route,
  };
  await insertAwaitedFiles(
    tx,
    workspace,
    files.map(({ name, kind, source }) => ({
      platform,
      personId: person,
      lane: [platform, account, chat.id, sender, ...(alone ? [id] : [])].join(' '),
      message: heard,
      name,
      picture: kind === 'picture',
      source,
      receivedAt: now,
      notBefore: new Date(now.getTime() + (alone ? 0 : gatherMs)),
    })),
  );
  return true;
}
