import type { IncomingFile } from '../../chat/message.js';
import type { Http } from '../http.js';

/** With room for what is refused with its size told; the callback itself allows 100 MB. */
const mostBytes = 21 * 1024 * 1024;
const timeoutMs = 60_000;

/** A file whose name is known only from its download: `name` is what it is once `load` is done. */
export class PeopleFile implements IncomingFile {
  name: string;
  readonly #http: Http;
  readonly #urlOf: () => Promise<string>;
  readonly #decrypt: (content: Uint8Array) => Uint8Array | null;

  constructor(
    http: Http,
    name: string,
    urlOf: () => Promise<string>,
    decrypt: (content: Uint8Array) => Uint8Array | null = (content) => content,
  ) {
    this.#http = http;
    this.name = name;
    this.#urlOf = urlOf;
    this.#decrypt = decrypt;
  }

  async load(): Promise<Uint8Array> {
    const url = await this.#urlOf();
    const { status, headers, body } = await this.#http.call({ method: 'GET', url, timeoutMs, mostBytes });
    if (status !== 200) throw new Error(`the platform answered ${status} for a file`);
    // An error of the API comes with status 200 and as JSON; a person's own .json comes as a download.
    const disposition = headers['content-disposition'];
    if (disposition === undefined && headers['content-type']?.includes('application/json')) {
      throw new Error('the platform no longer has this file');
    }
    const content = this.#decrypt(body);
    if (!content) throw new Error('a file could not be decrypted');
    this.name = nameIn(disposition) ?? this.name;
    return content;
  }
}

/** `filename*` (RFC 5987) before `filename`, which comes percent-encoded or as raw UTF-8. */
export function nameIn(disposition: string | undefined): string | null {
  if (disposition === undefined) return null;
  const extended = /filename\*\s*=\s*utf-8''([^;\s]+)/iu.exec(disposition)?.[1];
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/iu.exec(disposition);
  const given = extended ?? plain?.[1] ?? plain?.[2];
  if (given === undefined) return null;
  const name = decoded(given).split(/[\\/]/u).at(-1)?.slice(0, 200);
  return name || null;
}

function decoded(name: string): string {
  const isLatin = /^[\u0020-\u00ff]*$/u.test(name);
  const text = isLatin ? Buffer.from(name, 'latin1').toString('utf8') : name;
  const read = text.includes('\ufffd') ? name : text;
  try {
    return decodeURIComponent(read);
  } catch {
    return read;
  }
}
