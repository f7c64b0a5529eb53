import path from 'node:path';

import type { PlatformName } from './chat/message.js';
import { type DataDocument, type DataFolder, DataFolderError, readDataFolder } from './data-folder.js';
import { ConfirmationError, confirmDraft } from './domain/confirm-draft.js';
import { wallClock } from './domain/local-date.js';
import { DocumentRefusal } from './plan-parser/document-refusal.js';
import type { LocalDays } from './plan-parser/limits/local-days.js';
import { seasonsOf } from './plan-reading/seasons.js';
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
  doubt: (text: string) => void = () => {},
): Promise<boolean> {
  if ((await listWorkspaces(store.read)).length > 0) return false;
  const data = await readDataFolder(folder);
  for (const text of data.doubts) doubt(text);
  const documents = await Promise.all(
    data.documents.map((document) => draftOf(folder, document, seasonsOf(data.workspace.settings))),
  );
  refuseUnknownPlans(folder, data, new Set(documents.flatMap(({ draft }) => draft.plans.map((plan) => plan.prefix))));
  const startOn = data.workspace.startOn ?? wallClock(now, timeZone).date;
  const { units, people } = data;
  return store.transaction(async (tx) => {
    if ((await listWorkspaces(tx)).length > 0) return false;
    await foundWorkspace(tx, { workspace: { ...data.workspace, startOn }, units, people, documents, channel, now });
    return true;
  });
}

/** Of groups and of whoever has plans in charge: a prefix that no plan has would leave them with nothing. */
function refuseUnknownPlans(folder: string, { workspace, people }: DataFolder, prefixes: ReadonlySet<string>): void {
  const ofGroups = workspace.groups.flatMap(({ plans = [] }) =>
    plans.map((prefix) => ['workspace.json', prefix] as const),
  );
  const ofPeople = people.flatMap(({ scope }) =>
    (scope?.plans ?? []).map((prefix) => ['people.json', prefix] as const),
  );
  const [unknown] = [...ofGroups, ...ofPeople].filter(([, prefix]) => !prefixes.has(prefix));
  if (!unknown) return;
  const [file, prefix] = unknown;
  const where = path.join(folder, file);
  throw new DataFolderError(
    `${where} 里写了没有的计划“${prefix}”，有：${[...prefixes].join('、')}。请改正后重新启动。`,
  );
}

async function draftOf(folder: string, { bytes, confirmed, ...file }: DataDocument, localDays: LocalDays) {
  const where = path.join(folder, file.fileName);
  // The readers of formats are large and needed once in the life of a ledger.
  const { readDocument } = await import('./plan-parser/read-document.js');
  const { text, draft: read } = await readDocument(bytes, file.fileName, { localDays }).catch((cause: unknown) => {
    if (cause instanceof DocumentRefusal) throw new DataFolderError(`数据文件 ${where}：${cause.message}`, { cause });
    throw cause;
  });
  if (read.plans.every((plan) => plan.tasks.length === 0)) {
    throw new DataFolderError(`数据文件 ${where} 里没有读到任务。请换成印发的计划全文再重新启动。`);
  }
  try {
    return { ...file, text, draft: confirmed ? confirmDraft(read, confirmed) : read };
  } catch (cause) {
    if (cause instanceof ConfirmationError)
      throw new DataFolderError(`数据文件 ${where}：${cause.message}。`, { cause });
    throw cause;
  }
}
