import { Parser } from 'htmlparser2';

const deepest = 6;

/**
 * The texts of a callback's elements by path below the root (`SelectedItems/SelectedItem/QuestionKey`); of several with one
 * path the first. `null` for what is not whole, too deep, or has a DTD; entities besides XML's own five stay words.
 */
export function readXml(xml: string): ReadonlyMap<string, string> | null {
  const texts = new Map<string, string>();
  const path: string[] = [];
  let text = '';
  let isPlain = xml.trimStart().startsWith('<');
  const parser = new Parser(
    {
      onopentag(name) {
        text = '';
        if (path.push(name) > deepest) isPlain = false;
      },
      ontext(more) {
        text += more;
      },
      onclosetag(_name, isImplied) {
        if (isImplied) isPlain = false;
        const name = path.slice(1).join('/');
        if (!texts.has(name)) texts.set(name, text.trim());
        text = '';
        path.pop();
      },
      onprocessinginstruction(name) {
        if (name.toLowerCase() !== '?xml') isPlain = false;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return isPlain ? texts : null;
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
