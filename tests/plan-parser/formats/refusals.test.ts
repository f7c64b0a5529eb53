import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { readDocument } from '../../../src/plan-parser/read-document.js';
import { aDocx, anXlsx, aRow, aZip, w, zipOf } from './office-file.js';
import { aPdf, lines } from './pdf-file.js';
import { linesOf, refusalOf } from './read-file.js';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/documents/${name}`, import.meta.url));
const bytesOf = (text: string) => Buffer.from(text);
const latin = (text: string) => Buffer.from(text, 'latin1');

describe('a file that cannot be read is refused with what to do next', () => {
  it.each([
    ['nothing', new Uint8Array(), '', 'empty'],
    ['spaces', bytesOf(' \r\n\u3000'), '', 'empty'],
    ['a .docx without text', aDocx(''), '', 'empty'],
    ['a locked .docx', fixture('locked.docx'), '', 'encrypted'],
    ['a locked .xlsx', fixture('locked.xlsx'), '', 'encrypted'],
    ['a locked .doc', fixture('locked.doc'), '', 'encrypted'],
    ['a locked .pdf', fixture('locked.pdf'), '', 'encrypted'],
    ['half a .docx', fixture('notice.docx').subarray(0, 9000), '', 'corrupt'],
    ['half a .doc', fixture('notice.doc').subarray(0, 9000), '', 'corrupt'],
    ['half a .pdf', fixture('two-plans.pdf').subarray(0, 300), '', 'corrupt'],
    ['a scanned .pdf', fixture('scanned.pdf'), '', 'scanned'],
    ['a picture', latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), '通知.docx', 'image'],
    ['a photograph', latin('\xff\xd8\xff\xe0\0\x10JFIF'), '', 'image'],
    ['an archive', latin('Rar!\x1a\x07\0'), '', 'archive'],
    ['a zip of documents', zipOf({ '通知.docx': 'x' }), '', 'archive'],
    ['an .ofd', zipOf({ 'OFD.xml': '<ofd/>' }), '', 'unsupported'],
    ['an .odt', zipOf({ mimetype: 'application/vnd.oasis.opendocument.text' }), '', 'unsupported'],
    ['a rich text', bytesOf('{\\rtf1\\ansi 通知}'), '通知.doc', 'unsupported'],
    ['a program', latin('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01\0\0\0\x80\x10'), '', 'unknown-format'],
    ['a .pdf of gibberish', aPdf([lines(['abcdefgh ijklmn opqrst uvwxyz abcdefg'])]), '', 'unreadable-text'],
  ])('%s', async (_, bytes, name, code) => {
    expect(await refusalOf(bytes, name)).toBe(code);
  });

  it('says it in Chinese, with what to do', async () => {
    await expect(readDocument(fixture('locked.docx'))).rejects.toThrow(
      '文件设有打开密码。请取消密码，另存一份再发送。',
    );
    await expect(readDocument(new Uint8Array(21 * 1024 * 1024))).rejects.toThrow('文件过大（21 MB，最多 20 MB）');
  });
});

describe('a file made to exhaust the machine is refused by its bounds', () => {
  const megabytes = (count: number) => Buffer.alloc(count * 1024 * 1024, 32);
  const rels = bytesOf(
    '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>',
  );
  const bomb = (content: Uint8Array, claimedBytes?: number) =>
    aZip([
      { name: '_rels/.rels', content: rels },
      { name: 'word/document.xml', content, ...(claimedBytes === undefined ? {} : { claimedBytes }) },
    ]);

  it.each([
    ['200 MB by its size alone', () => new Uint8Array(200 * 1024 * 1024), 'too-large'],
    ['a zip that unpacks to 60 MB', () => bomb(megabytes(60)), 'too-large'],
    ['a zip that unpacks a thousandfold', () => bomb(megabytes(8)), 'too-large'],
    ['a zip that lies about its size', () => bomb(megabytes(60), 1000), 'corrupt'],
    [
      'a zip of 6000 parts',
      () => zipOf(Object.fromEntries(Array.from({ length: 6000 }, (_, at) => [`${at}`, '']))),
      'too-large',
    ],
    [
      '320 000 paragraphs',
      () => aDocx(Array.from({ length: 320_000 }, (_, at) => w.p(`第${at * 7919}条`)).join('')),
      'too-large',
    ],
    ['a text of six million characters', () => bytesOf('治理扬尘。'.repeat(1_200_000)), 'too-large'],
    ['elements nested beyond reason', () => aDocx('<w:sdt>'.repeat(100_000)), 'corrupt'],
    ['tags nested beyond reason', () => bytesOf(`<html>${'<b>'.repeat(100_000)}`), 'corrupt'],
  ])('%s', async (_, make, code) => {
    expect(await refusalOf(make())).toBe(code);
  });

  it('entities of a DTD are not expanded and nothing is fetched', async () => {
    const dtd = '<!DOCTYPE d [<!ENTITY a "啊啊"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>';
    const docx = zipOf({
      '_rels/.rels': rels.toString(),
      'word/document.xml': `${dtd}<w:document><w:body>${w.p('一、总则&b;&x;')}</w:body></w:document>`,
    });
    expect(await linesOf(docx)).toEqual(['一、总则&b;&x;']);
  });
});

describe('a marked document is refused and its words are not in the refusal', () => {
  const text = '云溪县扬尘治理工作方案\n一、任务\n1．治理扬尘。';
  const sheet = (margin: string) =>
    anXlsx([
      {
        xml: `<sheetData>${aRow(1, ['云溪县扬尘治理方案'])}</sheetData><headerFooter><oddHeader>&amp;L&amp;"宋体,常规"${margin}&amp;R&amp;P</oddHeader></headerFooter>`,
      },
    ]);

  it.each([
    ['机密★1年 at the head', bytesOf(`机密★1年\n${text}`)],
    ['a marking set wide', bytesOf(`000001\n机 密 ★ 1 年\n特急\n${text}`)],
    ['秘密 alone at the head', bytesOf(`秘密\n${text}`)],
    ['a grade with its term', bytesOf(`绝密（长期）\n${text}`)],
    ['内部资料 alone at the head', bytesOf(`内部资料 注意保存\n${text}`)],
    ['工作秘密 alone at the head', bytesOf(`【工作秘密】\n${text}`)],
    ['公开属性：不予公开 at the end', bytesOf(`${text}\n公开属性：不予公开`)],
    ['此件不予公开 under the date', bytesOf(`${text}\n（此件不予公开）`)],
    ['a .docx with the header 机密★1年', aDocx(w.p(text), { header: w.p('机密★1年') })],
    ['a .docx with the footer 内部资料', aDocx(w.p(text), { footer: w.p('内部资料') })],
    [
      'a .docx with the watermark 秘密',
      aDocx(w.p(text), {
        header: '<w:p><w:r><w:pict><v:shape><v:textpath string="秘密"/></v:shape></w:pict></w:r></w:p>',
      }),
    ],
    [
      'a .docx with the marking in a text box',
      aDocx(`<w:p><w:r><w:txbxContent>${w.p('机密★5年')}</w:txbxContent></w:r></w:p>${w.p(text)}`),
    ],
    ['an .xlsx with the printed header 内部文件', sheet('内部文件')],
    [
      'a web page that says so beside the article',
      bytesOf(
        `<html><body><div>机密★1年</div><div id="zoom"><p>${text}，由县住建局牵头，请各单位遵照执行。</p></div></body></html>`,
      ),
    ],
    ['a .pdf with it on one page alone', aPdf([lines(['内部资料', '云溪县扬尘治理工作方案', '一、任务'], 72, 820)])],
  ])('%s', async (_, bytes) => {
    expect(await refusalOf(bytes)).toBe('secret');
  });

  it.each([
    ['the law on secrets', `${text}\n严格执行《中华人民共和国保守国家秘密法》，保护商业秘密和工作秘密。`],
    ['a task about secrets', `${text}\n2．加强保密教育。涉及机密、秘密事项的，按规定办理，内部资料不得外传。`],
    ['a document made public', `${text}\n（此件公开发布）\n公开属性：主动公开`],
    [
      'a table of what is made public',
      `云溪县政务公开工作方案\n序号\t工作任务\t公开属性\t责任单位\n1\t公开预算\t主动公开\t县财政局\n2\t行政复议\t不予公开\t县司法局`,
    ],
  ])('but not %s', async (_, words) => {
    expect(await refusalOf(bytesOf(words))).toBe('read');
  });
});
