import { createHash, randomUUID, subtle } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { WorkspaceId } from '../domain/workspace.js';

/** Less is left to the database, which stops without room. */
const leastFreeBytes = 1024 ** 3;
/** What was kept again so lately may be about to be entered. */
const settledMs = 3_600_000;

export class NoRoom extends Error {
  override readonly name = 'NoRoom';
}

/**
 * Contents by their sha256, a file each, in folders of workspaces. They are on the disk before any row names them, and nothing
 * is ever taken away here but what a row says is no longer kept. For the program's own user only.
 */
export class EvidenceFolder {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** Returns once the content survives a power cut. The same content is one file. */
  async keep(workspace: WorkspaceId, bytes: Uint8Array): Promise<string> {
    const sha256 = await sha256Of(bytes);
    const file = this.#fileOf(workspace, sha256);
    const folder = path.dirname(file);
    await makeFolders(folder);
    await refuseUnlessRoom(folder, bytes.byteLength);
    const aside = path.join(folder, `${randomUUID()}.part`);
    try {
      await writeSynced(aside, bytes);
      await rename(aside, file);
      await syncFolder(folder);
    } catch (error) {
      await rm(aside, { force: true });
      throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? new NoRoom('the disk is full') : error;
    }
    return sha256;
  }

  /** `null` where there is none, or another content than it was. */
  async read(workspace: WorkspaceId, sha256: string): Promise<Uint8Array | null> {
    const bytes = await readFile(this.#fileOf(workspace, sha256)).catch(nothingThere);
    if (bytes === null) return null;
    return (await sha256Of(bytes)) === sha256 ? bytes : null;
  }

  /** In bytes; `null` where there is none. */
  async size(workspace: WorkspaceId, sha256: string): Promise<number | null> {
    return sizeOf(this.#fileOf(workspace, sha256));
  }

  /** False where it was kept again so lately that somebody may be about to enter it. */
  async remove(workspace: WorkspaceId, sha256: string): Promise<boolean> {
    const file = this.#fileOf(workspace, sha256);
    const found = await stat(file).catch(nothingThere);
    if (!found) return true;
    if ((await timeOfDisk(path.dirname(file))) - found.mtimeMs < settledMs) return false;
    await rm(file, { force: true });
    return true;
  }

  #fileOf(workspace: WorkspaceId, sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a sha256');
    return path.join(this.root, folderName(workspace), sha256.slice(0, 2), sha256);
  }
}

/** Off the main thread. */
async function sha256Of(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex');
}

async function refuseUnlessRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize - bytes < leastFreeBytes) throw new NoRoom('too little room is left on the disk');
}

/** As the disk dates what is written now, which may be another machine's clock. */
async function timeOfDisk(folder: string): Promise<number> {
  const probe = path.join(folder, `${randomUUID()}.part`);
  await writeFile(probe, '', { mode: 0o600 });
  try {
    return (await stat(probe)).mtimeMs;
  } finally {
    await rm(probe, { force: true });
  }
}

/** The id where it is a name for a folder anywhere. */
function folderName(workspace: WorkspaceId): string {
  if (/^[a-z0-9][a-z0-9-]{0,63}$/.test(workspace)) return workspace;
  return `x${createHash('sha256').update(workspace).digest('hex').slice(0, 32)}`;
}

async function sizeOf(file: string): Promise<number | null> {
  return (await stat(file).catch(nothingThere))?.size ?? null;
}

function nothingThere(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** Each new folder is entered in the one above for good. */
async function makeFolders(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let at = folder; at.length >= first.length; at = path.dirname(at)) await syncFolder(path.dirname(at));
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Windows syncs no folder, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
