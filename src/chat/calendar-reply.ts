import { unitName } from '../domain/ledger.js';
import { dayName, wallClock } from '../domain/local-date.js';
import { closeCalendar, openCalendar, ownCalendar } from '../services/calendar/calendar-links.js';
import type { Context } from '../services/context.js';
import { type Reply, reply } from './message.js';

/** The speaker's link to what their unit owes: whether there is one, a new one, or none any more. */
export async function calendarReply(ctx: Context, step: 'show' | 'open' | 'close'): Promise<Reply> {
  const until = (moment: Date) => dayName(wallClock(moment, ctx.timeZone).date, ctx.today);
  switch (step) {
    case 'show': {
      const own = await ownCalendar(ctx);
      return own
        ? reply.text(
            `${unitName(ctx.ledger, own.unitId)}的时限日历：开着，链接到${until(own.expiresAt)}有效。`,
            '链接只在开的时候给一次。换一个发“/digest 日历 换”，停用发“/digest 日历 关”。',
          )
        : reply.text('时限日历：没有开。要把本单位的时限订到手机或电脑日历里，发“/digest 日历 开”。');
    }
    case 'open': {
      const { url, expiresAt, unit } = await openCalendar(ctx);
      return reply.text(
        `${unitName(ctx.ledger, unit)}的时限日历已开，在日历软件里选“订阅”，填这个链接：`,
        url,
        `链接只给本人，谁拿到都能看；以前给的已停用。到${until(expiresAt)}有效，停用发“/digest 日历 关”。`,
      );
    }
    case 'close':
      return reply.text((await closeCalendar(ctx)) ? '时限日历已停用，原来的链接打不开了。' : '时限日历本来就没有开。');
  }
}
