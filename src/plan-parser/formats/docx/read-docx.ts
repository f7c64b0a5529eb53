import { DocumentRefusal } from '../../document-refusal.js';
import type { DocumentParts } from '../part.js';
import { readRelations, readXml } from '../xml.js';
import type { Zip } from '../zip.js';
import { BodyReader } from './body-reader.js';
import { readNumbering } from './numbering.js';
import { readStyles } from './styles.js';

/** Reads a .docx with the numbers that Word generates, tables with merged cells, and text boxes. */
export async function readDocx(zip: Zip, main: string): Promise<DocumentParts> {
  if (!zip.has(main)) throw new DocumentRefusal('corrupt');
  const relations = [...(await readRelations(zip, main)).values()];
  const targets = (type: string) => relations.filter((relation) => relation.type === type).map(({ target }) => target);
  const styles = await readStyles(zip, targets('styles')[0]);
  const numbering = await readNumbering(zip, targets('numbering')[0]);

  const margins: string[] = [];
  for (const part of [...targets('header'), ...targets('footer')]) {
    const reader = new BodyReader(styles, numbering);
    await readXml(zip, part, reader);
    const texts = reader.parts.flatMap((found) =>
      found.kind === 'paragraph' ? [found.text] : found.rows.flat().map((cell) => cell.text),
    );
    margins.push(...texts, ...reader.watermarks);
  }

  const body = new BodyReader(styles, numbering);
  await readXml(zip, main, body);
  return { parts: body.parts, margins: [...margins, ...body.watermarks] };
}
