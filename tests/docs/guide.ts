import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { projectRoot } from '../../src/project-root.js';

export interface Guide {
  /** Below the project, as `docs/connect-wecom.md`. */
  file: string;
  text: string;
}

export const guides: Guide[] = readdirSync(path.join(projectRoot, 'docs'))
  .filter((name) => /^(?:connect-|public-address).*\.md$/.test(name))
  .map((name) => readGuide(`docs/${name}`));

/** The guides that connect a platform, in both languages. */
export const connecting = (['wecom', 'dingtalk', 'feishu'] as const).flatMap((platform) =>
  ['md', 'en.md'].map((language) => ({ platform, guide: readGuide(`docs/connect-${platform}.${language}`) })),
);

export function readGuide(file: string): Guide {
  return { file, text: readFileSync(path.join(projectRoot, file), 'utf8') };
}

/** The fenced blocks of one language. */
export function blocks({ text }: Guide, language: string): string[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, found, block = '']) =>
    found === language ? [block] : [],
  );
}

const prose = ({ text }: Guide) => text.replace(/^```[\s\S]*?^```$/gm, '');

/** What stands in single backticks outside of fenced blocks. */
export function spans(guide: Guide): string[] {
  return [...prose(guide).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
}

/** What a guide says that the log or the bot says, in pieces that stand in the code as they are. */
export function saidByDuban(guide: Guide): string[] {
  const text = prose(guide);
  const forms = [
    /(?:日志|log)(?:反复| repeats)? `([^`]+)`/g,
    /(?:回|得到|收到|会说)“([^”]+)”/g,
    /写“(发不出：[^”]+)”/g,
  ];
  return forms
    .flatMap((form) => [...text.matchAll(form)].map(([, said = '']) => said))
    .flatMap((said) => said.replace('发不出：', '').split(/…|（.*$|(?<=返回)\d+/u))
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}

/** Headings by depth, and rows of tables: what both languages have alike. */
export function shape({ text }: Guide): string[] {
  return text.split('\n').flatMap((line) => {
    const [, depth] = /^(#+) /.exec(line) ?? [];
    if (depth) return [depth];
    return line.startsWith('|') ? [`row of ${line.split(' | ').length}`] : [];
  });
}

/** As GitHub names a heading in an address. */
export function anchors({ text }: Guide): Set<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/gu, '-'),
    ),
  );
}

/** Links to files of this project, and to headings in them. */
export function links({ file, text }: Guide): { target: string; anchor: string | null }[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, address = '']) => {
    if (/^\w+:/.test(address)) return [];
    const [relative = '', anchor = null] = address.split('#');
    const target = relative === '' ? file : path.posix.join(path.posix.dirname(file), relative);
    return [{ target, anchor: anchor === null ? null : decodeURIComponent(anchor) }];
  });
}
