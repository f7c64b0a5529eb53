import type { DocumentReading } from '../../src/plan-parser/read-document.js';

const units = [
  '县水利局',
  '县住建局',
  '市生态环境局云溪分局',
  '县交通运输局',
  '各乡镇人民政府',
  '县公安局交通管理大队',
];
const works = ['整治排污口', '改造老旧管网', '治理施工扬尘', '更换活性炭', '建设充电设施', '排查安全隐患'];
const limits = ['6月底前', '2024年9月底前', '每季度', '5—9月', '年内', '12月31日前'];
const pick = <Item>(items: Item[], at: number): Item => items[at % items.length] as Item;

/** A plan with so many items, like a real one in its clauses, limits and units; every item in words of its own. */
export function planOf(items: number): string {
  const lines = ['云溪县2024年环境整治行动计划', '2024年3月5日', '一、重点任务'];
  for (let at = 0; at < items; at += 1) {
    const work = `${pick(works, at)}${at + 1}处`;
    const support = pick(units, at + 1);
    lines.push(
      `${at + 1}．${work}。${pick(limits, at)}完成${work}，达标率达到${80 + (at % 20)}%以上，建立台账。（${pick(units, at)}牵头，${support}、${pick(units, at + 2)}等配合）`,
    );
  }
  return lines.join('\n');
}

/** Seconds to read a plan of so many items; the better of two readings. */
export async function secondsFor(
  items: number,
  read: (bytes: Uint8Array, fileName: string) => Promise<DocumentReading>,
): Promise<number> {
  const bytes = new TextEncoder().encode(planOf(items));
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 2; round += 1) {
    const started = performance.now();
    const { draft } = await read(bytes, 'plan.txt');
    best = Math.min(best, (performance.now() - started) / 1000);
    const found = draft.plans[0]?.tasks.length;
    if (found !== items) throw new Error(`${items} items were read as ${found}`);
  }
  return best;
}
