/** Subjects of plans' titles and the character that stands for each; special ones before those they contain. */
const subjects: [character: string, ...words: string[]][] = [
  ['地', '地下水'],
  ['饮', '饮用水', '饮水安全', '农村供水'],
  ['汛', '防汛', '山洪', '防洪'],
  ['旱', '抗旱'],
  ['水', '水环境', '水生态', '水污染', '碧水', '河湖', '河长', '水质', '水资源', '节水', '黑臭水体'],
  ['气', '空气', '大气', '蓝天', '臭氧', '重污染天气', '清洁取暖'],
  ['田', '高标准农田'],
  ['土', '土壤', '净土', '耕地'],
  ['固', '固体废物', '固废', '无废城市', '垃圾', '危险废物', '塑料污染'],
  ['声', '噪声'],
  ['尘', '扬尘'],
  ['秸', '秸秆'],
  ['碳', '碳达峰', '碳中和', '双碳', '降碳'],
  ['能', '节能', '能源', '能耗'],
  ['安', '安全生产', '治本攻坚'],
  ['消', '消防', '火灾防控'],
  ['林', '森林', '林业', '草原', '国土绿化', '造林'],
  ['交', '道路交通', '交通安全'],
  ['燃', '燃气'],
  ['矿', '矿山', '矿产'],
  ['灾', '地质灾害', '防灾减灾', '自然灾害'],
  ['急', '应急'],
  ['食', '食品'],
  ['药', '药品', '医疗器械'],
  ['营', '营商环境', '高效办成一件事'],
  ['数', '数字政府', '数字经济', '智慧城市', '数字化', '数据'],
  ['政', '政府工作报告', '政务服务', '政务公开', '放管服', '行政审批'],
  ['法', '法治', '依法行政', '普法'],
  ['招', '招商', '投资促进'],
  ['信', '信访', '矛盾纠纷'],
  ['养', '养老', '老龄'],
  ['幼', '托育', '学前教育'],
  ['教', '教育', '双减', '校园', '义务教育'],
  ['医', '医疗保障', '医保'],
  ['卫', '医疗', '卫生', '健康', '医改', '疾病预防', '疫情'],
  ['就', '就业', '根治欠薪', '农民工工资'],
  ['旅', '旅游', '文旅'],
  ['文', '文化', '文物'],
  ['体', '体育', '全民健身'],
  ['农', '乡村振兴', '农业', '农村', '三农', '脱贫'],
  ['粮', '粮食'],
  ['牧', '畜牧', '动物疫病', '动物防疫'],
  ['渔', '渔业', '禁捕'],
  ['城', '城市建设', '城建', '城市更新', '城市管理', '城镇化', '老旧小区', '文明城市', '市容'],
  ['住', '住房', '自建房', '房屋安全', '危房'],
  ['民', '民生', '实事'],
  ['社', '社会治理', '平安建设', '社会救助', '社会保障'],
  ['残', '残疾人'],
  ['童', '儿童', '未成年人'],
  ['科', '科技', '创新驱动'],
  ['才', '人才'],
  ['工', '工业', '制造业'],
  ['商', '商贸', '商务', '消费', '外贸'],
  ['金', '金融', '非法集资'],
  ['财', '财政', '预算', '国有资产'],
  ['环', '生态环境', '环保督察', '环境保护'],
  ['整', '整改'],
  ['毒', '禁毒'],
  ['企', '企业'],
];

const place =
  /^[^省市县区旗盟]{1,6}?(?:自治|综合实验|高新技术产业开发|经济技术开发)?(?:自治州|[省市县区旗盟]|州(?!市))(?![容民场]|政(?!府))/;
const notPlace = /(?:小|社|园|景|城|灌|库|校|矿|林|牧|片|山|辖)区$/;
const filler = new RegExp(
  [
    '20\\d\\d|[一二三四五]年|“?十[三四五六]五”?|今冬明春|今年|年度|春季|夏季|秋季|冬季|秋冬季|年|度',
    '关于|印发|进一步|深入|全面|扎实|持续|加快|推进|推动|促进|加强|强化|深化|开展|实施|落实|做好|贯彻|提升|优化|集中|系统|统筹|巩固',
    '行动|工作|实施|方案|计划|任务|清单|要点|规划|意见|措施|台账|分解|分工|责任|重点|专项|攻坚|三年|百日|暨|若干',
    '加大|力度|支持|鼓励|激发|激励|健康|有序|高质量|有效|发挥|作用|建设|贯彻落实|整改|反馈|政府|的|在',
    '\\P{Script=Han}',
  ].join('|'),
  'gu',
);
const digits = '零一二三四五六七八九';
const guessLength = 2;

/** 某市人民政府办公室关于… */
const issuer = /^[^，。]{0,40}?(?:政府|办公室|办公厅|国务院|委员会|[局厅委])关于/;
/** 健康有序发展 says how, and 健康 there is no subject. */
const manner = /健康(?=有序|稳定|持续|快速|可持续|发展)/g;

function withoutPlaces(title: string): string {
  let rest = title;
  for (let times = 0; times < 2; times += 1) {
    const found = place.exec(rest)?.[0];
    if (found === undefined || found.length < 3) break;
    if (notPlace.test(found) && !/^(?:人民)?政府/.test(rest.slice(found.length))) break;
    rest = rest.slice(found.length);
  }
  return rest;
}

/** The first two characters of the subject that no other plan has, beginning as early as may be. */
function guess(title: string, taken: ReadonlySet<string>): string {
  const subject = withoutPlaces(title).replace(filler, '');
  for (let at = 0; at + guessLength <= subject.length; at += 1) {
    const pair = subject.slice(at, at + guessLength);
    if (!taken.has(pair)) return pair;
  }
  return `计${[...String(taken.size + 1)].map((digit) => digits.charAt(Number(digit))).join('')}`;
}

/** What distinguishes a plan within its notice; `guessed` when its subject is not known or another plan's already. */
export function proposePrefix(whole: string, taken: ReadonlySet<string>): { prefix: string; guessed: boolean } {
  const title = whole.replace(issuer, '').replace(manner, '');
  const known = subjects.filter(([, ...words]) => words.some((word) => title.includes(word)));
  const free = known.find(([character]) => !taken.has(character));
  if (free) return { prefix: free[0], guessed: free !== known[0] };
  return { prefix: guess(title, taken), guessed: true };
}
