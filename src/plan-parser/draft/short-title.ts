const longest = 18;
const shortest = 4;
const longestRead = 80;

/** Words that say how hard or that one shall; without them the title still names the work. */
const openers = [
  '加快 推进 推动 开展 强化 持续 深入 全面 积极 有效 大力 扎实 有序 切实 着力 坚决 严格 合理安排 加强 深化',
  '进一步 稳步 统筹 组织 实施 做好 抓好 落实 建立 完善 健全 不断 继续 狠抓 广泛',
].flatMap((line) => line.split(' '));
const opener = new RegExp(`^(?:${openers.toSorted((a, b) => b.length - a.length).join('|')})`);

/** 加大…力度: the verb and the noun it needs go together. */
const frames: [string, string][] = [
  ['加大', '力度'],
  ['提升', '水平'],
  ['提高', '水平'],
  ['补齐', '短板'],
];

function withoutFrame(title: string): string {
  const frame = frames.find(([verb, noun]) => title.startsWith(verb) && title.endsWith(noun));
  return frame ? title.slice(frame[0].length, -frame[1].length) : title;
}

/** Cuts at the last joint of a list, so that no word is broken. */
function fitted(title: string): string {
  if (title.length <= longest) return title;
  const head = title.slice(0, longest + 1);
  const joint = Math.max(...['、', '和', '及', '与', '，'].map((word) => head.lastIndexOf(word)));
  return joint >= longest / 2 ? head.slice(0, joint) : head.slice(0, longest);
}

/** The name of a task in a list: its title without leading verbs, at most 18 characters. */
export function shortenTitle(title: string): string {
  let short = title.slice(0, longestRead).replace(/\s/g, '');
  for (;;) {
    const next = withoutFrame(short.replace(opener, ''));
    if (next === short || next.length < shortest) break;
    short = next;
  }
  return fitted(short);
}
