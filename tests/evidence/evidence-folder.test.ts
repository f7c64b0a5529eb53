import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { workspaceId } from '../../src/domain/workspace.js';
import { EvidenceFolder } from '../../src/evidence/evidence-folder.js';

const county = workspaceId.parse('ruicheng');
const bytes = Buffer.from('现场照片');
const sha256 = createHash('sha256').update(bytes).digest('hex');

let root: string;
let folder: EvidenceFolder;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'duban-folder-'));
  folder = new EvidenceFolder(path.join(root, 'a', 'b'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const placeOf = (hash = sha256) => path.join(folder.root, county, hash.slice(0, 2), hash);
const everything = async () =>
  (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());

describe('the folder of evidence', () => {
  it('keeps a content under its hash, for nobody but its own user, and leaves nothing else behind', async () => {
    expect(await folder.keep(county, bytes)).toBe(sha256);
    expect(await readFile(placeOf())).toEqual(bytes);
    expect((await stat(placeOf())).mode & 0o777).toBe(0o600);
    expect((await stat(folder.root)).mode & 0o777).toBe(0o700);
    expect(await everything()).toHaveLength(1);
  });

  it('keeps the same content once, however often and at once it comes', async () => {
    await Promise.all(Array.from({ length: 8 }, () => folder.keep(county, bytes)));
    expect(await everything()).toHaveLength(1);
    expect(Buffer.from((await folder.read(county, sha256)) ?? [])).toEqual(bytes);
  });

  it('keeps workspaces apart, whatever their ids are', async () => {
    const other = workspaceId.parse('../../etc');
    await folder.keep(other, bytes);
    expect(await folder.read(county, sha256)).toBeNull();
    expect(await folder.read(other, sha256)).not.toBeNull();
    expect(path.relative(folder.root, (await everything())[0]?.parentPath ?? '')).toMatch(/^x[0-9a-f]{32}/);
  });

  it('gives out nothing that was changed on the disk, and mends it when the content comes again', async () => {
    await folder.keep(county, bytes);
    await writeFile(placeOf(), '另一张照片');
    expect(await folder.read(county, sha256)).toBeNull();
    await folder.keep(county, bytes);
    expect(await folder.read(county, sha256)).not.toBeNull();
  });

  it('knows what is not there', async () => {
    expect(await folder.read(county, sha256)).toBeNull();
    expect(await folder.size(county, sha256)).toBeNull();
    await folder.keep(county, bytes);
    expect(await folder.size(county, sha256)).toBe(bytes.length);
  });

  it.each(['../../../../etc/passwd', 'A'.repeat(64), ''])('takes no other name than a hash: “%s”', async (name) => {
    await expect(folder.read(county, name)).rejects.toThrow('not a sha256');
  });

  it('removes what has lain there for an hour, and not what has just come again', async () => {
    await folder.keep(county, bytes);
    expect(await folder.remove(county, sha256)).toBe(false);
    const before = new Date(Date.now() - 2 * 3_600_000);
    await utimes(placeOf(), before, before);
    expect(await folder.remove(county, sha256)).toBe(true);
    expect(await folder.remove(county, sha256)).toBe(true);
    expect(await everything()).toEqual([]);
  });
});
