import type { Block } from '../blocks.js';

/** What stands on a page beside the document's own text: page numbers, contents, imprint, copies, the site's buttons. */
const forms = [
  /^[-—–－―·\s]{0,4}(?:第\s?)?\d{1,4}(?:\s?页)?[-—–－―·\s]{0,4}(?:共\s?\d{1,4}\s?页)?$/,
  /[.．…·‥]{5,}\s{0,4}[-—(（]?\s?\d{0,4}\s?[)）—-]?$/,
  /^(?:目\s{0,4}录|主\s?动\s?公\s?开|（?此件(?:主动)?公开(?:发布)?）?)$/,
  /^(?:抄\s?送|主\s?送|报\s?送)\s?[：:]/,
  /(?:办公室|办公厅|秘书科|文电科|委员会|指挥部|人民政府|局)\s{0,80}\d{4}年\d{1,2}月\d{1,2}日\s?(?:印发|印)$/,
  /^(?:附件下载|相关附件|相关链接|相关解读|政策解读|分享到|浏览次数|打印本页|关闭窗口|扫一扫)\s?[：:]?.{0,120}$/,
  /^(?:您?(?:现在)?的?(?:当前|所在)?位置|当前位置|所在位置)\s?[：:]/,
  /^(?:返\s?回(?:顶部|首页|列表)?|新闻详情|文章详情|首页|无障碍(?:浏览)?(?:\s*(?:手机版|长者模式|适老化))*|手机版|公众号|字体|分享到?|微信|微博|全文|正文)$/,
  /^[【[（(]?(?:打印|关闭|打印本页|关闭窗口)[】\])）]?(?:\s{0,8}[【[（(]?(?:关闭|关闭窗口|打印)[】\])）]?)?$/,
];

const longest = 160;

export function isMargin(block: Block): boolean {
  if (block.kind === 'table' || block.text.length > longest) return false;
  const text = block.text.normalize('NFKC').replace(/[\u3000\s]+/g, ' ');
  return forms.some((form) => form.test(text));
}
