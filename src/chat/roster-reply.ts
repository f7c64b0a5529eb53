import type { Person } from '../domain/person.js';
import type { RosterSheet } from '../domain/roster-sheet.js';
import { shorten } from '../domain/wording.js';
import { BotError } from '../errors.js';
import type { Context } from '../services/context.js';
import { importRoster, isEmpty, proposeRoster } from '../services/person/import-roster.js';
import type { RosterPlan } from '../services/person/roster-plan.js';
import { ask } from '../services/question/ask.js';
import { plainText, type Reply, reply } from './message.js';
import { rolesText } from './people-reply.js';

const namesShown = 10;
const doubtsShown = 10;

/** Words that stand for the roster which the preview kept. */
export const importWord = '导入';

export const howToImport =
  '把名单文件（.xlsx 或 .csv）单聊发给我，表头写姓名、单位、角色，可加企业微信、钉钉、飞书、分管；离任的在角色里写“离任”。';

export interface RosterFile {
  fileName: string;
  sheet: RosterSheet;
}

/** Shows what a roster would change and keeps it for 确认. */
export async function rosterPreview(ctx: Context, file: RosterFile): Promise<Reply> {
  if (!ctx.chat.private) throw new BotError('invalid', '名单只在单聊里收，这份没有保存。请单独发给我。');
  const plan = await proposeRoster(ctx, file.sheet);
  const text = plainText(planReply(ctx, file.fileName, plan));
  if (isEmpty(plan)) return reply.text(text, '没有可录入的变化。');
  const options = [{ words: ['确认', '是'], say: `/people ${importWord}`, kept: file.sheet }];
  return ask(ctx, `${text}\n回“确认”录入，10分钟内有效。`, options, [{ label: '确认', send: '确认' }]);
}

/** 名单《花名册.xlsx》：新增20人、变更5人、离任1人、不变7人，疑问2行 */
export function planReply(ctx: Context, fileName: string, plan: RosterPlan): Reply {
  const { added, changed, leaving, unknownUnits, doubts } = plan;
  const doubtLines = doubts.slice(0, doubtsShown).map(({ row, why }) => `第${row}行：${why}`);
  const more = doubts.length > doubtsShown ? `还有${doubts.length - doubtsShown}处` : null;
  return reply.text(
    `名单《${shorten(fileName, 40)}》：${countText(plan)}`,
    named(
      '新增',
      added.map(({ person }) => `${person.name}（${rolesText(ctx, person)}）`),
    ),
    named(
      '变更',
      changed.map((change) => changeText(ctx, change)),
    ),
    named(
      '离任',
      leaving.map((person) => person.name),
    ),
    unknownUnits.length > 0
      ? `台账里没有的单位${unknownUnits.length}个：${unknownUnits.slice(0, namesShown).join('、')}`
      : null,
    doubts.length > 0 ? `疑问${doubts.length}处，改好后再发一次：` : null,
    ...doubtLines,
    more,
  );
}

function countText({ added, changed, leaving, same }: RosterPlan): string {
  return `新增${added.length}人、变更${changed.length}人、离任${leaving.length}人、不变${same}人`;
}

function named(what: string, texts: string[]): string | null {
  if (texts.length === 0) return null;
  const more = texts.length > namesShown ? `等${texts.length}人` : '';
  return `${what}：${texts.slice(0, namesShown).join('；')}${more}`;
}

function changeText(ctx: Context, { before, after, accounts }: RosterPlan['changed'][number]): string {
  const [was, is] = [before, after].map((person: Person) => rolesText(ctx, person));
  const role = was === is ? '' : `${was}→${is}`;
  const account = accounts.length > 0 ? `登记账号${accounts.length}个` : '';
  return `${after.name}（${[role, account].filter(Boolean).join('，')}）`;
}

export async function enterRoster(ctx: Context, sheet: RosterSheet): Promise<Reply> {
  const plan = await importRoster(ctx, sheet);
  const left = plan.doubts.length > 0 ? `有疑问的${plan.doubts.length}处没有录入。` : '';
  return reply.text(`已录入名单：${countText(plan)}。${left}`, '看名单发“/people”。');
}
