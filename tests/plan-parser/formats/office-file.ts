import { crc32, deflateRawSync } from 'node:zlib';

interface ZipEntry {
  name: string;
  content: Uint8Array;
  /** What the directory claims, where it lies. */
  claimedBytes?: number;
}

/** A zip file as office programs write it: every part deflated, the directory at the end. */
export function aZip(entries: ZipEntry[]): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, claimedBytes } of entries) {
    const packed = deflateRawSync(content, { level: 9 });
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claimedBytes ?? content.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, rest, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + packed.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...locals, ...directory, end]));
}

export const zipOf = (parts: Record<string, string>) =>
  aZip(Object.entries(parts).map(([name, text]) => ({ name, content: Buffer.from(text) })));

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = (targets: { id: string; type: string; target: string }[]) =>
  `<Relationships>${targets
    .map(({ id, type, target }) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;
const root = (target: string) => relations([{ id: 'r', type: 'officeDocument', target }]);

interface DocxParts {
  numbering?: string;
  styles?: string;
  header?: string;
  footer?: string;
}

export function aDocx(body: string, parts: DocxParts = {}): Uint8Array {
  const kinds = Object.entries(parts);
  const tags: Record<string, string> = { header: 'hdr', footer: 'ftr' };
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': root('word/document.xml'),
    'word/_rels/document.xml.rels': relations(kinds.map(([kind]) => ({ id: kind, type: kind, target: `${kind}.xml` }))),
    ...Object.fromEntries(
      kinds.map(([kind, xml]) => [`word/${kind}.xml`, `<w:${tags[kind] ?? kind}>${xml}</w:${tags[kind] ?? kind}>`]),
    ),
    'word/document.xml': `<w:document><w:body>${body}</w:body></w:document>`,
  });
}

export const w = {
  p: (text: string, properties = '') => `<w:p><w:pPr>${properties}</w:pPr>${w.r(text)}</w:p>`,
  r: (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`,
  /** A paragraph of a list. */
  item: (text: string, list: number, level = 0) =>
    w.p(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`),
  tc: (text: string, properties = '') => `<w:tc><w:tcPr>${properties}</w:tcPr>${text ? w.p(text) : '<w:p/>'}</w:tc>`,
  tr: (...cells: string[]) => `<w:tr>${cells.join('')}</w:tr>`,
  row: (...texts: string[]) => w.tr(...texts.map((text) => w.tc(text))),
  tbl: (...rows: string[]) => `<w:tbl>${rows.join('')}</w:tbl>`,
  level: (at: number, format: string, text: string, more = '') =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`,
  list: (id: number, ...levels: string[]) =>
    `<w:abstractNum w:abstractNumId="${id}">${levels.join('')}</w:abstractNum>`,
  num: (id: number, list: number, more = '') =>
    `<w:num w:numId="${id}"><w:abstractNumId w:val="${list}"/>${more}</w:num>`,
};

interface SheetParts {
  name?: string;
  state?: string;
  xml: string;
}

/** A workbook of sheets given as the XML inside <worksheet>; `formats` are number format codes of styles 1, 2, …. */
export function anXlsx(sheets: SheetParts[], formats: string[] = []): Uint8Array {
  const codes = formats.map(
    (code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${code.replace(/"/g, '&quot;')}"/>`,
  );
  const styles = formats.map((_, at) => `<xf numFmtId="${200 + at}"/>`);
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': root('xl/workbook.xml'),
    'xl/workbook.xml': `<workbook xmlns:r="${office}"><sheets>${sheets
      .map(
        ({ name, state }, at) =>
          `<sheet name="${name ?? `Sheet${at + 1}`}" sheetId="${at + 1}" r:id="s${at}"${state ? ` state="${state}"` : ''}/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, at) => ({ id: `s${at}`, type: 'worksheet', target: `worksheets/sheet${at + 1}.xml` })),
      { id: 'styles', type: 'styles', target: 'styles.xml' },
    ]),
    'xl/styles.xml': `<styleSheet><numFmts>${codes.join('')}</numFmts><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs></styleSheet>`,
    ...Object.fromEntries(
      sheets.map(({ xml }, at) => [`xl/worksheets/sheet${at + 1}.xml`, `<worksheet>${xml}</worksheet>`]),
    ),
  });
}

/** A row of a sheet: texts as they are, numbers with a style as [number, style]. */
export function aRow(number: number, cells: (string | [number, number] | null)[], more = ''): string {
  const xml = cells.map((cell, at) => {
    const place = `r="${String.fromCharCode(65 + at)}${number}"`;
    if (cell === null) return '';
    if (typeof cell === 'string') return `<c ${place} t="inlineStr"><is><t>${cell}</t></is></c>`;
    return `<c ${place} s="${cell[1]}"><v>${cell[0]}</v></c>`;
  });
  return `<row r="${number}"${more}>${xml.join('')}</row>`;
}
