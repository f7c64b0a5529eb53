import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';

import { DocumentRefusal } from '../../document-refusal.js';
import { bounds } from '../bounds.js';
import { BundledData } from './cmaps.js';
import type { Run } from './page-text.js';
import { type Matrix, type Rulings, rulingsOf } from './rulings.js';

export interface Page {
  width: number;
  height: number;
  runs: Run[];
  /** The lines drawn on the page. */
  rulings(): Promise<Rulings>;
}

type Proxy = Awaited<ReturnType<typeof getDocumentProxy>>;
type PageProxy = Awaited<ReturnType<Proxy['getPage']>>;
type TextItem = Extract<Awaited<ReturnType<PageProxy['getTextContent']>>['items'][number], { str: string }>;

/** No script runs, no font or picture is decoded, nothing is fetched. */
const options = {
  isEvalSupported: false,
  disableFontFace: true,
  useSystemFonts: false,
  useWorkerFetch: false,
  useWasm: false,
  maxImageSize: 1,
  enableXfa: false,
  verbosity: 0,
  cMapUrl: 'cmaps/',
  cMapPacked: true,
  BinaryDataFactory: BundledData,
};

export async function* readPages(bytes: Uint8Array): AsyncGenerator<Page> {
  const { OPS } = await getResolvedPDFJS();
  const document = await openProxy(bytes);
  try {
    if (document.numPages > bounds.pages) throw new DocumentRefusal('too-large', `超过${bounds.pages}页`);
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const viewport = page.getViewport({ scale: 1 });
      const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = viewport.transform;
      const matrix: Matrix = [a, b, c, d, e, f];
      const { items } = await page.getTextContent();
      yield {
        width: viewport.width,
        height: viewport.height,
        runs: items.flatMap((item) => ('str' in item ? runOf(item, matrix) : [])),
        rulings: async () => rulingsOf(await page.getOperatorList(), OPS, matrix),
      };
      page.cleanup();
    }
  } finally {
    await document.loadingTask.destroy();
  }
}

async function openProxy(bytes: Uint8Array): Promise<Proxy> {
  try {
    return await getDocumentProxy(Uint8Array.from(bytes), options);
  } catch (cause) {
    const isLocked = cause instanceof Error && cause.name === 'PasswordException';
    throw new DocumentRefusal(isLocked ? 'encrypted' : 'corrupt', '', { cause });
  }
}

/** Only upright text: what runs up the side of a page is a note or a stamp. */
function runOf({ str, transform, width }: TextItem, matrix: Matrix): Run[] {
  const [a = 0, b = 0, , , x = 0, y = 0] = transform as number[];
  const [left, base] = [matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]];
  const [right, rise] = [matrix[0] * a + matrix[2] * b, matrix[1] * a + matrix[3] * b];
  const size = Math.hypot(a, b);
  if (str.trim() === '' || size === 0 || Math.abs(rise) > Math.abs(right) * 0.1 || right < 0) return [];
  return [{ text: str, left, right: left + width, base, size }];
}
