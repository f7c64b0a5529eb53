import { posix } from 'node:path';

import { Parser } from 'htmlparser2';

import { DocumentRefusal } from '../document-refusal.js';
import { bounds } from './bounds.js';
import type { Zip } from './zip.js';

export type Attributes = Readonly<Record<string, string>>;

/** What a reader of XML wants to hear. */
export interface XmlHandler {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text?(text: string): void;
}

/** A parser that knows only the five entities of XML itself: what a DTD declares is not read, expanded or fetched. */
export function xmlParser(handler: XmlHandler): Parser {
  let depth = 0;
  return new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > bounds.nestedElements) throw new DocumentRefusal('corrupt');
        handler.open(name, attributes);
      },
      onclosetag(name) {
        depth -= 1;
        handler.close(name);
      },
      ontext: (text) => handler.text?.(text),
    },
    { xmlMode: true, decodeEntities: true },
  );
}

/** Reads a part of an Office file; one that is missing is read as empty. */
export async function readXml(zip: Zip, name: string, handler: XmlHandler): Promise<void> {
  const parser = xmlParser(handler);
  for await (const chunk of zip.read(name)) parser.write(chunk);
  parser.end();
}

/** Where the relations of a part lead, by id: Word's rId7 → word/header1.xml. */
export async function readRelations(zip: Zip, part: string): Promise<Map<string, { type: string; target: string }>> {
  const relations = new Map<string, { type: string; target: string }>();
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  await readXml(zip, `${folder}_rels/${part.slice(folder.length)}.rels`, {
    open(name, { Id, Type, Target, TargetMode }) {
      if (!name.endsWith('Relationship') || !Id || !Target || TargetMode === 'External') return;
      const path = posix.resolve('/', folder, Target).slice(1);
      relations.set(Id, { type: (Type ?? '').split('/').at(-1) ?? '', target: path });
    },
    close() {},
  });
  return relations;
}
