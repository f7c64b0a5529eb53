/** What a section is for when it is not for tasks. */
export type SectionKind = 'goals' | 'frame';

const openers = '(?:加强|强化|完善|健全|落实|严格|抓好|做好|切实|加大|进一步)*';

/** Headings, whole or each part of 组织领导和保障措施. What is numbered under a frame is a task only where units are named. */
const kinds: { kind: SectionKind; pattern: RegExp }[] = [
  {
    kind: 'goals',
    pattern:
      /(?:目标|指标|总体要求|总体思路|总体考虑|总体安排|指导思想|基本原则|工作原则|基本思路|工作思路|基本要求|重要意义|重大意义|总则|总论|形势与要求)$/,
  },
  {
    kind: 'frame',
    pattern: new RegExp(
      `^${openers}(?:工作|组织|实施|推进|政策)?(?:保障|组织领导|组织实施|组织推进|组织保障|领导|组织)(?:措施|机制|体系|工作|要求)?$`,
    ),
  },
  { kind: 'frame', pattern: new RegExp(`^${openers}组织(?:领导|保障|实施)`) },
  { kind: 'frame', pattern: /^(?:工作|有关|相关|几点|具体|组织|纪律)要求$/ },
  { kind: 'frame', pattern: /^(?:工作|推进|保障|长效|协调|落实)机制$/ },
  { kind: 'frame', pattern: new RegExp(`^${openers}(?:督导|监督|督查|督办|考核|检查|评估|问责|奖惩)+$`) },
  { kind: 'frame', pattern: /(?:步骤|阶段|时间安排|进度安排|时序安排|时间节点|日程安排)$/ },
  { kind: 'frame', pattern: /^(?:部门|单位|成员单位|工作|相关部门|各部门)?(?:职责|职责分工|职责任务|工作职责)$/ },
  {
    kind: 'frame',
    pattern:
      /(?:领导小组|工作专班|指挥部|组织机构|领导机构|组成人员|成员名单|联络员|联系人|联系方式)(?:名单|及职责|成员)?$/,
  },
  { kind: 'frame', pattern: /^(?:附则|其他|其他事项|其他要求|有关事项|相关事项|编制依据|适用范围|工作背景|基本情况)$/ },
];

const longestHeading = 40;

/** `null` for a section of tasks. */
export function sectionKind(heading: string): SectionKind | null {
  const bare = heading
    .slice(0, longestHeading + 20)
    .replace(/\s/g, '')
    .replace(/[（(][^（()）]*[）)]?$/, '')
    .replace(/[。：:，,；;]+$/, '');
  if (bare.length === 0 || bare.length > longestHeading) return null;
  const parts = bare.split(/和|与|及|、|，|暨/).filter(Boolean);
  const found = [bare, ...parts].map((part) => kinds.find(({ pattern }) => pattern.test(part))?.kind ?? null);
  const [whole, ...each] = found;
  if (whole) return whole;
  return each.length > 1 && each.every(Boolean) ? (each[0] ?? null) : null;
}
