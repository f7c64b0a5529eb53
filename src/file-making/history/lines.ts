import type { HistoryFacts, HistoryRow } from '../../domain/history-row.js';
import type { HistoryVerdict } from '../../domain/history-verdict.js';
import { codeText, titleText, unitText, type Words } from './row-words.js';

const encoder = new TextEncoder();

/**
 * One JSON object a line: what it is; each update with every field that its hash is made of, as stored, and the names beside
 * it; each day's seal; the verdict.
 */
export async function* historyLines(
  facts: HistoryFacts,
  verify: () => Promise<HistoryVerdict>,
): AsyncGenerator<Uint8Array> {
  const { workspace, timeZone, through, seals } = facts;
  yield line({ record: 'history', version: 1, workspace: workspace.id, name: workspace.name, timeZone, through });
  for await (const row of facts.rows()) yield line(updateRecord(row, facts));
  for (const { day, heads, previousHash, hash } of seals) {
    yield line({ record: 'seal', day, heads, previousHash, hash });
  }
  const verdict = await verify();
  const whole = verdict.broken.length === 0 && verdict.brokenSeal === null;
  yield line({ record: 'verdict', whole, ...verdict });
}

const line = (value: object): Uint8Array => encoder.encode(`${JSON.stringify(value)}\n`);

function updateRecord(row: HistoryRow, words: Words): object {
  const { update, person, group, evidence, sealed } = row;
  return {
    record: 'update',
    sequence: update.sequence,
    workspace: update.workspace,
    year: update.year,
    task: update.task,
    number: update.number,
    at: update.at.toISOString(),
    personId: update.personId,
    unitId: update.unitId,
    role: update.role,
    groupId: update.groupId,
    platform: update.platform,
    messageId: update.messageId,
    kind: update.kind,
    note: update.note,
    percent: update.percent,
    changes: update.changes,
    details: update.details,
    undoes: update.undoes,
    version: update.version,
    algorithm: update.algorithm,
    previousHash: update.previousHash,
    hash: update.hash,
    code: codeText(row, words),
    title: titleText(row, words),
    unit: unitText(row, words) || null,
    person,
    group,
    evidence,
    sealed,
  };
}
