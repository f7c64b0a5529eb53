import { ContentIndex } from '../../src/domain/content-index.js';
import { localDate } from '../../src/domain/local-date.js';
import { type Task, taskCode, taskKey } from '../../src/domain/task.js';
import { unitId } from '../../src/domain/unit.js';
import { charactersKept, normalise } from '../../src/language/sentence/normalise.js';
import { readTold, splitAtCodes } from '../../src/language/sentence/reports.js';
import type { SentenceWords } from '../../src/language/sentence/sentence-words.js';
import { understand } from '../../src/language/sentence/understand.js';
import { buildUnitLexicon } from '../../src/language/units.js';

export interface Growth {
  tasks: number;
  units: number;
  p50: number;
  p99: number;
  /** Of what is held for reading, over what the ledger itself holds. */
  megabytes: number;
}

const places = ['东', '西', '南', '北', '城关', '河口', '柳林', '石桥', '龙泉', '青山'];
const fields = [
  '水利',
  '住房和城乡建设',
  '生态环境',
  '农业农村',
  '市场监管',
  '交通运输',
  '自然资源',
  '工业和信息化',
  '教育',
  '卫生健康',
];
const works = [
  '排污口整治',
  '老旧管网改造',
  '施工扬尘治理',
  '活性炭更换',
  '充电设施建设',
  '安全隐患排查',
  '黑臭水体治理',
  '秸秆综合利用',
];
const at = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item;

/** A county that is larger than any: its tasks share words as real ones do, and each has some of its own. */
function aLedger(taskCount: number, unitCount: number) {
  const units = Array.from({ length: unitCount }, (_, index) => ({
    id: unitId.parse(`u${index}`),
    name: `${at(places, Math.floor(index / fields.length))}县${at(fields, index)}局`,
    aliases: [`${at(places, Math.floor(index / fields.length))}${at(fields, index).slice(0, 2)}`],
  }));
  const prefixes = ['水', '气', '土', '地', '安', '教', '医', '农', '工', '商'];
  const perPlan = Math.ceil(taskCount / prefixes.length);
  const tasks = Array.from({ length: taskCount }, (_, index): Task => {
    const prefix = at(prefixes, Math.floor(index / perPlan));
    const work = at(works, index * 7);
    const own = `${at(places, index)}${at(places, index * 3 + 1)}片区第${index}标段${work}`;
    const text = `${own}。全面开展${work}，${at(places, index * 5)}镇${at(places, index)}村完成${index % 97}处，建立台账，落实责任，对${at(works, index + 3)}问题突出的企业依法查处。2024年${1 + (index % 12)}月底前达标率达到${80 + (index % 20)}%以上，按要求开展监测，确保稳定运行。`;
    return {
      year: 2024,
      key: taskKey.parse(`${prefix}-${(index % perPlan) + 1}`),
      code: taskCode.parse(`${prefix}-${(index % perPlan) + 1}`),
      prefix,
      number: (index % perPlan) + 1,
      annex: false,
      position: index,
      section: ['重点任务', at(works, index)],
      title: own,
      shortTitle: own,
      text,
      points: [],
      targets: [],
      responsibility: [],
      leaders: [],
      milestones: [],
      partOf: null,
      retired: false,
      shortTitleSetBy: null,
      assembler: null,
      corrections: [],
      line: 1,
    };
  });
  const plans = prefixes.map((prefix) => ({ prefix, names: [prefix, `${prefix}方面`], hasAnnex: false }));
  return { units, tasks, plans };
}

/** Of so many readings of a message the fastest counts: on a shared machine the others tell of its neighbours. */
const rounds = 5;

function millisecondsFor(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** Megabytes in use, after what is no longer needed has been collected. */
export const heap = () => {
  global.gc?.();
  global.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
};

/** How long a message takes on a ledger of this size, from what was typed to what is meant with its clauses found, and what is held for it. */
export function growthOf(taskCount: number, unitCount: number, typed: readonly string[], words: SentenceWords): Growth {
  const { units, tasks, plans } = aLedger(taskCount, unitCount);
  const before = heap();
  const lexicon = {
    plans,
    planNames: plans
      .flatMap(({ prefix, names }) => names.map((name) => ({ prefix, name })))
      .sort((a, b) => b.name.length - a.name.length),
    units: buildUnitLexicon(units, words.names.units),
  };
  const kept = charactersKept([...units.map(({ name }) => name), ...tasks.map(({ text }) => text)]);
  const index = new ContentIndex(
    tasks,
    (text) => normalise(text, kept, words).text,
    () => '',
  );
  const megabytes = heap() - before;
  const knowledge = { lexicon, words, today: localDate.parse('2024-03-05') };
  const read = (line: string) => {
    const { text } = normalise(line, kept, words);
    const found = understand(text, knowledge, null);
    if (found.kind === 'requests') {
      for (const request of found.requests)
        if (request.words !== '') index.find(request.words.split(' '), { share: 0.5 });
    } else for (const part of splitAtCodes(line, knowledge, kept)) readTold(part, knowledge, kept);
  };
  for (const line of typed) read(line);
  const times = typed.map((line) =>
    Math.min(...Array.from({ length: rounds }, () => millisecondsFor(() => read(line)))),
  );
  times.sort((a, b) => a - b);
  const share = (part: number) => times[Math.floor(times.length * part)] ?? 0;
  return { tasks: index.size, units: lexicon.units.names.size, p50: share(0.5), p99: share(0.99), megabytes };
}
