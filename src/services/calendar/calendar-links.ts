import { createHash, randomBytes } from 'node:crypto';

import { addMonths, momentOf } from '../../domain/local-date.js';
import type { PersonId } from '../../domain/person.js';
import type { UnitId } from '../../domain/unit.js';
import { BotError } from '../../errors.js';
import {
  type CalendarLinkRow,
  deleteCalendarLink,
  findCalendarLink,
  putCalendarLink,
} from '../../store/calendar-links.js';
import type { Context } from '../context.js';

const lifeMonths = 12;

export const hashOfLink = (token: string) => createHash('sha256').update(`duban calendar ${token}`).digest('hex');

/** Under which the running server answers for a link. */
export const calendarPath = '/calendar';

/** Opens the speaker's own link, or a new one in the place of it. It is told here and stored nowhere. */
export async function openCalendar(ctx: Context): Promise<{ url: string; expiresAt: Date; unit: UnitId }> {
  const { person, unit } = ownUnit(ctx);
  const address = ctx.address;
  if (address === null) {
    throw new BotError('conflict', '还没有设置本系统的访问地址，日历链接开不了。请管理员设置 DUBAN_URL 后重新启动。');
  }
  const token = randomBytes(32).toString('base64url');
  const expiresAt = momentOf(addMonths(ctx.today, lifeMonths), '00:00', ctx.timeZone);
  const row = { personId: person, unitId: unit, hash: hashOfLink(token), createdAt: ctx.now, expiresAt };
  await putCalendarLink(ctx.tx, ctx.workspace, row);
  const url = `${address}${calendarPath}/${encodeURIComponent(ctx.workspace)}/${token}.ics`;
  return { url, expiresAt, unit };
}

/** False when there was none. */
export async function closeCalendar(ctx: Context): Promise<boolean> {
  const { person } = ownUnit(ctx);
  return deleteCalendarLink(ctx.tx, ctx.workspace, person);
}

/** The speaker's link, where one opens their unit's calendar still. */
export async function ownCalendar(ctx: Context): Promise<CalendarLinkRow | null> {
  const { person, unit } = ownUnit(ctx);
  const row = await findCalendarLink(ctx.tx, ctx.workspace, person);
  return row && row.unitId === unit && ctx.now < row.expiresAt ? row : null;
}

function ownUnit({ actor, chat }: Context): { person: PersonId; unit: UnitId } {
  if (!chat.private) {
    throw new BotError('forbidden', '日历链接只给本人，谁拿到都能看。请单聊我发“/digest 日历 开”。');
  }
  const { person, unit } = actor;
  if (person === null || unit === null) {
    throw new BotError('forbidden', '你还没有登记单位。发“/join 单位名”申请当联络员，再开日历。');
  }
  return { person, unit };
}
