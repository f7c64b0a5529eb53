import { changeNames, type PlanDiff } from '../domain/plan-diff.js';
import type { ImportIssue, NoticeDraft, TaskDraft } from '../domain/plan-draft.js';
import { roleNames } from '../domain/responsibility.js';
import { shorten } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import type { Imported } from '../services/import/decide-import.js';
import type { Preview, Proposal } from '../services/import/propose-import.js';
import { type Block, type Reply, reply } from './message.js';

const issuesShown = 6;
const namesShown = 12;
const tasksPerPage = 20;

/** What was read and what it would change. */
export function previewReply(fileName: string, preview: Preview): Reply {
  return reply.card(`《${shorten(fileName, 40)}》：${readCount(preview)}`, { blocks: previewBlocks(preview) });
}

/** The same, with what a second person has to know to confirm it. */
export function proposalReply({ number, fileName, preview }: Proposal): Reply {
  return reply.card(`第${number}号导入《${shorten(fileName, 40)}》：${readCount(preview)}，待确认`, {
    blocks: [
      ...previewBlocks(preview),
      { kind: 'line', text: `看逐条内容发“/import ${number} 第1页”。` },
      {
        kind: 'note',
        text: `另一位管理员或督查室回“确认导入 ${number}”入账，回“放弃导入 ${number}”不要。附表关联不对的，确认时写“气附-4 单列”这样的话。`,
      },
    ],
  });
}

function readCount({ draft }: Preview): string {
  const tasks = draft.plans.reduce((sum, plan) => sum + plan.tasks.length, 0);
  return `读到${draft.plans.length}个计划、${tasks}条`;
}

function previewBlocks(preview: Preview): Block[] {
  return [
    { kind: 'items', items: preview.diffs.map(planLine) },
    ...listBlock('附表关联：', linksOf(preview.draft)),
    ...unitBlocks(preview),
    ...issueBlocks(preview.draft.issues),
    ...listBlock('确认前要定：', preview.obstacles),
  ];
}

function planLine(diff: PlanDiff): string {
  const { plan, existing, added, changed, retired, same } = diff;
  const annex = plan.tasks.filter((task) => task.annex).length;
  const body = plan.tasks.length - annex;
  const count = `${body}项${annex > 0 ? `、附表${annex}行` : ''}`;
  const name = `${plan.prefix}｜${shorten(plan.title, 40)}（${plan.year || '年份未读到'}）：${count}`;
  if (!existing) return `${name}，新计划`;
  const parts = [
    added.length > 0 ? `新增${added.length}（${codes(added)}）` : '',
    changed.length > 0 ? `变更${changed.length}（${changed.slice(0, namesShown).map(changeText).join('、')}）` : '',
    retired.length > 0 ? `不再列入${retired.length}（${codes(retired)}，保留并标为已调整）` : '',
    `不变${same.length}`,
  ];
  return `${name}，修订已有计划：${parts.filter(Boolean).join('，')}`;
}

const codes = (tasks: { code: string }[]) =>
  `${tasks
    .slice(0, namesShown)
    .map((task) => task.code)
    .join('、')}${tasks.length > namesShown ? '等' : ''}`;

function changeText({ task, draft, changes }: PlanDiff['changed'][number]): string {
  const renamed = task.code === draft.code ? '' : `原${task.code}，`;
  const rest = changes.filter((change) => change !== 'code').map((change) => changeNames[change]);
  const what = `${renamed}${rest.join('、')}`.replace(/，$/u, '');
  return what === '' ? draft.code : `${draft.code} ${what}`;
}

function linksOf(draft: NoticeDraft): string[] {
  const linked = draft.plans.flatMap((plan) => plan.tasks.filter((task) => task.partOf !== null));
  if (linked.length === 0) return [];
  const shown = linked.slice(0, namesShown * 2).map((task) => `${task.code}→${task.partOf}`);
  return [`${shown.join('，')}${linked.length > shown.length ? '等' : ''}（附表行是正文任务的分项，报一次即可）`];
}

