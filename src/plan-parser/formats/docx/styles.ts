import { readXml } from '../xml.js';
import type { Zip } from '../zip.js';

export interface ParagraphStyle {
  name: string;
  basedOn: string | null;
  numbering: { list: string | null; level: number | null };
  centred: boolean | null;
}

export type Styles = ReadonlyMap<string, ParagraphStyle>;

/** `true` of <w:vanish/> and <w:vanish w:val="1"/>. */
export const isOn = (value: string | undefined) =>
  value === undefined || !['0', 'false', 'off', 'none'].includes(value);

export async function readStyles(zip: Zip, part: string | undefined): Promise<Styles> {
  const styles = new Map<string, ParagraphStyle>();
  if (part === undefined) return styles;
  let style: ParagraphStyle | null = null;
  await readXml(zip, part, {
    open(name, attributes) {
      const value = attributes['w:val'];
      if (name === 'w:style') {
        style = { name: '', basedOn: null, numbering: { list: null, level: null }, centred: null };
        styles.set(attributes['w:styleId'] ?? '', style);
      } else if (style && value !== undefined) {
        if (name === 'w:name') style.name = value;
        else if (name === 'w:basedOn') style.basedOn = value;
        else if (name === 'w:numId') style.numbering.list = value;
        else if (name === 'w:ilvl') style.numbering.level = Number(value);
        else if (name === 'w:jc') style.centred = value === 'center';
      }
    },
    close(name) {
      if (name === 'w:style') style = null;
    },
  });
  return styles;
}

const longestChain = 20;

/** A style and those it is based on, nearest first. */
export function chainOf(styles: Styles, id: string | null): { id: string; style: ParagraphStyle }[] {
  const chain: { id: string; style: ParagraphStyle }[] = [];
  let at = id;
  while (at !== null && chain.length < longestChain) {
    const style = styles.get(at);
    if (!style) break;
    chain.push({ id: at, style });
    at = style.basedOn;
  }
  return chain;
}
