/** Words that count things, longest first within each line; none of them is a time of day or a date. */
const counted = [
  '批次 家次 人次 户次 台次 件次 车次 场次 个次 班次 架次 次',
  '个 家 座 条 处 台 套 辆 名 人 户 张 所 项 场 期 件 起 篇 部 支 只 头 羽 株 棵 间 栋 幢 宗 类 种 门 眼 口 艘 盏 册 例 档 对 批 路 组 片 块 根 架 列 枚 册 份 床 核 孔 本 款 幅 道 届 队 班',
];
const measured = [
  '平方公里 平方千米 平方米 立方米 公顷 公里 千米 厘米 毫米 米 万亩 亩',
  '蒸吨 标准煤 吨标准煤 公斤 千克 毫克 微克 克 吨',
  '千瓦时 兆瓦时 千瓦 兆瓦 千伏安 千伏 升 毫升 分贝 度',
  '万元 亿元 元 工作日 天 分钟 小时 百分点 床位 学位 岗位 泊位 核 分 倍',
];
const words = [...counted, ...measured].flatMap((line) => line.split(' '));
const longestFirst = [...new Set(words)].toSorted((a, b) => b.length - a.length).join('|');
const per = '年|月|日|天|小时|时|秒|人|户|次|平方公里|平方米|立方米|升|公顷|亩|辆|万人|10万|千人|公里';

/** %, 万亩, 个百分点, 吨/月·平方公里, 9/10万. */
export const unit = `(?:[%％‰]|个?(?:批次|家次|人次|户次|台次|场次|百分点|工作日|床位|学位|岗位|泊位)|(?:[十百千万亿]{1,2})?(?:${longestFirst})(?:/(?:${per})(?:·(?:${per}))?)?|/10万|[十百千万亿]{1,2})`;

const countWords = new Set(counted.flatMap((line) => line.split(' ')));

/** 家, 批次, 万头: things are counted, and the thing may follow (5个污水处理设施). */
export function isCount(written: string): boolean {
  return (
    countWords.has(written.replace(/^个?(?=批次|.次)|^[十百千万亿]+/, '')) || /(?:床位|学位|岗位|泊位)$/.test(written)
  );
}

/** 个批次 is counted in 批次. */
export const unitName = (written: string) => written.replace(/^个(?=.)/, '').replace('％', '%');
