import { loadConfig } from '../../src/config.js';
import { projectRoot } from '../../src/project-root.js';
import { readSentenceWords } from '../../src/sentence-words.js';
import { askQuestions, type Outcome, officeOf } from './ask-questions.js';
import { growthOf, heap } from './growth.js';
import { readQuestionSets } from './question-set.js';

const words = process.argv.slice(2);
const names = words.filter((word) => !word.startsWith('--'));
const [showWrong, withHeld, onlyHeld] = ['--wrong', '--held', '--only-held'].map((word) => words.includes(word));

const outcomes: Outcome[] = [];
for (const set of readQuestionSets()) {
  if (names.length > 0 && !names.includes(set.name)) continue;
  const asked = set.questions.filter(({ held }) => withHeld || (onlyHeld ? held : !held));
  const { bot, close } = await officeOf(set);
  outcomes.push(...(await askQuestions(bot, asked)));
  await close();
}

const percent = (part: number, all: number) => (all === 0 ? '–' : `${((part / all) * 100).toFixed(1)}%`);
const cell = (value: string | number) => String(value).padStart(9);
console.log(`${'intent'.padEnd(12)}${['asked', 'right', 'wrong', 'refused', 'right %'].map(cell).join('')}`);
function row(name: string, some: Outcome[]): void {
  const of = (verdict: string) => some.filter((one) => one.verdict === verdict).length;
  const cells = [some.length, of('right'), of('wrong'), of('refused'), percent(of('right'), some.length)];
  console.log(`${name.padEnd(12)}${cells.map(cell).join('')}`);
}
for (const [intent, some] of Map.groupBy(outcomes, ({ question }) => question.intent)) row(intent, some);
row('all', outcomes);

if (showWrong) {
  for (const { question, verdict, said } of outcomes) {
    if (verdict === 'right') continue;
    console.log(`\n${verdict === 'wrong' ? '!' : '?'} ${question.intent} “${question.q}” ${question.as}`);
    console.log(said.replace(/^/gm, '    ').slice(0, 400));
  }
}

if (names.length === 0) {
  const typed = readQuestionSets().flatMap(({ questions }) => questions.map(({ q }) => q));
  const before = heap();
  const sentences = await readSentenceWords(loadConfig({}, projectRoot).dataFolder);
  const own = heap() - before;
  console.log(`\n词表 ${own.toFixed(1)} MB；每条消息读五次取最快的`);
  console.log(['tasks', 'units', 'p50 ms', 'p99 ms', 'MB'].map(cell).join(''));
  growthOf(1000, 300, typed, sentences);
  for (const tasks of [79, 1000, 10_000]) {
    const { p50, p99, megabytes, units } = growthOf(tasks, 300, typed, sentences);
    console.log([tasks, units, p50.toFixed(3), p99.toFixed(3), megabytes.toFixed(1)].map(cell).join(''));
  }
}