function unitBlocks({ newUnits }: Preview): Block[] {
  if (newUnits.length === 0) return [];
  const names = newUnits
    .slice(0, namesShown)
    .map(({ name, like }) => (like ? `${name}（与名单中的${like}相近）` : name));
  const more = newUnits.length > namesShown ? `等${newUnits.length}个` : '';
  return [{ kind: 'line', text: `名单里没有的单位${newUnits.length}个，确认后按原文加入：${names.join('、')}${more}` }];
}

function issueBlocks(issues: ImportIssue[]): Block[] {
  if (issues.length === 0) return [{ kind: 'line', text: '没有疑点。' }];
  const items = issues.slice(0, issuesShown).map(issueLine);
  const more = issues.length > issuesShown ? [`还有${issues.length - issuesShown}处，看逐条内容。`] : [];
  return [
    { kind: 'line', text: `疑点${issues.length}处：` },
    { kind: 'items', items: [...items, ...more] },
  ];
}

export function issueLine({ line, message, text }: ImportIssue): string {
  return `第${line}行 “${shorten(text, 24)}”：${message}`;
}

function listBlock(title: string, items: string[]): Block[] {
  return items.length === 0
    ? []
    : [
        { kind: 'line', text: title },
        { kind: 'items', items },
      ];
}

export const taskColumns = ['编号', '任务', '责任单位', '时限'];

export function taskRow(task: TaskDraft): string[] {
  const roles = task.responsibility
    .filter((entry) => !entry.inherited)
    .map(({ role, units, open }) => `${roleNames[role]}：${units.join('、')}${open ? '等' : ''}`);
  const limits = task.milestones.map(({ phrase, due, to }) => {
    const day = due ?? to;
    return day === null ? phrase : `${phrase}（${day}）`;
  });
  const code = task.partOf === null ? task.code : `${task.code}（属${task.partOf}）`;
  return [code, task.title, roles.join('；') || '没有读到', limits.join('；') || '未写'];
}

/** The tasks of a proposal as a table, twenty at a time, with the doubts about them. */
export function proposalPage(number: number, fileName: string, draft: NoticeDraft, page: number): Reply {
  const tasks = draft.plans.flatMap((plan) => plan.tasks);
  const pages = Math.max(1, Math.ceil(tasks.length / tasksPerPage));
  if (page > pages) return reply.refusal(`第${number}号导入只有${pages}页。`);
  const shown = tasks.slice((page - 1) * tasksPerPage, page * tasksPerPage);
  const [first, next] = [shown[0], tasks[page * tasksPerPage]];
  const doubts = draft.issues.filter(
    ({ line }) => (page === 1 || line >= (first?.line ?? 0)) && (next === undefined || line < next.line),
  );
  const more = page < pages ? `下一页发“/import ${number} 第${page + 1}页”。` : '';
  const note = [...doubts.slice(0, tasksPerPage).map(issueLine), more].filter(Boolean).join('\n');
  const title = `第${number}号导入《${shorten(fileName, 40)}》逐条，第${page}/${pages}页`;
  return reply.table(title, taskColumns, shown.map(taskRow), note || null);
}

/** What came into the ledger, and the one question that is asked after it. */
export function importedReply(ctx: Context, { fileName, diffs, newUnits }: Imported): Reply {
  const lines = diffs.map(planLine);
  const [sample] = diffs.flatMap((diff) => diff.plan.tasks);
  return reply.text(
    `已入账：《${shorten(fileName, 40)}》，${ctx.actor.name}确认。`,
    ...lines,
    newUnits.length > 0 ? `新加单位${newUnits.length}个：${newUnits.slice(0, namesShown).join('、')}` : null,
    diffs.some((diff) => diff.existing === null)
      ? `哪些在启用前已经办结？请督查室回“启用前办结 ${sample?.code ?? '编号'} …”，没有就不用回。`
      : null,
  );
}
