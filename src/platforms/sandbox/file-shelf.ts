import { randomUUID } from 'node:crypto';

import type { FileContent, FileReply } from '../../chat/message.js';
import type { MadeFile } from '../adapter.js';

/** Where a file can be fetched, and how long it is once it has been made. */
export interface ShelvedFile {
  url: string;
  size: number | null;
}

interface Shelved {
  id: string;
  name: string;
  content: FileContent;
  size: number | null;
}

const mostFiles = 200;
export const filesPath = '/sandbox/files/';

/** What the page can fetch under names that nobody can guess. It keeps what to make, and makes it with each fetch. */
export class FileShelf {
  readonly #make: (content: FileContent) => Promise<MadeFile>;
  readonly #byKey = new Map<string, Shelved>();
  readonly #byId = new Map<string, Shelved>();

  constructor(make: (content: FileContent) => Promise<MadeFile>) {
    this.#make = make;
  }

  /** The same key is the same file. */
  put(key: string, { name, content }: FileReply): ShelvedFile {
    const held = this.#byKey.get(key);
    const file = held ?? { id: randomUUID(), name, content, size: null };
    if (!held) {
      this.#byKey.set(key, file);
      this.#byId.set(file.id, file);
      this.#forgetOldest();
    }
    return { url: `${filesPath}${file.id}`, size: file.size };
  }

  /** `null` for what there is not, or not any more. */
  async fetch(id: string): Promise<{ name: string; made: MadeFile } | null> {
    const file = this.#byId.get(id);
    if (!file) return null;
    const made = await this.#make(file.content);
    if (made.kind === 'made') file.size = made.bytes.byteLength;
    return { name: file.name, made };
  }

  /** How long it is by now. */
  sizeOf(url: string): number | null {
    return this.#byId.get(url.slice(filesPath.length))?.size ?? null;
  }

  #forgetOldest(): void {
    const [oldest] = this.#byKey;
    if (this.#byKey.size <= mostFiles || !oldest) return;
    this.#byKey.delete(oldest[0]);
    this.#byId.delete(oldest[1].id);
  }
}
