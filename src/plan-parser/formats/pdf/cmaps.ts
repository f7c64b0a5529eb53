import { readFileSync } from 'node:fs';

/**
 * What the predefined encodings of Chinese fonts mean (GBK-EUC-H and its like), as Adobe publishes them and PDF.js packs
 * them. A file made with fonts that it does not embed cannot be read without. They are data of this module, read like it.
 */
const packed =
  /^(?:UniGB-UCS2|UniGB-UTF16|GBK-EUC|GBKp-EUC|GBK2K|GB-EUC|GBpc-EUC)-[HV]\.bcmap$|^Adobe-GB1-UCS2\.bcmap$/;

/** What PDF.js asks for beyond the file itself. Fonts and decoders for pictures are not needed for text. */
export class BundledData {
  async fetch({ filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    if (!packed.test(filename)) throw new Error(`${filename} is not bundled`);
    return new Uint8Array(readFileSync(new URL(`cmaps/${filename}`, import.meta.url)));
  }
}
