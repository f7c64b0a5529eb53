import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { loadCommands } from '../src/chat/load-commands.js';
import { projectRoot } from '../src/project-root.js';
import { type TestBot, testBot } from './support/test-bot.js';

/** What may import what of our own, by the longest beginning of its path that stands here. Its own folder always may. */
const mayImport: Record<string, string[]> = {
  'commands/': ['src/chat/', 'src/domain/', 'src/services/', 'src/language/fold.ts', 'src/errors.ts'],
  'src/domain/': [],
  'src/evidence/': ['src/domain/', 'src/plan-parser/', 'src/project-root.ts', 'src/threads/'],
  'src/language/': ['src/domain/'],
  'src/file-making/': ['src/domain/', 'src/project-root.ts', 'src/threads/'],
  'src/plan-parser/': ['src/domain/'],
  'src/roster-parser/': [
    'src/domain/',
    'src/language/',
    'src/plan-parser/document-refusal.ts',
    'src/plan-parser/formats/',
  ],
  'src/plan-reading/': ['src/domain/', 'src/plan-parser/', 'src/roster-parser/', 'src/project-root.ts', 'src/threads/'],
  'src/threads/': [],
  'src/store/': ['src/domain/'],
  // Where the migrations folder is; the map has no line for it.
  'src/store/migrations.ts': ['src/domain/', 'src/store/', 'src/project-root.ts'],
  'src/services/': ['src/domain/', 'src/store/', 'src/plan-parser/', 'src/chat/message.ts', 'src/errors.ts'],
  'src/chat/': ['src/domain/', 'src/language/', 'src/services/', 'src/errors.ts'],
  'src/chat/message.ts': [],
  'src/platforms/adapter.ts': ['src/chat/message.ts'],
  'src/platforms/asked-again.ts': [],
  'src/platforms/body-limit.ts': [],
  'src/platforms/download.ts': ['src/platforms/adapter.ts', 'src/platforms/http.ts'],
  'src/platforms/full-width.ts': [],
  'src/platforms/held-token.ts': [],
  'src/platforms/json-or-null.ts': [],
  'src/platforms/http.ts': ['src/platforms/json-or-null.ts'],
  'src/platforms/kept-open.ts': ['src/platforms/adapter.ts'],
  'src/platforms/read-body.ts': [],
  'src/platforms/safe-address.ts': [],
  'src/platforms/split-text.ts': [],
  'src/platforms/typed-buttons.ts': ['src/chat/message.ts'],
  'src/platforms/uploads.ts': ['src/platforms/adapter.ts'],
  'src/platforms/check/': ['src/platforms/adapter.ts', 'src/platforms/http.ts', 'src/chat/message.ts'],
  'src/platforms/sandbox/': [
    'src/platforms/adapter.ts',
    'src/platforms/body-limit.ts',
    'src/platforms/safe-address.ts',
    'src/chat/message.ts',
  ],
  'src/platforms/feishu/': [
    'src/platforms/adapter.ts',
    'src/platforms/check/',
    'src/platforms/download.ts',
    'src/platforms/held-token.ts',
    'src/platforms/http.ts',
    'src/platforms/json-or-null.ts',
    'src/platforms/kept-open.ts',
    'src/platforms/read-body.ts',
    'src/platforms/safe-address.ts',
    'src/platforms/split-text.ts',
    'src/platforms/typed-buttons.ts',
    'src/platforms/uploads.ts',
    'src/chat/message.ts',
  ],
  'src/platforms/dingtalk/': [
    'src/platforms/asked-again.ts',
    'src/platforms/adapter.ts',
    'src/platforms/check/',
    'src/platforms/full-width.ts',
    'src/platforms/download.ts',
    'src/platforms/held-token.ts',
    'src/platforms/http.ts',
    'src/platforms/json-or-null.ts',
    'src/platforms/kept-open.ts',
    'src/platforms/read-body.ts',
    'src/platforms/safe-address.ts',
    'src/platforms/split-text.ts',
    'src/platforms/typed-buttons.ts',
    'src/platforms/uploads.ts',
    'src/chat/message.ts',
  ],
  'src/platforms/wecom/': [
    'src/platforms/asked-again.ts',
    'src/platforms/adapter.ts',
    'src/platforms/check/',
    'src/platforms/full-width.ts',
    'src/platforms/download.ts',
    'src/platforms/held-token.ts',
    'src/platforms/http.ts',
    'src/platforms/json-or-null.ts',
    'src/platforms/kept-open.ts',
    'src/platforms/read-body.ts',
    'src/platforms/split-text.ts',
    'src/platforms/typed-buttons.ts',
    'src/platforms/uploads.ts',
    'src/chat/message.ts',
  ],
  'src/delivery/': ['src/store/', 'src/platforms/adapter.ts', 'src/chat/message.ts', 'src/domain/'],
  'src/schedule/': ['src/services/'],
  'src/doctor/': [
    'src/config.ts',
    'src/config-platforms.ts',
    'src/data-folder.ts',
    'src/domain/',
    'src/evidence/',
    'src/holidays.ts',
    'src/node-version.ts',
    'src/open-platforms.ts',
    'src/platforms/',
    'src/services/',
    'src/store/',
  ],
  'src/errors.ts': [],
  'src/node-version.ts': [],
  'src/project-root.ts': [],
  // A time without an offset is one on a wall: the domain knows how to read it.
  'src/config.ts': ['src/domain/local-date.ts', 'src/config-platforms.ts'],
  'src/config-platforms.ts': ['src/platforms/safe-address.ts'],
  'src/app.ts': ['src/bot.ts', 'src/console.ts', 'src/platforms/', 'src/web/'],
  'src/web/': ['src/services/', 'src/domain/'],
  'src/console.ts': ['src/bot.ts', 'src/chat/message.ts', 'src/errors.ts'],
  'src/open-platforms.ts': ['src/bot.ts', 'src/config-platforms.ts', 'src/platforms/'],
  'src/bot.ts': [
    'src/chat/',
    'src/domain/rule-pack.ts',
    'src/delivery/',
    'src/domain/',
    'src/evidence/',
    'src/evidence-sweep.ts',
    'src/file-collector.ts',
    'src/file-intake.ts',
    'src/file-making/',
    'src/file-source.ts',
    'src/language/',
    'src/plan-reading/',
    'src/platforms/adapter.ts',
    'src/services/',
    'src/store/',
  ],
  'src/file-source.ts': [
    'src/chat/message.ts',
    'src/domain/',
    'src/evidence/',
    'src/file-making/',
    'src/platforms/adapter.ts',
    'src/services/',
    'src/store/',
  ],
  'src/file-intake.ts': [
    'src/chat/',
    'src/domain/',
    'src/errors.ts',
    'src/evidence/',
    'src/plan-reading/',
    'src/services/',
    'src/store/',
  ],
  'src/file-collector.ts': [
    'src/chat/message.ts',
    'src/domain/',
    'src/file-intake.ts',
    'src/platforms/adapter.ts',
    'src/services/',
    'src/store/',
    'src/threads/',
  ],
  'src/evidence-sweep.ts': ['src/domain/', 'src/evidence/', 'src/services/', 'src/store/'],
  'src/data-folder.ts': ['src/domain/'],
  'src/holidays.ts': ['src/data-folder.ts', 'src/domain/'],
  'src/rule-packs.ts': ['src/data-folder.ts', 'src/domain/', 'src/project-root.ts'],
  'src/sentence-words.ts': ['src/data-folder.ts', 'src/language/', 'src/project-root.ts'],
  'src/load-data.ts': [
    'src/data-folder.ts',
    'src/domain/',
    'src/plan-parser/',
    'src/plan-reading/',
    'src/services/',
    'src/store/',
    'src/chat/message.ts',
  ],
  'src/sandbox-state.ts': ['src/chat/', 'src/domain/', 'src/platforms/', 'src/store/'],
  'src/main.ts': ['src/'],
  'src/cli/': ['src/'],
};

