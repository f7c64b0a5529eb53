/** What a message makes of its words besides showing them. */
export interface Marked {
  links: string[];
  /** Words that show bold, struck, as heading, list, code or the like. */
  formatted: string[];
}

const inline: [RegExp, number][] = [
  [/<([a-z]+)[^<>]*>(.*?)<\/\1>/gsu, 2],
  [/\*\*(.+?)\*\*/gu, 1],
  [/__(.+?)__/gu, 1],
  [/~~(.+?)~~/gu, 1],
  [/`(.+?)`/gu, 1],
  [/\*(.+?)\*/gu, 1],
  [/(?<![A-Za-z0-9])_([^_\n]+)_(?![A-Za-z0-9])/gu, 1],
];
const lines: [RegExp, number][] = [
  [/^(.+)\n {0,3}(?:=+|-+)[ \t]*$/gmu, 1],
  [/^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$/gmu, 0],
  [/^(?: {4,}|\t)(.+)$/gmu, 1],
  [/^ {0,3}#{1,6} *(.+)$/gmu, 1],
  [/^ {0,3}> ?(.*)$/gmu, 1],
  [/^ {0,3}(?:[-+*]|\d{1,9}[.)])(?:[ \t]+(.*))?$/gmu, 1],
];

/** Takes away the marks of markdown and notes what they did. More than any one client reads: what survives here survives there. */
export function readMarks(content: string, { links, formatted }: Marked): string {
  const noted =
    (into: string[], pattern: RegExp, shown: number, noted = shown) =>
    (text: string) =>
      text.replace(pattern, (...found) => {
        into.push(String(found[noted] ?? ''));
        return String(found[shown] ?? '');
      });
  return [
    noted(links, /!?\[([^\]]*)\]\(([^)]*)\)/gu, 1, 2),
    noted(links, /^ {0,3}\[[^\]]+\]:.*$/gmu, 0),
    noted(links, /<(https?:[^<>]*|[^<>\s@]+@[^<>\s]+)>/gu, 1),
    ...[...inline, ...lines].map(([pattern, group]) => noted(formatted, pattern, group)),
  ].reduce((text, read) => read(text), content);
}
