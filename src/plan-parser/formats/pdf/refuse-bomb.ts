import { inflateSync } from 'node:zlib';

import { DocumentRefusal } from '../../document-refusal.js';
import { bounds } from '../bounds.js';

const mostUnpacked = 4 * bounds.unpackedBytes;
const headBytes = 400;
const deflated = /\/FlateDecode|\/Fl\b/;
const deflatedTwice = /\/(?:FlateDecode|Fl)\s{0,9}\/(?:FlateDecode|Fl)\b/;

/**
 * PDF.js unpacks a stream whole and has no bound of its own, so the streams are measured before it sees them. Pictures
 * are left out: it is told not to decode any.
 */
export function refuseBomb(bytes: Uint8Array): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = mostUnpacked;
  let at = buffer.indexOf('stream');
  while (at !== -1) {
    const isEnd = buffer.subarray(at - 3, at).equals(Buffer.from('end'));
    const head = buffer.subarray(Math.max(0, at - headBytes), at).toString('latin1');
    const dictionary = head.slice(head.lastIndexOf(' obj') + 1);
    if (!isEnd && deflated.test(dictionary) && !/\/Subtype\s{0,9}\/Image/.test(dictionary)) {
      if (deflatedTwice.test(dictionary)) throw tooLarge();
      left -= unpackedBytes(buffer.subarray(startAfter(buffer, at)), left);
      if (left <= 0) throw tooLarge();
    }
    at = buffer.indexOf('stream', at + 6);
  }
}

const tooLarge = () => new DocumentRefusal('too-large', '解压后过大');

/** The keyword is followed by CR LF or LF. */
const startAfter = (buffer: Buffer, at: number) => at + 6 + (buffer[at + 6] === 13 ? 2 : 1);

function unpackedBytes(packed: Buffer, most: number): number {
  try {
    return inflateSync(packed, { maxOutputLength: most }).length;
  } catch (cause) {
    return cause instanceof RangeError ? most : 0;
  }
}
