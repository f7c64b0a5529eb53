import { dayName, wallClock } from '../domain/local-date.js';
import { type Check, type Finding, fail, ok, warn } from '../platforms/check/check.js';
import type { Checkup } from '../platforms/check/checkup.js';
import { oneToOneChat } from '../services/roster/roster-cache.js';
import { type GroupRow, listGroups } from '../store/groups.js';
import type { LedgerLook } from './ledger-look.js';
import { firstNames } from './names.js';
import { ledgerTime, platformNames, timeZoneOf, type Visit } from './visit.js';

/** Whether each bound group can be heard and spoken to. */
export function groupCheck(visit: Visit, look: LedgerLook, checkups: Checkup[]): Check {
  return look.ofEach('groups', '工作群', async (q, { id }) => {
    const groups = (await listGroups(q, id)).filter(
      ({ chatId, platform }) => chatId !== oneToOneChat && (visit.only === null || platform === visit.only),
    );
    if (groups.length === 0) return warn('还没有绑定的群', '请管理员单独发“/bind”给机器人取绑定码，再到群里发');
    const found = groups.map((group) => ({ group, trouble: troubleOf(group, visit, checkups) }));
    const whole = found.flatMap(({ group, trouble }) => (trouble === null ? [group.name] : []));
    const troubles = found.flatMap(({ trouble }) => trouble ?? []);
    return whole.length === 0 ? troubles : [...troubles, ok(`${whole.length}个能用：${firstNames(whole, '个')}`)];
  });
}

function troubleOf(group: GroupRow, visit: Visit, checkups: Checkup[]): Finding | null {
  const { name, platform, account, webhook, lostAt, lostWhy } = group;
  if (lostAt !== null) {
    const zone = timeZoneOf(visit);
    const since = dayName(wallClock(lostAt, zone).date, wallClock(ledgerTime(visit), zone).date);
    const todo = '请看机器人是否还在群里，处理好后重新绑定：在群里发绑定码';
    return fail(`“${name}”从${since}起发不出：${lostWhy ?? '没有记原因'}`, todo);
  }
  if (platform === 'sandbox' && visit.platformsSet.length === 0) return null;
  if (platform === 'sandbox') {
    return warn(`“${name}”是演示沙箱里的群，试用时留下的`, '不影响别的群；在沙箱里发“/digest 关”可停它的周报');
  }
  const where = platformNames[platform] ?? platform;
  if (!visit.platformsSet.some((one) => one === platform)) {
    return warn(`“${name}”在${where}，这里没有配置${where}`, '请配置这个平台，或把群绑定到现用的平台');
  }
  const checkup = checkups.find((one) => one.platform === platform);
  // Its variables are wrong, which is told there.
  if (!checkup) return null;
  if (checkup.account !== account) {
    const say = `“${name}”绑定在 ${account} 下，现在用的是 ${checkup.account}，两边对不上`;
    return fail(say, '请在群里用新的绑定码重新绑定');
  }
  switch (checkup.reaches(webhook)) {
    case 'yes':
      return null;
    case 'no-robot':
      return fail(`“${name}”没有群机器人的地址，周报发不到`, `请在群里加群机器人，然后运行 ${addCommand(group)}`);
    case 'foreign-robot':
      return fail(`“${name}”的群机器人地址不是${where}的，周报发不到`, `请换地址：${addCommand(group)}`);
  }
}

/** Without --plans the group would be bound to all. */
function addCommand({ platform, chatId, plans }: GroupRow): string {
  const chat = /^[\w.-]+$/u.test(chatId) ? chatId : `'${chatId}'`;
  return `duban group add ${platform} ${chat}${plans === null ? '' : ` --plans ${plans.join(',')}`} --webhook <地址>`;
}
