import { DocumentRefusal } from '../document-refusal.js';
import { readXml } from './xml.js';
import type { Zip } from './zip.js';

/** What an Office file is, and the name of its main part, by the relation at its root. */
export async function officeKind(zip: Zip): Promise<{ kind: 'docx' | 'xlsx'; main: string }> {
  let main = '';
  await readXml(zip, '_rels/.rels', {
    open(_, { Type, Target }) {
      if (Type?.endsWith('/officeDocument') && Target) main = Target.replace(/^\//, '');
    },
    close() {},
  });
  main ||= ['word/document.xml', 'xl/workbook.xml'].find((name) => zip.has(name)) ?? '';
  if (main.startsWith('word/')) return { kind: 'docx', main };
  if (main.startsWith('xl/') && main.endsWith('.xml')) return { kind: 'xlsx', main };
  const names = zip.names();
  if (main.startsWith('xl/')) throw new DocumentRefusal('unsupported', ' .xlsb 文件');
  if (main.startsWith('ppt/')) throw new DocumentRefusal('unsupported', '演示文稿');
  if (names.includes('OFD.xml')) throw new DocumentRefusal('unsupported', ' .ofd 文件');
  if (names.includes('mimetype')) throw new DocumentRefusal('unsupported', '这种文件');
  throw new DocumentRefusal(names.includes('[Content_Types].xml') ? 'corrupt' : 'archive');
}
