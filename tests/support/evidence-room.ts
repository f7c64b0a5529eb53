import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { EvidenceFolder } from '../../src/evidence/evidence-folder.js';

const gigabyte = 1024 ** 3;

/** A place for evidence that is made when something is kept there. */
export function evidenceRoom(root = path.join(tmpdir(), `duban-evidence-${randomUUID()}`)) {
  const folder = new EvidenceFolder(root);
  return { folder, room: gigabyte, clear: () => rm(folder.root, { recursive: true, force: true }) };
}
