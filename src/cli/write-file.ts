import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

import { BotError } from '../errors.js';

/** The file that is meant: as given, or under `name` in the folder that is given, or here. */
export async function targetOf(file: string | undefined, name: string): Promise<string> {
  if (file === undefined) return name;
  const isFolder = await stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? path.join(file, name) : file;
}

export const writeWhole = (target: string, bytes: Uint8Array): Promise<void> => writeParts(target, [bytes]);

/** Aside, on the disk and then into its place, so that nobody opens half a file. */
export async function writeParts(
  target: string,
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const aside = `${target}.${process.pid}.part`;
  const file = await written(target, open(aside, 'w'));
  try {
    await fill(target, file, parts);
    await written(target, rename(aside, target));
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

async function fill(
  target: string,
  file: FileHandle,
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  try {
    for await (const part of parts) await written(target, file.writeFile(part));
    await written(target, file.sync());
  } finally {
    await file.close();
  }
}

/** What makes the parts may fail as well, and then this says nothing of it. */
async function written<Result>(target: string, doing: Promise<Result>): Promise<Result> {
  try {
    return await doing;
  } catch (cause) {
    throw new BotError('invalid', `写不了 ${target}。请看文件夹在不在、有没有权限、文件是不是正开着。`, { cause });
  }
}
