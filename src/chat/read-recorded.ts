import { keepNote, tellsSomething } from '../domain/note.js';
import { signatureName } from '../domain/signature-name.js';
import { readPercentAfter } from '../language/percent.js';
import { takeRecordedKind, takeSignature, takeSource } from '../language/stated-facts.js';
import type { Report } from '../services/duty/take-report.js';

/** As the kind of what is recorded is typed. */
export const kindWords: Record<Report['kind'], string> = { done: '办结', progress: '进展', block: '困难' };

export type Recorded = { kind: 'no-change' } | { kind: 'report'; report: Report };

/** 办结 电话 …, 电话 60% …, 无变化: what came for a unit, how it came, and how far it is. */
export function readRecorded(typed = ''): Recorded {
  const first = takeSource(keepNote(typed));
  const told = takeRecordedKind(first.words);
  if (told.kind === 'no-change') return { kind: 'no-change' };
  const number = told.kind === 'progress' ? takePercent(told.words) : { percent: null, words: told.words };
  const second = first.fact === null ? takeSource(number.words) : { fact: first.fact, words: number.words };
  const source = second.fact === null ? {} : { source: second.fact };
  if (told.kind === 'done') {
    const { fact, words } = takeSignature(second.words);
    const details = { ...source, ...(fact === null ? {} : { signedOff: fact }) };
    return { kind: 'report', report: { kind: 'done', note: words, percent: null, details } };
  }
  const { percent } = number;
  const note = second.words === '' && percent !== null ? `${percent}%` : second.words;
  return { kind: 'report', report: { kind: told.kind, note, percent, details: source } };
}

/** 办结 电话 已审签: of what tells nothing else, what has to be typed again. */
export function kindAndSource(typed: string): string {
  const recorded = readRecorded(typed);
  if (recorded.kind === 'no-change' || tellsSomething(recorded.report.note)) return typed;
  const { kind, details } = recorded.report;
  const signed = details.signedOff === undefined ? '' : signatureName(details.signedOff);
  return [kind === 'progress' ? '' : kindWords[kind], details.source, signed].filter(Boolean).join(' ');
}

function takePercent(typed: string): { percent: number | null; words: string } {
  const found = readPercentAfter(typed);
  if (!found) return { percent: null, words: typed };
  const words = found.start === 0 ? typed.slice(found.end).replace(/^[\s,，:：]+/u, '') : typed;
  return { percent: found.percent, words };
}
