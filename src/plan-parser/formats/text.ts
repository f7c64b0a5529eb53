const byteOrderMarks: { bytes: number[]; encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

const sample = 64 * 1024;

/** A cut or damaged character now and then does not make a text GB18030. */
const damagedShare = 0.002;

function isDamaged(text: string): boolean {
  return text.split('\uFFFD').length - 1 > 1 + text.length * damagedShare;
}

/** UTF-16 without a mark: the zero bytes of ASCII, line feeds at least, are all on one side. */
function unmarkedUtf16(bytes: Uint8Array): string | null {
  const zeros = [0, 0];
  const end = Math.min(bytes.length, sample);
  for (let at = 0; at < end; at += 1) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even === 0 && odd > 0) return 'utf-16le';
  return odd === 0 && even > 0 ? 'utf-16be' : null;
}

/** Text of a file by its byte order mark, else as UTF-8, else as GB18030, which older office software still writes. */
export function decodeText(bytes: Uint8Array): string {
  const mark = byteOrderMarks.find((known) => known.bytes.every((byte, at) => bytes[at] === byte));
  const encoding = mark?.encoding ?? unmarkedUtf16(bytes);
  if (encoding) return new TextDecoder(encoding).decode(bytes);
  const utf8 = new TextDecoder('utf-8').decode(bytes);
  return isDamaged(utf8) ? new TextDecoder('gb18030').decode(bytes) : utf8;
}