/** Libraries that live in one place. */
const livesIn: Record<string, string | string[]> = {
  'drizzle-orm': 'src/store/',
  'drizzle-kit': 'src/store/',
  'better-sqlite3': 'src/store/',
  pg: 'src/store/',
  'node-schedule': 'src/schedule/',
  commander: 'src/cli/',
  hucre: 'src/file-making/',
  htmlparser2: ['src/plan-parser/', 'src/platforms/wecom/'],
  'opencc-js': ['src/plan-parser/', 'src/language/'],
  unpdf: 'src/plan-parser/',
  ws: 'src/platforms/kept-open.ts',
  yauzl: 'src/plan-parser/',
  '@bufbuild/protobuf': 'src/platforms/feishu/',
};

/** Who may look at the process and at the wall clock. */
const mayRead: Record<string, { pattern: RegExp; places: string[] }> = {
  'process.env': { pattern: /\bprocess\.env\b/, places: ['src/cli/'] },
  'the wall clock': { pattern: /\bnew Date\(\)|\bDate\.now\(\)/, places: ['src/main.ts'] },
};

const files = ['src', 'commands'].flatMap((top) =>
  readdirSync(path.join(projectRoot, top), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(top, name.replaceAll(path.sep, '/'))),
);
const textOf = (file: string) => readFileSync(path.join(projectRoot, file), 'utf8');
const importsOf = (file: string) =>
  [...textOf(file).matchAll(/(?:\bfrom|^import|\bimport\()\s*'([^']+)'/gm)].map(([, name = '']) => name);
const ours = (file: string) =>
  importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.posix.join(path.posix.dirname(file), name).replace(/\.js$/, '.ts'));
