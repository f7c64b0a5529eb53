import { describe, expect, it } from 'vitest';

import { readDocument } from '../../../src/plan-parser/read-document.js';
import { linesOf, rowsOf } from './read-file.js';

const page = (body: string, head = '') =>
  Buffer.from(`<!DOCTYPE html><html><head>${head}</head><body>${body}</body></html>`);
const read = (body: string, head = '') => linesOf(page(body, head));
const prose = '<p>一、总则</p><p>为了治理扬尘，改善空气，结合我县实际，制定本方案，请各单位遵照执行。</p>';

describe('a web page', () => {
  it('is its article, without what the site puts around it', async () => {
    const body = `<div class="nav"><a>首页</a><a>政务公开</a></div><div>您当前的位置：<a>首页</a>&gt;<a>文件</a></div>
      <div id="zoom">${prose}</div><div>浏览次数：12次</div><div>【打印】【关闭】</div><div>扫一扫在手机打开当前页</div>
      <div class="footer">版权所有 云溪县政府</div><script>document.write('一、假的')</script>`;
    expect(await read(body)).toEqual([
      '一、总则',
      '为了治理扬尘，改善空气，结合我县实际，制定本方案，请各单位遵照执行。',
    ]);
  });

  it('is found by where its prose is, when no container is known', async () => {
    const links = '<li><a>通知公告：关于假期安排的通知</a></li>'.repeat(30);
    expect(await read(`<div><ul>${links}</ul></div><div><div><div>${prose}</div></div></div>`)).toHaveLength(2);
  });

  it('keeps its title, which many sites set outside the article', async () => {
    const title = '云溪县扬尘治理工作方案';
    expect((await read(`<h1>${title}</h1><div id="zoom">${prose}</div>`))[0]).toBe(title);
    expect((await read(`<div id="zoom">${prose}</div>`, `<title>${title}_云溪县人民政府</title>`))[0]).toBe(title);
  });

  it('keeps the day of the document from the data beside the article', async () => {
    const data = '<table><tr><td>索引号：</td><td>0146</td><td>成文日期：</td><td>2024年3月5日</td></tr></table>';
    const article = `<div id="zoom">${prose.repeat(4)}</div>`;
    expect((await read(`<div>${data}</div>${article}`))[0]).toBe('成文日期：2024年3月5日');
  });

  it('ends paragraphs at blocks and <br>, and shows spaces as a browser does', async () => {
    const body = `<div id="zoom"><p>一、总则<br>&nbsp;&nbsp;二、任&#21153;</p><div>三、<span>保</span><b>障</b>
      措施</div>\n四、附则\n实施<p>1．甲&nbsp;乙</p></div>`;
    expect(await read(body)).toEqual(['一、总则', '二、任务', '三、保障措施', '四、附则实施', '1．甲 乙']);
  });

  it('is given a title that is broken by hand as one', async () => {
    const title =
      '<h2>关于印发云溪县<br>扬尘治理方案的通知</h2><p style="text-align: center">云溪县扬尘<br>治理方案</p>';
    expect((await read(`<div id="zoom">${title}${prose}</div>`)).slice(0, 2)).toEqual([
      '关于印发云溪县扬尘治理方案的通知',
      '云溪县扬尘治理方案',
    ]);
  });

  it('numbers a list as a browser does', async () => {
    const body =
      '<div><ol start="3"><li>公示</li><li>降尘</li></ol><ol><li>1．自带编号</li></ol><ol style="list-style-type:cjk-ideographic"><li>总则</li></ol></div>';
    expect(await read(body)).toEqual(['3．公示', '4．降尘', '1．自带编号', '一、总则']);
  });

  it('lays out merged cells of its tables', async () => {
    const body = `<table><tr><th rowspan="2">序号</th><th rowspan="2">工作任务</th><th colspan="2">责任单位</th></tr>
      <tr><th>牵头</th><th>配合</th></tr><tr><td>1</td><td rowspan="2">降<br>尘</td><td>县住建局</td><td>无</td></tr>
      <tr><td>2</td><td>县城管局</td><td>县公安局</td></tr></table>`;
    expect(await rowsOf(page(prose + body))).toEqual([
      ['序号', '工作任务', '牵头', '配合'],
      ['1', '降尘', '县住建局', '无'],
      ['2', '', '县城管局', '县公安局'],
    ]);
  });

  it('is decoded by its bytes where its meta element is wrong', async () => {
    expect(await read('<p>县水利局牵头</p>', '<meta charset="gb2312">')).toEqual(['县水利局牵头']);
    const gbk = Buffer.concat([
      page('', '<meta charset="utf-8">').subarray(0, -14),
      Buffer.from([0xcf, 0xd8, 0xcb, 0xae, 0xc0, 0xfb, 0xbe, 0xd6]),
    ]);
    expect(await linesOf(gbk)).toEqual(['县水利局']);
    const big5 = Buffer.concat([
      Buffer.from('<html><meta charset=big5><p>'),
      Buffer.from([0xbf, 0xa4, 0xa4, 0xf4, 0xa7, 0x51, 0xa7, 0xbd]),
    ]);
    expect(await linesOf(big5)).toEqual(['縣水利局']);
  });

  it('may be sent under another name', async () => {
    expect((await readDocument(page(prose), '通知.doc')).format).toBe('html');
  });
});
