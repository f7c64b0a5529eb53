import { createHash } from 'node:crypto';

import type { HeardFile } from './chat/answer-file.js';
import type { IncomingFile, IncomingMessage } from './chat/message.js';
import { workspaceSettings } from './domain/workspace.js';
import { maxFileBytes, type PlanReader } from './plan-reading/plan-reader.js';
import { seasonsOf } from './plan-reading/seasons.js';
import type { Road } from './services/message/answer-message.js';

export interface FileReaderDeps extends Road {
  plans: PlanReader;
}

/** Reads a file before its message is claimed, since that can take long; only for somebody who may import. */
export class FileReader {
  readonly #deps: FileReaderDeps;

  constructor(deps: FileReaderDeps) {
    this.#deps = deps;
  }

  async hear(message: IncomingMessage, file: IncomingFile): Promise<HeardFile> {
    const { store, rosters, plans, log } = this.#deps;
    const place = await rosters.find(store.read, message);
    const roles = place?.person?.active ? place.person.roles : [];
    if (!roles.some((role) => role === 'administrator' || role === 'supervisor')) {
      return { kind: 'refused', say: '收到文件，但没有导入：计划文件由管理员或督查室导入。' };
    }
    let bytes: Uint8Array;
    try {
      bytes = await file.load();
    } catch (error) {
      log.warn({ messageId: message.id, err: error }, 'file could not be loaded');
      return { kind: 'refused', say: '文件没有取到，请重新发一次。' };
    }
    if (bytes.byteLength > maxFileBytes)
      return { kind: 'refused', say: '文件超过20MB，没有收。请去掉图片或拆成几份再发。' };
    const outcome = await plans.read(bytes, file.name, seasonsOf(workspaceSettings.parse(place?.workspace.settings)));
    if (outcome.kind === 'refused') {
      log.warn({ messageId: message.id, err: outcome.cause }, 'document not read');
      return outcome;
    }
    if (outcome.kind === 'roster') return { ...outcome, fileName: file.name };
    const { draft, text } = outcome.reading;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { kind: 'read', file: { fileName: file.name, sha256, text, draft } };
  }
}
