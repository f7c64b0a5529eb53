import { withoutBrackets } from '../text/brackets.js';

const words = (...lines: string[]) => lines.flatMap((line) => line.split(' '));
const oneOf = (list: string[]) => `(?:${list.toSorted((a, b) => b.length - a.length).join('|')})`;

/** How names of offices, enterprises and places with an administration end. */
const endings = words(
  '局 委 办 厅 部 院 府 会 处 科 股 室 站 所 社 队 行 组 署 馆 中心 专班 机关 机构 单位 部门 系统 主体 业主',
  '公司 集团 海关 企业 银行 学校 党校 大学 中学 小学 幼儿园 农场 林场 电视台 气象台 人大 政协 科协 消协 侨协',
  '工商联 妇联 残联 文联 侨联 社科联 团县委 团市委 团区委',
  '团中央 高校 运营商 镇街 军区 产业园 工业园 科技园 物流园',
  '开发区 经开区 高新区 功能区 园区 新区 片区 地区 示范区 试验区 集中区 保税区 综保区 自贸区 社区 街道 乡 镇 苏木 嘎查 兵团 师市',
);
const unitEnding = new RegExp(`${oneOf(endings)}$`);

/** 各县（市、区）, 有关乡镇, 属地: groups whose members a roster knows. */
const group =
  /^(?:各级|各|有关|相关|全体|所有|其他|属地).*(?:省|市|县|区|州|旗|盟|乡|镇|村|街道|地|园|校|站|点)$|^属地$/;

/** Words that end like an office and are none. */
const notUnits = new RegExp(
  `${oneOf(
    words(
      '社会 机会 年会 大会 例会 晚会 展会 博览会 座谈会 推进会 现场会 调度会 交流会 招聘会 会议室 教室',
      '全部 内部 外部 局部 干部 东部 西部 中部 南部 北部 头部 格局 布局 大局 全局 开局 新局 变局 破局',
      '进行 执行 运行 实行 发行 流行 推行 通行 出行 先行 试行 暂行 可行 现行 并行 履行 举行 场所 厕所 住所 网站 充电站 加油站',
      '到处 好处 用处 之处 深处 查处 惩处 部署 签署 学科 本科 专科 控股 参股 部队 军队 团队 梯队 因素 城乡 下乡 返乡 家乡 城镇',
      '举办 兴办 通办 联办 快办 帮办 代办 网办 易办 好办 能办 可办 速办 大厅 餐厅 信息系统 管理系统 监测系统 生态系统',
    ),
  )}$`,
);

const longestName = 40;
/** Signs that a note explains: 标*的为牵头单位. */
const marks = /[*＊★☆※△▲●◆#＃]/g;

/** A judgement by the last word: 县水利局, 各乡镇人民政府, 市交通委（市道运局）. */
export function looksLikeUnit(name: string): boolean {
  const plain = withoutBrackets(name).replace(marks, '').trim();
  if (plain.length < 2 || plain.length > longestName || /[：:。；;]/.test(plain)) return false;
  return (unitEnding.test(plain) || group.test(plain)) && !notUnits.test(plain);
}

/** Nouns that stand for units not named: 有关部门, 单位. After 和 they end a list and open no name. */
const general =
  /^(?:有关|相关|其他|其它|责任|成员)*(?:部门|单位|机构|企业|系统|机关|院校|(?:人民)?政府|管委会|管理委员会)$/;
export const isGeneral = (name: string) => general.test(name);

const titles =
  '(?:同志|县长|市长|区长|州长|旗长|盟长|省长|镇长|乡长|书记|主席|部长|局长|主任|常委|秘书长|领导|负责人|负责同志|分管领导|调研员)';
const person = new RegExp(`${titles}$|[×某○]$|^.{1,2}[*＊]{1,2}$`);

/** 张×, 县政府分管领导, 李×副县长: people are kept apart from units. */
export const looksLikePerson = (name: string) => person.test(withoutBrackets(name).trim());
export const isTitleOnly = (name: string) =>
  new RegExp(`^(?:[省市县区州旗盟](?:委|政府|人大|政协)?)*(?:常务|党组|党委)?副?${titles}$`).test(name);

/** A level said at the head of a name, but not the 市 of 市场监管局. */
const level = /^(?:自治区|省|市(?!场|容|政(?!府|协|法|务|研))|县(?!域)|区(?!域|划|块)|州|旗(?!舰)|盟)/;
export const levelOf = (name: string): string => level.exec(name)?.[0] ?? '';
