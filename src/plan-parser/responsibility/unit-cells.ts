import type { ImportIssue, ResponsibilityDraft } from '../../domain/plan-draft.js';
import type { Role } from '../../domain/responsibility.js';
import type { Passage } from '../blocks.js';
import { issue } from '../issues.js';
import { completeKnown, completeNames, isUnsure, type Level } from './complete-names.js';
import { cutGlued } from './cut-glued.js';
import { findLabels } from './labels.js';
import { readClause } from './read-clause.js';
import { findRoleVerbs } from './role-verbs.js';
import { type ClauseDoubt, type Run, runsByRole } from './runs.js';
import { type Name, splitNames } from './split-names.js';
import { looksLikePerson, looksLikeUnit } from './unit-names.js';

export interface CellsRead {
  responsibility: ResponsibilityDraft[];
  /** People whom a unit cell names beside the units. */
  leaders: string[];
  issues: ImportIssue[];
}

const isUnit = (words: string) => splitNames(words).names.some((name) => looksLikeUnit(name.written));

interface Cell {
  runs: Run[];
  leaders: string[];
  doubts: ClauseDoubt[];
}

/** A cell holds names, or a clause of its own: 县水利局牵头，县财政局配合; 牵头单位：县水利局. */
function readCell(role: Role, text: string): Cell {
  if (text.length > longestCell)
    return { runs: [], leaders: [], doubts: [{ code: 'not-a-unit', about: text.slice(0, 40) }] };
  if (findLabels(text).length > 0 || findRoleVerbs(text, isUnit).length > 0) {
    const clause = readClause(`${labels[role]}：${text}`);
    if (clause) return clause;
  }
  const { names: all, open } = splitNames(text);
  const names = all.filter(({ written }) => !looksLikePerson(written));
  const leaders = all.filter(({ written }) => looksLikePerson(written)).map(({ written }) => written);
  const runs = runsByRole({ role, names, open });
  const unlikely = names.filter(({ written }) => !looksLikeUnit(written));
  return { runs, leaders, doubts: unlikely.map(({ written }) => ({ code: 'not-a-unit', about: written })) };
}

const longestCell = 2000;
const labels: Record<Role, string> = { lead: '牵头单位', support: '配合单位', implement: '责任单位' };

const asAbove = /^(?:同上|〃|″|")$/;

/** 同上 stands for the cell of the same role in the row above. */
export function withoutDitto<Cell extends { role: Role; text: string }>(rows: Cell[][]): Cell[][] {
  const above = new Map<Role, string>();
  return rows.map((cells) =>
    cells.map((cell) => {
      const text = asAbove.test(cell.text) ? (above.get(cell.role) ?? cell.text) : cell.text;
      above.set(cell.role, text);
      return { ...cell, text };
    }),
  );
}

/** Units that stand in a cell by themselves, with something between them. */
export function namesInCell(text: string): string[] {
  const { runs } = readCell('implement', text);
  const names = runs.flatMap((run) => run.names);
  completeNames(names, { said: '' });
  return names.map((name) => name.unit).filter((name) => looksLikeUnit(name) && cutGlued(name, new Set()).length === 1);
}

/** The unit cells of a table row, each a role of its own; names may stand in a cell with nothing between them. */
export function responsibilityOfCells(cells: (Passage & { role: Role })[], known: ReadonlySet<string>): CellsRead {
  const issues: ImportIssue[] = [];
  const leaders: string[] = [];
  const level: Level = { said: '' };
  const responsibility = cells.flatMap(({ role, text, line }) => {
    const cell = readCell(role, text);
    leaders.push(...cell.leaders);
    issues.push(...cell.doubts.map(({ code, about }) => issue(code, { line, text: about }, about)));
    return cell.runs.map((run): ResponsibilityDraft => {
      const names = run.names.flatMap((name) => separate(name, known, line, issues));
      completeNames(names, level);
      completeKnown(names, known);
      issues.push(...names.filter(isUnsure).map(({ written }) => issue('unit-bare', { line, text: written }, written)));
      const written = names.map((name) => name.written);
      const units = names.map((name) => name.unit);
      return { role: run.role, units, written, inherited: false, open: run.open, group: 1, line };
    });
  });
  return { responsibility: responsibility.filter((entry) => entry.units.length > 0), leaders, issues };
}

function separate(name: Name, known: ReadonlySet<string>, line: number, issues: ImportIssue[]): Name[] {
  const parts = cutGlued(name.written, known);
  if (parts.length === 1) return [name];
  issues.push(issue('units-glued', { line, text: name.written }, parts.join('、')));
  return parts.map((part) => ({ ...name, written: part, unit: part }));
}
