import { type Check, type Finding, fail, ok, warn } from '../platforms/check/check.js';
import { type DeliveryTally, tallyDeliveries, tallyStuckDeliveries } from '../store/deliveries.js';
import type { LedgerLook } from './ledger-look.js';
import { ledgerTime, type Visit } from './visit.js';

const stuckMs = 10 * 60_000;
const weekMs = 7 * 86_400_000;

/** What has not arrived, or nobody knows whether it has. */
export function deliveryChecks(visit: Visit, look: LedgerLook): Check[] {
  const now = ledgerTime(visit).getTime();
  const lately = (
    state: 'unknown' | 'refused' | 'expired',
    title: string,
    todo: string,
    words: (count: number) => string,
  ): Check =>
    look.ofEach(`deliveries.${state}`, title, async (q, { id }) => {
      const tally = await tallyDeliveries(q, id, state, new Date(now - weekMs));
      return told(tally, (say) => warn(say, todo), words, '最近一条');
    });
  return [
    look.ofEach('deliveries.pending', '待发消息', async (q, { id }) => {
      const tally = await tallyStuckDeliveries(q, id, new Date(now - stuckMs));
      const todo = '请看“服务”是否在运行，再按原因处理';
      return told(
        tally,
        (say) => fail(say, todo),
        (count) => `${count}条超过10分钟没有发出`,
        '最早一条',
      );
    }),
    lately(
      'unknown',
      '投递结果不明',
      '可能已经送达，不会重发；请到群里核对',
      (count) => `7天内${count}条不知道是否送达`,
    ),
    lately('refused', '投递被拒收', '请按原因处理，之后的消息照常发', (count) => `7天内${count}条被平台拒收`),
    lately('expired', '投递过期', '请核对当时服务是否在运行', (count) => `7天内${count}条过了时效没有发`),
  ];
}

function told(
  { count, example }: DeliveryTally,
  finding: (say: string) => Finding,
  words: (count: number) => string,
  which: string,
): Finding {
  if (count === 0 || example === null) return ok('没有');
  return finding(`${words(count)}，${which} ${example.key}：${example.why ?? '没有记原因'}`);
}
