const longestFurniture = 120;

const separators = '[\\s|｜/、，,：:·•>＞【】\\[\\]（）()-]';
const buttons =
  '(?:打印|打印本页|打印本文|关闭|关闭窗口|关闭本页|收藏|分享|分享到|转发|字体|字体大小|字号|大|中|小|放大|缩小|默认|纠错|返回|返回顶部|下载|' +
  '微信|微博|新浪微博|腾讯微博|QQ空间|QQ好友|朋友圈|人人网|无障碍|语音播报|保存|朗读)';
const labels = '(?:文章来源|信息来源|来源|作者|责任编辑|编辑|审核人)';

/**
 * What a web page or an exporter adds to a document, each form a whole line without its spaces. The data that a site
 * sets before a document are left: the date of issue may stand in them.
 */
const forms = [
  /^\[(?:image|图片)[:：][^\]]{0,80}\]$/,
  /^(?:您|你)?(?:的)?(?:当前|现在)?(?:的)?(?:所在)?(?:的)?位置(?:是)?[:：]/,
  /^(?:网站)?首页[>＞»›/→-]/,
  new RegExp(`^(?:${buttons}|${separators}){1,24}$`),
  /^(?:浏览|阅读|访问|点击)(?:次数|量|数|人次)?[:：]?\d{0,9}次?$/,
  /^.{0,12}(?:扫一扫|扫码阅读|扫描二维码).{0,30}$/,
  new RegExp(`^${labels}[:：](?!$)`),
  /^[上下]一[篇条页][:：]/,
  /^(?:相关|有关)?(?:附件下载|相关附件|相关链接|相关文档|相关稿件|相关解读|政策解读|相关阅读)[:：]?$/,
  /^(?!附[件表])[^\s：:。]{1,60}\.(?:pdf|docx?|xlsx?|wps|et|ofd|rar|zip|jpe?g|png)$/i,
  /(?:ICP备|公网安备|网站标识码|版权所有|网站地图)/,
];

export function isFurniture(line: string): boolean {
  if (line.length > 4 * longestFurniture) return false;
  const bare = line.replace(/\s/g, '');
  return bare.length <= longestFurniture && forms.some((form) => form.test(bare));
}
