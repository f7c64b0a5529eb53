import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { DataFolderError, readJson } from './data-folder.js';
import { type RulePack, type RulePacks, rulePack } from './domain/rule-pack.js';
import { projectRoot } from './project-root.js';

const shipped = path.join(projectRoot, 'data', 'rules');

/** The rule packs of an office, from the folder rules/ of its data; the ones that come with the bot where it has none. */
export async function readRulePacks(dataFolder: string): Promise<RulePacks> {
  const own = path.join(dataFolder, 'rules');
  const packs = (await readFolder(own)) ?? (await readFolder(shipped));
  if (!packs) throw new Error(`no rule packs in ${shipped}`);
  for (const kind of ['document', 'assigned'] as const) {
    if ([...packs.values()].some((pack) => pack.for === kind)) continue;
    throw new DataFolderError(`${own} 里没有 "for" 是 "${kind}" 的规则包。请从随附的 data/rules 拷一份再重新启动。`);
  }
  return packs;
}

/** `null` where there is no such folder, or nothing in it. Throws `DataFolderError` for a pack that is not well-formed. */
async function readFolder(folder: string): Promise<RulePacks | null> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).sort();
  const packs = await Promise.all(
    files.map(
      async (name): Promise<[string, RulePack]> => [
        path.basename(name, '.json'),
        await readJson(folder, name, rulePack),
      ],
    ),
  );
  return packs.length > 0 ? new Map(packs) : null;
}
