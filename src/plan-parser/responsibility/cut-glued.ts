import { looksLikeUnit } from './unit-names.js';

const longestGlued = 120;
const levelWords = '省市县区州旗各';

/** 某局县某局: the name of an office, then the first character of another one's. */
const seam = /(?<=局|委|办|厅|院|府|会|中心|大队|支队|公司)(?=[县市省州旗]|区[^域划]|各[有相乡镇街县市区旗苏社])/;

function cutAtKnown(name: string, known: ReadonlySet<string>): string[] {
  const parts: string[] = [];
  let from = 0;
  while (from < name.length) {
    let end = name.length;
    while (end > from && (end - from === name.length || !known.has(name.slice(from, end)))) end -= 1;
    const part = name.slice(from, end);
    if (end === from || !(levelWords.includes(name.charAt(from)) || known.has(part))) return [];
    parts.push(part);
    from = end;
  }
  return parts;
}

/** Parts two names with nothing between them, by the names the document uses elsewhere, else by how names begin. */
export function cutGlued(name: string, known: ReadonlySet<string>): string[] {
  if (name.length > longestGlued) return [name];
  const parts = cutAtKnown(name, known);
  if (parts.length > 1) return parts;
  if (known.has(name)) return [name];
  const guessed = name.split(seam);
  return guessed.every(looksLikeUnit) ? guessed : [name];
}
