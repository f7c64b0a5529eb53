import { decodeText } from '../text.js';

const headBytes = 8192;

/** A page in the encoding its meta element names, unless the bytes show that it is wrong. */
export function decodeHtml(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, headBytes));
  const declared = /charset\s{0,9}=\s{0,9}["']?([\w-]{2,20})/i.exec(head)?.[1]?.toLowerCase();
  const isBig5 = declared !== undefined && /^big5(?:-hkscs)?$/.test(declared);
  return isBig5 ? new TextDecoder('big5').decode(bytes) : decodeText(bytes);
}
