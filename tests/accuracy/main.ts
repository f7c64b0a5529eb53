// How much of the fixture documents the parser reads as a careful reader does: npm run accuracy [-- name] [-- --wrong]
import { listFixtures } from './expected.ts';
import { secondsFor } from './growth.ts';
import { type Field, fields, type Score, score } from './score.ts';

const built = new URL('../../dist/src/plan-parser/read-document.js', import.meta.url).href;
const { readDocument }: typeof import('../../src/plan-parser/read-document.js') = await import(built);

const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const showWrong = process.argv.includes('--wrong') || names.length > 0;

const width = 46;
const percent = (right: number, total: number) => (total === 0 ? '–' : `${((right / total) * 100).toFixed(1)}%`);
const shown = fields.map((field) => field.padStart(9)).join('');
console.log(
  `${'document'.padEnd(width)}${shown}${'all'.padStart(9)}${'unflagged'.padStart(11)}${'doubts'.padStart(9)}`,
);

function row(name: string, scores: Score[]): { right: number; total: number; unflagged: number } {
  const of = (field: Field) => {
    const total = scores.reduce((sum, one) => sum + one.total[field], 0);
    const wrong = scores.flatMap((one) => one.wrong).filter((one) => one.field === field).length;
    return { total, right: total - wrong };
  };
  const all = fields.map(of);
  const total = all.reduce((sum, one) => sum + one.total, 0);
  const right = all.reduce((sum, one) => sum + one.right, 0);
  const unflagged = scores.flatMap((one) => one.wrong).filter((one) => !one.flagged).length;
  const doubts = scores.reduce((sum, one) => sum + one.doubts.expected, 0);
  const raised = doubts - scores.reduce((sum, one) => sum + one.doubts.missed.length, 0);
  const cells = all.map((one) => percent(one.right, one.total).padStart(9)).join('');
  const last = `${percent(right, total).padStart(9)}${String(unflagged).padStart(11)}${`${raised}/${doubts}`.padStart(9)}`;
  console.log(`${name.padEnd(width)}${cells}${last}`);
  return { right, total, unflagged };
}

const scores: Score[] = [];
for (const { name, fileName, bytes, expected } of listFixtures()) {
  if (names.length > 0 && !names.some((wanted) => name.includes(wanted))) continue;
  const { draft } = await readDocument(bytes, fileName);
  const one = score(expected, draft);
  scores.push(one);
  row(name, [one]);
  if (!showWrong) continue;
  for (const { field, where, expected: wanted, read, flagged } of one.wrong) {
    console.log(`    ${flagged ? ' ' : '!'} ${field} ${where}: “${wanted}” read as “${read}”`);
  }
  for (const doubt of one.doubts.missed) console.log(`    ? no issue at ${doubt}`);
}
const { right, total, unflagged } = row('all', scores);
const verdict = (met: boolean) => (met ? '达到' : '未达到');
console.log(
  `字段 ${right}/${total}，${percent(right, total)}，目标 97%，${verdict(right / total >= 0.97)}；没有疑点标记的错处 ${unflagged}，目标 0，${verdict(unflagged === 0)}`,
);

if (names.length === 0) {
  await secondsFor(2000, readDocument);
  const [ten, twenty] = [await secondsFor(10_000, readDocument), await secondsFor(20_000, readDocument)];
  const ratio = twenty / ten;
  console.log(
    `一万项 ${ten.toFixed(2)} 秒，两万项 ${twenty.toFixed(2)} 秒，${ratio.toFixed(2)} 倍，目标 2.5 倍以内，${verdict(ratio <= 2.5)}`,
  );
}
