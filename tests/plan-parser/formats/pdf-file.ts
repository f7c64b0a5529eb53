/** A text at a place of an A4 page, in points from its lower left corner. */
export interface Placed {
  text: string;
  x: number;
  y: number;
  size?: number;
}

type Encoding = 'UniGB-UCS2-H' | 'GBK-EUC-H';

const hexOf = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');

/** A .pdf whose font is named and not embedded, as older office programs write it. */
export function aPdf(pages: Placed[][], encoding: Encoding = 'UniGB-UCS2-H', encode = hexOf): Uint8Array {
  const drawn = pages.map((placed) =>
    placed
      .map(({ text, x, y, size = 16 }) => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm <${encode(text)}> Tj ET`)
      .join('\n'),
  );
  return pdfOf(
    drawn.map((content) => ({ dictionary: '', content: Buffer.from(content) })),
    encoding,
  );
}

export function pdfOf(
  streams: { dictionary: string; content: Buffer }[],
  encoding: Encoding = 'UniGB-UCS2-H',
): Uint8Array {
  const page = (at: number) => 6 + at * 2;
  const objects: (string | Buffer)[] = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${streams.length}/Kids[${streams.map((_, at) => `${page(at)} 0 R`).join(' ')}]>>`,
    `<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/${encoding}/DescendantFonts[4 0 R]>>`,
    '<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 5 0 R>>',
    '<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>',
  ];
  streams.forEach(({ dictionary, content }, at) => {
    const resources = '/Resources<</Font<</F1 3 0 R>>>>';
    objects.push(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]${resources}/Contents ${page(at) + 1} 0 R>>`);
    const head = Buffer.from(`<<${dictionary}/Length ${content.length}>>\nstream\n`);
    objects.push(Buffer.concat([head, content, Buffer.from('\nendstream')]));
  });
  const pieces: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const places: number[] = [];
  let at = pieces[0]?.length ?? 0;
  objects.forEach((object, order) => {
    const piece = Buffer.concat([Buffer.from(`${order + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]);
    places.push(at);
    pieces.push(piece);
    at += piece.length;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  const end = `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer<</Size ${count}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`;
  return new Uint8Array(Buffer.concat([...pieces, Buffer.from(end)]));
}

/** Lines of a page from the top, 24 points apart. */
export const lines = (texts: string[], x = 72, top = 760): Placed[] =>
  texts.map((text, at) => ({ text, x, y: top - at * 24 }));
