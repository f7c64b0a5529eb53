import { enclosed } from '../text/brackets.js';
import { readNumbering } from './numbering.js';

const planWords =
  '(?:行动计划|工作计划|实施计划|行动方案|工作方案|实施方案|分解方案|分工方案|若干措施|工作措施|方案|计划|要点|规划|意见|措施|任务书)';
const listWords =
  '(?:任务清单|责任清单|整改清单|问题清单|分解表|分工表|任务表|责任表|安排表|项目表|一览表|清单|台账|分工|分解|目标任务|重点任务|主要任务|重点工作|工作任务|工作安排|实事|实事项目)';
const suffix = '(?:[（(][^（()）]{1,20}[）)]){0,2}$';

const planTitle = new RegExp(`${planWords}${suffix}`);
const listTitle = new RegExp(`(?:${planWords}|${listWords})${suffix}`);
const onlyList = new RegExp(`${listWords}${suffix}`);
/** A notice that is itself the plan: 关于做好2024年春季造林工作的通知. */
const noticeTitle =
  /关于(?!印发|转发|批转)(?:.{4,60}的(?:通知|决定)|.{4,60}(?:意见|措施|方案|计划|要点|规划))(?:[（(][^（()）]{1,20}[）)])?$/;

/** One line of a title, and a title of several lines. */
export const longestTitle = 60;
const longestWhole = 100;
const longestName = 120;
const mostNames = 100;

/** A space between characters is only for looks: 大 同 市, 2 0 2 5 年. */
export const withoutSpaces = (text: string) => text.replace(/\s/g, '');

function isTitle(title: string, pattern: RegExp): boolean {
  return (
    title.length <= longestWhole &&
    pattern.test(title) &&
    !/[。；：，>＞»|]|^附[件表录]|^关于|印发|转发|^[（(]/.test(title) &&
    title.split('《').length === title.split('》').length &&
    readNumbering(title) === null
  );
}

export const isPlanTitle = (title: string) => isTitle(title, planTitle);
/** The title of a document that may be nothing but a table. */
export const isListTitle = (title: string) => isTitle(title, listTitle);
export const namesList = (name: string) => onlyList.test(name);
export const isNoticeTitle = (title: string) =>
  title.length <= longestWhole && noticeTitle.test(title) && !/[。；]/.test(title);

/** The names in 《…》 and in 关于印发…的通知. */
export function namesIn(text: string): string[] {
  const quoted = enclosed(text)
    .filter((span) => '《〈<'.includes(text.charAt(span.start)))
    .map((span) => text.slice(span.start + 1, span.end - 1));
  const announced = /关于(?:印发|转发|批转)(.{4,120}?)的?通知/.exec(text)?.[1];
  const passedOn = /(?:转发|批转)[^《]{0,40}?关于(.{4,120}?)的?通知/.exec(text)?.[1];
  const inner = quoted.flatMap((name) => /^关于(?:印发|转发)[〈《<](.{4,120}?)[〉》>]/.exec(name)?.[1] ?? []);
  const plain = [announced, passedOn].flatMap((name) => (name === undefined ? [] : name.replace(/[《》]/g, '')));
  return [...quoted, ...inner, ...plain].filter((name) => name.length <= longestName).slice(0, mostNames);
}

const said = [
  /关于(?:印发|转发|批转)(.{4,120}?)的?通知/,
  /现将《(.{4,120}?)》(?:[（(][^（()）]{1,40}[）)])?(?:印发|转发|下发|发)/,
  /《([^《》]{4,120}|[^《》]{0,60}[〈《][^〉》]{1,60}[〉》][^《》]{0,60})》(?:[（(][^（()）]{1,40}[）)])?(?:已|业)经/,
];

/** What the notice says it sends out. */
export function announcedIn(text: string): string | null {
  const found = said.map((pattern) => pattern.exec(text)?.[1]).find((name) => name !== undefined);
  return found?.replace(/^《(.*)》$/, '$1') ?? null;
}

/** 20xx in a title, or 二〇二四; of 2018—2020年 both ends. */
export function yearsIn(text: string): number[] {
  const digits = text.replace(/二[〇○零][〇○零一二三四五六七八九]{2}(?=年)/g, (year) =>
    [...year].map((digit) => '〇一二三四五六七八九'.indexOf(digit.replace(/[○零]/, '〇'))).join(''),
  );
  return [...digits.matchAll(/20\d\d(?=[年—–\-~～至版]|$|\D)/g)].map((match) => Number(match[0]));
}