const ruleFor = (file: string) =>
  Object.keys(mayImport)
    .filter((begin) => file.startsWith(begin))
    .sort((a, b) => b.length - a.length)[0];
/** `commands/` is the one folder whose files do not import each other. */
const isOwn = (rule: string, target: string) => rule.endsWith('/') && rule !== 'commands/' && target.startsWith(rule);

describe('the map of the code', () => {
  it('has a line for every file', () => {
    expect(files.filter((file) => ruleFor(file) === undefined)).toEqual([]);
  });

  it.each(Object.keys(mayImport))('%s imports only what its line allows', (rule) => {
    const held = files.filter((file) => ruleFor(file) === rule);
    const strays = held.flatMap((file) =>
      ours(file)
        .filter((target) => !isOwn(rule, target) && !mayImport[rule]?.some((begin) => target.startsWith(begin)))
        .map((target) => `${file} → ${target}`),
    );
    expect(held).not.toEqual([]);
    expect(strays).toEqual([]);
  });

  it.each(Object.entries(livesIn))('%s is imported only in %s', (library, place) => {
    const users = files.filter((file) => importsOf(file).some((name) => `${name}/`.startsWith(`${library}/`)));
    expect(users.filter((file) => ![place].flat().some((one) => file.startsWith(one)))).toEqual([]);
  });

  it.each(Object.entries(mayRead))('%s is read only where it is allowed', (_what, { pattern, places }) => {
    const readers = files.filter((file) => pattern.test(textOf(file)));
    expect(readers.filter((file) => !places.some((place) => file.startsWith(place)))).toEqual([]);
    expect(readers).not.toEqual([]);
  });
});

const commands = await loadCommands();

describe.each(commands.list)('commands/$name.ts', ({ name, aliases, help }) => {
  let bot: TestBot;

  beforeAll(async () => {
    bot = await testBot();
  });
  afterAll(() => bot.stop());

  it('is named for its command', () => {
    expect(files).toContain(`commands/${name}.ts`);
  });

  it('has help', () => {
    expect(help.summary).toMatch(/\p{Script=Han}/u);
    expect(help.examples.length).toBeGreaterThan(0);
  });

  it.each(help.examples)('%s is understood', async (example) => {
    for (const user of ['成员', '县住建局联络员']) {
      const said = await bot.say(example, user);
      expect(said).not.toBe('');
      expect(said).not.toMatch(/系统出错|没看懂|是不是想输入/);
    }
  });

  it('shares no word with another command', () => {
    const others = commands.list.filter((other) => other.name !== name);
    const taken = new Set(others.flatMap((other) => [other.name, ...other.aliases]).map((word) => word.toLowerCase()));
    expect([name, ...aliases].filter((word) => taken.has(word.toLowerCase()))).toEqual([]);
  });
});
