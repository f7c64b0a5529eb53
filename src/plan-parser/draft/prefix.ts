/** Subject words of a plan's title and the character that stands for it; special ones before those they contain. */
const subjects: [RegExp, string][] = [
  [/地下水/, '地'],
  [/饮用水/, '饮'],
  [/水环境|水生态|水污染|碧水|河湖|水质|水资源|节水/, '水'],
  [/空气|大气|蓝天|臭氧/, '气'],
  [/土壤|净土|耕地/, '土'],
  [/固体废物|固废|垃圾/, '固'],
  [/噪声/, '声'],
  [/安全生产/, '安'],
  [/消防|火灾/, '消'],
  [/道路交通/, '交'],
  [/食品/, '食'],
  [/药品/, '药'],
  [/营商环境/, '营'],
  [/乡村振兴|农业|农村/, '农'],
  [/教育/, '教'],
  [/医疗|卫生|健康/, '卫'],
  [/养老/, '养'],
  [/就业/, '就'],
  [/旅游/, '旅'],
  [/防汛/, '汛'],
  [/森林|林业/, '林'],
  [/企业/, '企'],
];

const place = /^[^省市县区州旗]{1,6}(?:自治)?[省市县区州旗]/;
const filler = /20\d\d|[年度—-]|行动|工作|实施|方案|计划|任务|清单|要点|关于|推进|加强|\P{Script=Han}/gu;
const digits = '零一二三四五六七八九';

/** The character that distinguishes a plan within its notice. `guessed` when no subject word of the title is known. */
export function proposePrefix(title: string, taken: ReadonlySet<string>): { prefix: string; guessed: boolean } {
  const known = subjects.find(([words, prefix]) => words.test(title) && !taken.has(prefix));
  if (known) return { prefix: known[1], guessed: false };
  const rest = title.replace(place, '').replace(filler, '');
  const free = [...rest].find((char) => !taken.has(char));
  return {
    prefix: free ?? `计${[...String(taken.size + 1)].map((digit) => digits.charAt(Number(digit))).join('')}`,
    guessed: true,
  };
}
