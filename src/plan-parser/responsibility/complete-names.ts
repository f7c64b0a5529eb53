import { withoutBrackets } from '../text/brackets.js';
import type { Name } from './split-names.js';
import { levelOf, looksLikeUnit } from './unit-names.js';

const words = (...lines: string[]) => lines.flatMap((line) => line.split(' '));

/** What offices of a government deal with; a name that begins with none of these may begin with a place. */
const subjects = words(
  '发展 发改 改革 经济 经信 经发 工业 工信 工科 科技 科学 教育 教体 教科 公安 民政 民族 民宗 宗教 司法 财政 财金 人力 人社 人事',
  '自然资源 自然 国土 生态 环保 环境 环土 住房 住建 城建 建设 交通 交运 交建 水利 水务 水运 农业 农发 农村 畜牧 渔业 林业 林草 园林',
  '商务 文化 文旅 文广 文体 旅游 体育 卫生 卫健 卫计 退役 应急 安全 安监 审计 市场监 市场局 统计 医疗 医保 信访 城市 城管',
  '综合 行政 政务 数据 大数据 机关 国资 国有 国防 金融 粮食 能源 乡村 扶贫 外事 侨务 港澳 台港澳 台湾 档案 史志 地方志 地震 海洋 港口',
  '口岸 投资 招商 营商 物价 食品 药品 质监 质量 工商 广电 广播 新闻 知识产权 人防 移民 公路 房产 房管 规划 公共 供销 机构 老龄 老干部',
  '接待 督查 督察 法制 信息 电子 电政 通信发展 矿山 煤炭 市政园 市政公 市政和 市容 畜牧 农机 农经 政府办 政协 人大 总工会 妇联 妇女 残联 残疾 文联 科协 工会 红十字',
  '纪委 监委 法院 检察院 人民法院 人民检察院 人民武装部 人武部 供销社 信用 爱国卫生 防汛 森林 河长 政务服务',
);
/** Offices that answer to their own ministry: of the government only where nothing but 、 stands before them. */
const vertical = words('税务 气象 消防 邮政 烟草 海事 统计调查');
const ownSystem =
  /银行|人行|海关|国网|供电|电网|电信|移动|联通|铁塔|公司|集团|支队|大队|总队|中队|(?<!公安)分局|支局|中心|站$|所$|监管组/;

const ending =
  /(?:局|委|办|厅|委员会|办公室|总工会|联合会|红十字会|[妇残侨文工商]联|联合社|供销社|法院|检察院|武装部|人武部|督查室|人大|政协|科协)$/;
const partyOffice =
  /^(?:组织部|宣传部|统战部|政法委|政法委员会|社会工作部|编办|机构编制委员会办公室|网信办|政研室|政策研究室|改革办|巡察办|老干部局|机要局|保密局|党校)$/;

const startsWith = (list: string[], name: string) => list.some((word) => name.startsWith(word));

/** 市生态环境局云溪分局 in a list of a county says nothing about the names after it. */
function levelSaidBy(name: string): string {
  return /局.+(?:分局|支局|大队|支队)$/.test(withoutBrackets(name)) ? '' : levelOf(name);
}

function isBare(name: Name): boolean {
  const plain = withoutBrackets(name.written);
  if (levelOf(plain) !== '' || ownSystem.test(plain) || !ending.test(plain)) return false;
  return startsWith(subjects, plain) || (startsWith(vertical, plain) && !name.afterComma);
}

const looksComplete =
  /^(?:各|有关|相关|其他|属地|全|国家|中国|中华|中共|中央|国务院|驻|本|两|共青团|团)|[省市县区州旗盟乡镇]/;

/** Names that may lack their level and are left as they stand. */
export function isUnsure(name: Name): boolean {
  const plain = withoutBrackets(name.unit);
  if (name.level === '' || name.unit !== name.written || looksComplete.test(plain) || !looksLikeUnit(plain))
    return false;
  return /(?:局|委|办|中心|大队|支队|办公室)$/.test(plain) && !/公司|银行|监管|海关|管委会|总局$/.test(plain);
}

export interface Level {
  said: string;
}

/** Gives bare names the level of the nearest unit before them that says one: 区行政审批局、市场监督管理局. */
export function completeNames(names: Name[], level: Level): void {
  for (const name of names) {
    const said = levelSaidBy(name.written);
    if (said !== '') level.said = said;
    else if (level.said !== '' && name.unit === name.written) complete(name, level.said);
  }
}

/** A centre or a brigade may be of the level or of its own; the document tells where it writes the level elsewhere. */
export function completeKnown(names: Name[], known: ReadonlySet<string>): void {
  for (const name of names) {
    if (name.unit === name.written && known.has(name.level + name.written)) name.unit = name.level + name.written;
  }
}

function complete(name: Name, level: string): void {
  name.level = level;
  if (partyOffice.test(name.written)) name.unit = `${level}委${name.written}`;
  else if (isBare(name)) name.unit = level + name.written;
}
