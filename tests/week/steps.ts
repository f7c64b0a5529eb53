/** One message of the week and what people see because of it. Facts, not wording: every string has to stand in what is seen. */
export interface Step {
  /** Where it stands in the week's story, and what it is about. */
  name: string;
  /** Local time of 芮城; the clock moves there first. */
  at: string;
  who?: string;
  private?: boolean;
  say?: string;
  holds?: (string | RegExp)[];
  lacks?: string[];
  /** Nobody sees anything. */
  silent?: boolean;
  /** More lines than six, because more was asked for or a table is meant. */
  long?: boolean;
  /** What else is seen, by whom: `group` or a person's one-to-one chat. */
  told?: { by: string; holds: string[]; lacks?: string[] }[];
  /** The group hears nothing. */
  quiet?: boolean;
}

const ecology = '市生态环境局芮城分局联络员';
const housing = '县住建局联络员';
const office = '督查室';
const leader = '县领导';

const monday = '2023-09-25';
const tuesday = '2023-09-26';
const wednesday = '2023-09-27';
const thursday = '2023-09-28';

export const week: Step[] = [
  {
    ...{ name: '1a what is due this week', at: `${monday}T09:03`, say: '/due this week' },
    holds: ['2项', '4条', '9月30日（周六', '28日（周四', '气-3', '气附-3', '气附-6', '气-7', '土-10', '气-17', '气-18'],
    lacks: ['气-9', '逾期未'],
    long: true,
  },
  {
    ...{ name: '2 one piece of work in three rows', at: `${monday}T09:06`, who: ecology },
    say: '气3和气附3气附6不就是一回事吗 要报三遍？',
    holds: ['气-3', '气附-3', '气附-6', /一遍|一次/u],
  },
  {
    ...{ name: '3 the limit before the start', at: `${monday}T09:10`, who: ecology },
    say: '气5那个锅炉摸底7月份早搞完了 怎么还挂着逾期 让领导看见像什么话',
    holds: ['气-5', '7月底前', '待补报', '县工科局'],
    lacks: ['逾期'],
  },
  {
    ...{ name: '4 not ours', at: `${monday}T09:14`, who: '县工科局联络员', say: '气5锅炉不归我们工科管吧 把我们去掉' },
    holds: ['气-5', '县工科局', '职责异议', '督查室', '台账不变'],
  },
  {
    ...{
      name: '5 nothing this week',
      at: `${monday}T09:22`,
      who: housing,
      private: true,
      say: '我们局这礼拜有要交的没',
    },
    holds: ['县住建局', '没有到期', '气-18'],
    lacks: ['气-3 '],
  },
  {
    ...{ name: '6 pasted paragraphs', at: `${monday}T09:31`, who: housing, private: true, long: true },
    say: [
      '水5 进水调节池改造主体完工 正在调试',
      '水7：永乐镇阳城镇大王镇已投运，南磑镇西陌镇设备安装中；风陵渡镇管网完成60%',
      '水12 不归我们',
      '气12 每天洒水4次',
    ].join('\n'),
    holds: ['水-5', '水-7', '气-12', '水-12', '市生态环境局芮城分局', /确认|是/u],
    lacks: ['水-7 报进展60%'],
  },
  {
    ...{ name: '7 confirmed', at: `${monday}T09:35`, who: housing, private: true, say: '确认' },
    holds: ['3条', '水-5', '水-7', '气-12', '/undo'],
    lacks: ['水-12 报'],
  },
  {
    ...{ name: '8 a leader asks', at: `${monday}T10:05`, who: leader, say: '环保这块月底能不能完' },
    holds: ['市生态环境局芮城分局', '气-3', '气-7', '28日（周四）'],
    lacks: ['逾期', '未完成'],
    long: true,
  },
  {
    ...{ name: '9 a leader asks for a report', at: `${monday}T10:06`, who: leader },
    say: '嗯 那个 让环保局28号之前报一下情况吧',
    holds: ['市生态环境局芮城分局', '9月28日（周四）', '督查室', /确认|是/u],
  },
  {
    ...{ name: '9 confirmed', at: `${monday}T10:07`, who: leader, say: '是' },
    holds: ['市生态环境局芮城分局', '9月28日（周四）', '督查室'],
    told: [{ by: office, holds: ['市生态环境局芮城分局', '9月28日（周四）'] }],
  },
  {
    ...{ name: '10 the office sends it', at: `${monday}T10:10`, who: office, private: true, say: '发' },
    told: [{ by: 'group', holds: ['市生态环境局芮城分局', '9月28日（周四）', '县政府办督查室'] }],
  },
  { ...{ name: '11 received', at: `${monday}T10:11`, who: ecology, say: '收到' }, silent: true },
  {
    ...{ name: '12 not ours, one limit of it', at: `${monday}T10:30`, who: '县商务局联络员' },
    say: '气17项活性炭更换跟我们商务没关系 我们只管加油站',
    holds: ['气-17', '不涉及', '督查室'],
  },
  {
    ...{ name: '14 next month', at: `${monday}T14:40`, who: '县能源局联络员', private: true, say: '下个月有啥到期' },
    holds: ['县能源局', '气-9', '气附-7', '10月31日（周二）'],
    lacks: ['气-3'],
  },
  {
    ...{ name: '15 what the document does not say', at: `${monday}T14:52`, who: '县发改局联络员' },
    say: '煤炭消费总量今年控多少万吨',
    holds: [/没有写|没写/u, '气-8', '县能源局'],
  },
  {
    ...{
      name: '16 who has said nothing',
      at: `${monday}T15:00`,
      who: office,
      private: true,
      say: '到现在还有谁一条没报',
    },
    holds: ['县水利局', '县农业农村局', '市生态环境局芮城分局', '县自然资源局'],
    lacks: ['未完成', '不力'],
    long: true,
  },
  {
    ...{ name: '18 by voice', at: `${tuesday}T08:51`, say: '水七谁牵头' },
    holds: ['水-7', '县住建局', '文件未写时限'],
  },
  {
    ...{ name: '19 a homophone', at: `${tuesday}T08:53`, say: '七三谁负责', long: true },
    holds: ['没有“七三”', '气-3', '市生态环境局芮城分局'],
  },
  {
    ...{ name: '23 a report to be confirmed', at: `${tuesday}T10:20`, who: ecology, private: true },
    say: '气3办结 同基超低排放改造完了 大阳升佳嘉生德欣恒发都治理完了 评估监测报告下月出',
    holds: ['气-3', '报办结', '评估监测报告下月出', '已审签', /确认|是/u],
    lacks: ['报进展'],
    long: true,
  },
  {
    ...{ name: '24 taken back before it is written', at: `${tuesday}T10:29`, who: ecology, private: true },
    say: '不对不对 德欣还差一台设备 先别报',
    holds: ['没有记', '/progress 气-3', '/extend 气-3'],
  },
  {
    ...{ name: '25 an extension', at: `${tuesday}T10:55`, who: ecology, private: true },
    say: '气附6 延期到10.15 德欣福利化工设备没到货',
    holds: ['气附-6', '10月15日', '德欣福利化工设备没到货', /确认|是/u],
  },
  {
    ...{ name: '25 confirmed', at: `${tuesday}T10:56`, who: ecology, private: true, say: '确认' },
    holds: ['气附-6', '9月30日', '10月15日（周日', '13日', '德欣福利化工设备没到货', '时限不变'],
    told: [{ by: office, holds: ['气附-6', '10月15日', '德欣福利化工设备没到货'] }],
  },
  {
    ...{
      name: '26 the opinion',
      at: `${tuesday}T11:10`,
      who: office,
      private: true,
      say: '气附6延期 建议同意 报分管县长',
    },
    holds: ['气附-6', '建议同意'],
    told: [
      { by: leader, holds: ['气附-6', '9月30日', '10月15日', '德欣福利化工设备没到货', '建议同意', '同意', '不同意'] },
    ],
  },
  {
    ...{ name: '27 the decision', at: `${tuesday}T11:32`, who: leader, private: true, say: '同意，要抓紧' },
    holds: ['气附-6', '10月15日', '要抓紧'],
    told: [{ by: ecology, holds: ['气附-6', '10月15日', '要抓紧'] }],
  },
  {
    ...{ name: '28 an indicator', at: `${tuesday}T14:05`, who: '县农业农村局联络员', private: true },
    say: '秸秆利用率现在88了',
    holds: ['气附-14', '88%', '90%', /确认|是/u],
  },
  {
    ...{ name: '33 a round, shown first', at: `${wednesday}T09:00`, who: office, private: true },
    say: '开9月调度 明天下班前 只要县直牵头的',
    holds: ['9月调度', '9月28日（周四）', '无变化', '发送'],
  },
  {
    ...{ name: '34 the round opens', at: `${wednesday}T09:01`, who: office, private: true, say: '发送' },
    told: [{ by: 'group', holds: ['9月调度', '28日（周四）', '无变化', '县政府办督查室'] }],
  },
  {
    ...{
      name: '38 for another unit',
      at: `${wednesday}T10:41`,
      who: '县水利局联络员',
      private: true,
      say: '/done 气-7 完成了',
    },
    holds: ['气-7', '市生态环境局芮城分局', '县水利局', '不能代报'],
  },
  {
    ...{ name: '39 no words', at: `${wednesday}T11:05`, who: ecology, private: true, say: '/done 气-7' },
    holds: ['气-7', '请回复本条消息写明办结情况'],
  },
  {
    ...{ name: '40 what is never closed', at: `${wednesday}T14:30`, who: '西陌镇联络员', private: true },
    say: '散乱污我们镇没有 办结',
    holds: ['气-2', '保持清零', '长期坚持', '不销号', /确认|是/u],
  },
  {
    ...{ name: '40 confirmed', at: `${wednesday}T14:31`, who: '西陌镇联络员', private: true, say: '确认' },
    holds: ['气-2', '西陌镇', '长期坚持'],
  },
  {
    ...{ name: '42 no ranking', at: `${wednesday}T16:00`, say: '各局完成率排个名发群里' },
    holds: ['不', '排名', '进度'],
  },
  {
    ...{ name: '44 the last working day before the limit', at: `${thursday}T08:36` },
    told: [
      {
        by: ecology,
        holds: [
          '今天是节前最后一个工作日：气-7、气附-3时限9月30日，还没收到办结报告，请下班前报一句情况。',
          '气附-6已同意延至10月15日，不在此列。',
        ],
      },
    ],
    quiet: true,
  },
  {
    ...{ name: '45 two reports in two lines', at: `${thursday}T09:20`, who: ecology, private: true, long: true },
    say: '气7办结 5家供热企业检修全部完成 管理台账已建\n气附3办结 同基超低排放改造 大阳无组织治理完成 监测评估10月做',
    holds: ['2条', '气-7', '气附-3', '监测评估10月做', /确认|是/u],
  },
  {
    ...{ name: '45 confirmed', at: `${thursday}T09:22`, who: ecology, private: true, say: '确认 已审签' },
    holds: ['气-7', '气附-3'],
  },
  {
    ...{ name: '45 the rest of the round', at: `${thursday}T09:25`, who: ecology, private: true, say: '/无变化' },
    holds: ['9月调度', '市生态环境局芮城分局', '无变化'],
  },
  {
    ...{ name: '46 closed', at: `${thursday}T15:00`, who: office, private: true, say: '/销号 气7 气附3 资料核查' },
    holds: ['气-7', '气附-3', '资料核查', '9月28日', '气附-6', '10月15日'],
  },
  {
    ...{ name: '49 what is left before the holiday', at: `${thursday}T18:40`, say: '国庆前还有啥没交' },
    holds: ['土-10', '市生态环境局芮城分局'],
    lacks: ['气-7', '逾期'],
    long: true,
  },
  {
    ...{ name: '51 on the day itself', at: '2023-09-30T10:00', say: '今天到期的有哪些' },
    holds: ['气-7', '气附-3', '已销号', '气附-6', '10月15日', '土-10', '10月7日'],
    long: true,
  },
  {
    ...{ name: '52 why it is green', at: '2023-10-01T10:00', say: '/why 气附-6', long: true },
    holds: ['绿', '9月30日', '9月26日', '10月15日（周日）', '10月13日', '7个工作日'],
  },
  {
    ...{ name: '54 a day that is none', at: '2023-10-01T10:05', say: '/due 2月30日' },
    holds: ['2月', '28日'],
    lacks: ['气-'],
  },
];
