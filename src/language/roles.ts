import type { ActorRole } from '../domain/person.js';

/** As people write them; a longer word before one that begins it. */
const words: readonly [RegExp, ActorRole][] = [
  [/^(?:单位)?联络员|^联系人|^liaison/iu, 'liaison'],
  [/^调度(?:单位|员)|^专班|^coordinator/iu, 'coordinator'],
  [/^督查(?:室|员|人员)?|^督办员|^supervisor/iu, 'supervisor'],
  [/^(?:分管|县|市|主管)?领导|^分管|^leader/iu, 'leader'],
  [/^审计员|^审计|^auditor/iu, 'auditor'],
  [/^(?:系统)?管理员|^administrator|^admin/iu, 'administrator'],
];

export interface RoleMention {
  role: ActorRole;
  end: number;
}

/** The role with which a folded text begins. */
export function readRole(text: string): RoleMention | null {
  for (const [pattern, role] of words) {
    const found = pattern.exec(text);
    if (found) return { role, end: found[0].length };
  }
  return null;
}
