import { sizeText } from '../domain/evidence.js';
import { EvidenceFolder } from '../evidence/evidence-folder.js';
import { type Check, type Finding, fail, ok, skipped } from '../platforms/check/check.js';
import { type FaultyEvidence, verifyEvidence } from '../services/audit/verify-evidence.js';
import type { LedgerLook } from './ledger-look.js';
import type { Visit } from './visit.js';

const mostNamed = 10;

/** Whether what was handed over with reports is all there, and as it came. */
export function evidenceCheck({ evidenceFolder }: Visit, look: LedgerLook): Check {
  return look.ofEach('evidence', '报送附的材料', async (q, { id }, signal) => {
    if (evidenceFolder === null) return skipped('DUBAN_EVIDENCE 或 DUBAN_DATABASE 有误，见“环境变量”');
    const folder = new EvidenceFolder(evidenceFolder);
    const content = {
      size: (sha256: string) => folder.size(id, sha256),
      isWhole: async (sha256: string) => (await folder.read(id, sha256)) !== null,
    };
    const { pieces, bytes, read, faulty } = await verifyEvidence(q, id, content, signal);
    const named: Finding[] = faulty.slice(0, mostNamed).map((one) => fail(sayOf(one), todoFor(one, evidenceFolder)));
    const more = faulty.length - named.length;
    if (more > 0) named.push(fail(`另有${more}份材料对不上`, '请用最近的备份比对'));
    if (named.length > 0) return named;
    if (pieces === 0) return ok('还没有');
    const how = read < pieces ? `，其中${read}份核对了内容，其余核对了大小` : '';
    return ok(`${pieces}份，共${sizeText(bytes)}，都在 ${evidenceFolder}，和历史里封存的一致${how}`);
  });
}

function sayOf({ fault, year, code, sha256 }: FaultyEvidence): string {
  const piece = `${year}年 ${code} 的材料（${sha256.slice(0, 12)}…）`;
  switch (fault) {
    case 'unlisted':
      return `历史里封存了${piece}，登记不在了`;
    case 'unsealed':
      return `${piece}不是历史里封存的那一份`;
    case 'lost':
      return `${piece}的内容不在了`;
    case 'changed':
      return `${piece}的内容被改过`;
  }
}

function todoFor({ fault }: FaultyEvidence, folder: string): string {
  const byRow = fault === 'unlisted' || fault === 'unsealed';
  return byRow ? '请封存现在的数据库，用最近的备份比对' : `请从备份里把它放回 ${folder}，或核对 DUBAN_EVIDENCE`;
}
