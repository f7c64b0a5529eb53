import { SaxesParser } from 'saxes';

const deepest = 6;

/**
 * The texts of a callback's elements by path below the root (`SelectedItems/SelectedItem/QuestionKey`); of several with one
 * path the first. `null` for what is no XML, and for anything with a DTD or an entity besides XML's own five.
 */
export function readXml(xml: string): ReadonlyMap<string, string> | null {
  const texts = new Map<string, string>();
  const path: string[] = [];
  let text = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('a callback has no DTD');
  });
  parser.on('opentag', ({ name }) => {
    if (path.push(name) > deepest) throw new Error('too deep for a callback');
    text = '';
  });
  const add = (more: string) => {
    text += more;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const name = path.slice(1).join('/');
    if (!texts.has(name)) texts.set(name, text.trim());
    text = '';
    path.pop();
  });
  try {
    parser.write(xml).close();
    return texts;
  } catch {
    return null;
  }
}

export interface XmlElements {
  [name: string]: string | number | XmlElements;
}

export function writeXml(elements: XmlElements): string {
  return `<xml>${inner(elements)}</xml>`;
}

function inner(elements: XmlElements): string {
  return Object.entries(elements)
    .map(([name, value]) => `<${name}>${escaped(value)}</${name}>`)
    .join('');
}

function escaped(value: string | number | XmlElements): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object') return inner(value);
  return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
