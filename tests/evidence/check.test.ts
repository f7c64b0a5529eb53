import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { EvidenceReader } from '../../src/evidence/evidence-reader.js';
import { aDocx, aZip, w, zipOf } from '../plan-parser/formats/office-file.js';
import { aCompound, aHeic, aJpg, aPng, aReportDocx, aReportXlsx, aScan, aWebp } from '../support/evidence-files.js';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/documents/${name}`, import.meta.url));
const latin = (text: string) => Buffer.from(text, 'latin1');
const relsTo = (target: string) =>
  `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="${target}"/></Relationships>`;
const reader = new EvidenceReader();

async function refusalOf(bytes: Uint8Array, name: string): Promise<string> {
  const checked = await reader.check(bytes, name);
  return checked.kind === 'unfit' ? checked.say : checked.kind;
}

describe('what is kept', () => {
  it.each([
    ['现场.jpg', aJpg(), 'jpg'],
    ['截图.png', aPng(), 'png'],
    ['现场.webp', aWebp(), 'webp'],
    ['IMG_0001.HEIC', aHeic(), 'heic'],
    ['验收单.pdf', aScan(), 'pdf'],
    ['扫描件.pdf', fixture('scanned.pdf'), 'pdf'],
    ['核查情况.docx', aReportDocx(), 'docx'],
    ['只有照片的.docx', aDocx(''), 'docx'],
    ['清单.xlsx', aReportXlsx(), 'xlsx'],
    ['情况.doc', fixture('notice.doc'), 'doc'],
    ['清单.xls', aCompound({ streams: ['Workbook'] }), 'xls'],
    ['情况.wps', fixture('notice.doc'), 'doc'],
  ])('%s', async (name, bytes, type) => {
    expect(await reader.check(bytes, name)).toEqual({ kind: 'fit', type });
  });

  it('is told by its content and not by its name', async () => {
    expect(await reader.check(aJpg(), '验收单.pdf')).toEqual({ kind: 'fit', type: 'jpg' });
    expect(await reader.check(aScan(), '现场.jpg')).toEqual({ kind: 'fit', type: 'pdf' });
  });
});

describe('what is refused, each with what is kept instead', () => {
  it.each([
    ['a program under the name of a picture', '现场.jpg', latin('MZ\x90\0\x03\0\0\0')],
    ['a program of Linux', 'setup.pdf', latin('\x7fELF\x02\x01\x01')],
    ['a script', 'run.sh', latin('#!/bin/sh\nrm -rf /')],
    ['a web page that has %PDF- in it', '网页.pdf', latin('<html>%PDF-1.4</html>')],
    ['a drawing that can hold scripts', '图.svg', latin('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ['a moving picture', '动图.gif', latin('GIF89a')],
    ['an archive', '材料.zip', zipOf({ '现场.jpg': 'x' })],
    ['another archive', '材料.rar', latin('Rar!\x1a\x07\0')],
    ['slides', '汇报.pptx', zipOf({ '_rels/.rels': relsTo('ppt/presentation.xml'), 'ppt/presentation.xml': '<p/>' })],
    ['an installer in the container of old documents', 'a.doc', aCompound({ streams: ['SummaryInformation'] })],
    ['the first bytes of a picture alone', '现场.png', latin('\x89PN')],
  ])('%s', async (_what, name, bytes) => {
    expect(await refusalOf(bytes, name)).toBe(
      `“${name}”没有收：只收图片（jpg、png、webp、heic）、PDF 和 Word、Excel 文件。`,
    );
  });

  it.each([
    ['a web page', '网页.html', latin('<!DOCTYPE html><script>alert(1)</script>')],
    ['plain words', '说明.txt', Buffer.from('已经完成')],
  ])('%s, which could have been a plan', async (_what, name, bytes) => {
    expect(await refusalOf(bytes, name)).toBe(
      `“${name}”没有收：只收图片（jpg、png、webp、heic）、PDF 和 Word、Excel 文件。计划文件由管理员或督查室导入。`,
    );
  });

  it.each([
    ['a .docx with macros', zipOf({ '_rels/.rels': '', 'word/document.xml': '<w/>', 'word/vbaProject.bin': 'x' })],
    ['an .xls with macros', aCompound({ streams: ['Workbook'], storages: ['_VBA_PROJECT_CUR'] })],
    ['a .doc with macros', aCompound({ streams: ['WordDocument'], storages: ['Macros'] })],
  ])('%s', async (_what, bytes) => {
    expect(await refusalOf(bytes, '清单')).toBe('“清单”没有收：带有宏。请另存为不带宏的文件或 PDF 再发。');
  });

  it.each(['locked.docx', 'locked.xlsx', 'locked.pdf'])('%s, which has a password', async (name) => {
    expect(await refusalOf(fixture(name), name)).toBe(`“${name}”没有收：设有打开密码。请取消密码后再发。`);
  });

  it('nothing at all', async () => {
    expect(await refusalOf(new Uint8Array(), '现场.jpg')).toBe('“现场.jpg”没有收：是空的。请重新选文件发送。');
  });

  it('more than 20 MB', async () => {
    const large = new Uint8Array(20 * 1024 * 1024 + 1);
    large.set(aJpg());
    expect(await refusalOf(large, '现场.jpg')).toBe('“现场.jpg”没有收：超过20MB。请压缩或拆开再发。');
    expect(await reader.check(large.subarray(0, 20 * 1024 * 1024), '现场.jpg')).toMatchObject({ kind: 'fit' });
  });

  it('half a document', async () => {
    expect(await refusalOf(fixture('notice.docx').subarray(0, 9000), '情况.docx')).toContain('打不开');
  });

  it('a zip that unpacks without end', async () => {
    const rels = relsTo('word/document.xml');
    const bomb = aZip([
      { name: '_rels/.rels', content: Buffer.from(rels) },
      { name: 'word/document.xml', content: Buffer.alloc(60 * 1024 * 1024, 32) },
    ]);
    expect(await refusalOf(bomb, '情况.docx')).toBe('“情况.docx”没有收：解开后过大。请拆成几份再发。');
  });
});

describe('a marking of secrecy', () => {
  it('in a document is refused, and nothing of it is said again', async () => {
    for (const bytes of [aReportDocx('机密★1年'), aDocx(w.p('情况'), { header: w.p('内部资料') })]) {
      const say = await refusalOf(bytes, '情况.docx');
      expect(say).toContain('看到密级或内部标志，内容没有保存');
      expect(say).not.toMatch(/机密|内部资料/u);
    }
  });

  it('in the name is refused, whatever is in the file', async () => {
    expect(await refusalOf(aJpg(), '机密★1年.jpg')).toBe('“文件”没有收：名字里有密级标志，内容没有保存。');
  });

  it('is none where the words are only about secrets', async () => {
    expect(await reader.check(aReportDocx('加强保密教育，涉及秘密事项的按规定办理'), '情况.docx')).toMatchObject({
      kind: 'fit',
    });
  });
});

it('a name with marks that turn or end lines stays on one line and is cut', async () => {
  const say = await refusalOf(latin('MZ'), `现场\u202egpj.exe\n已记：水-7${'长'.repeat(100)}`);
  expect(say.split('\n')).toHaveLength(1);
  expect(say).not.toContain('\u202e');
  expect(say.length).toBeLessThan(100);
});
