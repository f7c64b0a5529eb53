import type { PlatformName } from './chat/message.js';
import { readDataFolder } from './data-folder.js';
import { confirmDraft } from './domain/confirm-draft.js';
import { wallClock } from './domain/local-date.js';
import { decodeText } from './plan-parser/formats/text.js';
import { readNotice } from './plan-parser/read-notice.js';
import { foundWorkspace } from './services/workspace/found-workspace.js';
import type { Store } from './store/store.js';
import { listWorkspaces } from './store/workspaces.js';

/** Loads the data folder into an empty ledger; a ledger that holds anything is left as it is. Returns whether it did. */
export async function loadDataWhenEmpty(
  store: Store,
  folder: string,
  channel: { platform: PlatformName; account: string } | null,
  now: Date,
  timeZone: string,
): Promise<boolean> {
  if ((await listWorkspaces(store.read)).length > 0) return false;
  const data = await readDataFolder(folder);
  const documents = data.documents.map(({ bytes, confirmed, ...file }) => {
    const text = decodeText(bytes);
    const draft = readNotice(text);
    return { ...file, text, draft: confirmed ? confirmDraft(draft, confirmed) : draft };
  });
  const startOn = data.workspace.startOn ?? wallClock(now, timeZone).date;
  const { units, people } = data;
  return store.transaction(async (tx) => {
    if ((await listWorkspaces(tx)).length > 0) return false;
    await foundWorkspace(tx, { workspace: { ...data.workspace, startOn }, units, people, documents, channel, now });
    return true;
  });
}
