import type { Block, Passage } from '../blocks.js';
import { issue } from '../issues.js';
import { findClauses } from '../responsibility/find-clauses.js';
import { readNumber } from '../text/chinese-number.js';
import { numberBullets } from './bulleted-tasks.js';
import { findPlans, holdsTasks, type Start } from './find-plans.js';
import { isSignature, issueDateOf } from './issue-date.js';
import { isMargin } from './margins.js';
import type { Outline } from './outline.js';
import { readPlan } from './read-plan.js';
import { announcedIn, isNoticeTitle, namesIn, withoutSpaces } from './titles.js';

const paragraphsOf = (blocks: Block[]): Passage[] => blocks.filter((block) => block.kind === 'paragraph');
const cellsOf = (blocks: Block[]): Passage[] =>
  blocks.map((block) => {
    if (block.kind === 'paragraph') return block;
    return {
      text: block.rows
        .flat()
        .map((cell) => cell.text)
        .join(''),
      line: block.line,
    };
  });

/** 等4个文件, 两个方案: the notice may not name every plan. */
function countIn(notice: string): number {
  const found = /等?([两二三四五六七八九十\d]{1,3})(?:个|项)(?:行动|工作|实施|专项|分解)?(?:方案|文件|计划)/.exec(
    notice,
  );
  return found?.[1] === undefined ? 0 : (readNumber(found[1]) ?? 0);
}

const unnamed = '未命名文件';
const longestFirstLine = 60;
const furniture = /[：:。；;|>]|^[•·]|\d{4}-\d{1,2}-\d{1,2}|[〔［[]20\d\d[〕］\]]/;

/** Where no title stands on its own: the title of a notice that is itself the plan, with the first block after it. */
function noticeTitleIn(blocks: Block[]): Start | null {
  const end = blocks.findIndex(holdsTasks);
  const head = blocks.slice(0, end === -1 ? blocks.length : end);
  for (let at = 0; at < head.length; at += 1) {
    for (let next = at + 1; next <= Math.min(at + 3, head.length); next += 1) {
      const lines = head.slice(at, next);
      if (lines.some((block) => block.kind === 'table' || furniture.test(block.text))) break;
      const text = withoutSpaces(
        paragraphsOf(lines)
          .map((line) => line.text)
          .join(''),
      );
      if (isNoticeTitle(text)) return { title: { text, line: head[at]?.line ?? 1 }, at, next };
    }
  }
  return null;
}

/** The notice is the plan itself where it says who does what. */
const namesUnits = (block: Block) =>
  block.kind === 'table' ? holdsTasks(block) : findClauses(block).clauses.length > 0;

/** What comes nearest to a title. */
function firstLineOf(head: Passage[]): string | undefined {
  return head
    .map(({ text }) => withoutSpaces(text))
    .find((text) => text.length > 4 && text.length <= longestFirstLine && !furniture.test(text));
}

const ownNumber = /^\p{Script=Han}{2,14}[〔［[（(](20\d\d)[〕］\]）)]第?\d{1,4}号/u;

function numberYearIn(head: Passage[]): number | null {
  const found = head.map(({ text }) => ownNumber.exec(text.slice(0, 40).replace(/\s/g, ''))?.[1]).find(Boolean);
  return found === undefined ? null : Number(found);
}

export function readOutline(everything: Block[]): Outline {
  const own = everything.filter((block) => !isMargin(block));
  const bulleted = own.some(holdsTasks) ? null : numberBullets(own);
  const blocks = bulleted ?? own;
  const firstTask = blocks.findIndex(holdsTasks);
  const before = paragraphsOf(blocks.slice(0, firstTask === -1 ? blocks.length : firstTask));
  const head = withoutSpaces(before.map(({ text }) => text).join(''));
  const names = namesIn(head);

  const named = findPlans(blocks, names, countIn(head) > 1);
  const ownTitle = named.length === 0 ? noticeTitleIn(blocks) : null;
  const starts = ownTitle ? [ownTitle] : named;
  const [first] = starts;
  const notice = first && !ownTitle ? paragraphsOf(blocks.slice(0, first.at)) : before;
  const afterTitle = first ? paragraphsOf(blocks.slice(first.next, first.next + 3)) : [];
  const issued = issueDateOf(notice, afterTitle, cellsOf(everything));
  const numberedIn = numberYearIn([...notice, ...afterTitle]);
  const outline: Outline = { issuedOn: issued?.day ?? null, numberedIn, notice, plans: [], issues: [] };

  const titles = new Set(starts.map((start) => start.title.text));
  const repeats = (block: Block) => block.kind === 'paragraph' && titles.has(withoutSpaces(block.text));
  starts.forEach(({ title, next }, order) => {
    const part = blocks.slice(next, starts[order + 1]?.at);
    outline.plans.push(
      readPlan(
        title,
        part.filter((block) => !repeats(block)),
      ),
    );
  });

  const [start] = blocks;
  if (issued?.assumed && start) {
    outline.issues.push(issue('issue-date-assumed', { line: start.line, text: issued.day }, issued.day));
  }
  if (bulleted && start) outline.issues.push(issue('items-unnumbered', { line: start.line, text: '' }));
  if (starts.length === 0 && start && blocks.some(holdsTasks)) {
    const announced = announcedIn(head);
    const signed = announced === null ? -1 : blocks.findLastIndex(isSignature);
    const elsewhere = signed > firstTask && !blocks.slice(signed).some(holdsTasks) && !blocks.some(namesUnits);
    const text =
      announced ??
      firstLineOf(before) ??
      names.at(-1) ??
      (start.kind === 'paragraph' ? withoutSpaces(start.text).slice(0, longestFirstLine) : unnamed);
    const title = { text, line: start.line };
    outline.plans.push(readPlan(title, elsewhere ? blocks.slice(signed + 1) : blocks));
    outline.issues.push(issue(elsewhere ? 'plan-elsewhere' : 'no-plan-title', title, text));
  }
  return outline;
}
