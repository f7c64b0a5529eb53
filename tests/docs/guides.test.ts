import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { pino } from 'pino';
import { describe, expect, it } from 'vitest';

import { loadCommands } from '../../src/chat/load-commands.js';
import { type Config, generalVariables, loadConfig } from '../../src/config.js';
import { knownVariables } from '../../src/config-platforms.js';
import { openPlatforms } from '../../src/open-platforms.js';
import { hostsOf as dingtalkHosts } from '../../src/platforms/dingtalk/settings.js';
import { hostsOf as wecomHosts } from '../../src/platforms/wecom/settings.js';
import { projectRoot } from '../../src/project-root.js';
import {
  anchors,
  blocks,
  connecting,
  type Guide,
  guides,
  links,
  readGuide,
  saidByDuban,
  shape,
  spans,
} from './guide.js';
import { variablesOf } from './shell.js';

const { list: commands } = await loadCommands();
const commandWords = commands.flatMap(({ name, aliases }) => [name, ...aliases]);
const variables = [...Object.values(knownVariables).flat(), ...generalVariables];
const code = ['src', 'commands']
  .flatMap((top) => readdirSync(path.join(projectRoot, top), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.name.endsWith('.ts'))
  .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');
const quoted = ({ text }: Guide) => [...text.matchAll(/“([^”\n]+)”/g)].map(([, said = '']) => said);
const load = (file: string) => loadConfig(variablesOf(file), projectRoot);

describe.each(guides.map((guide) => [guide.file, guide] as const))('%s', (_file, guide) => {
  it('names no variable that nobody reads', () => {
    const named = [...guide.text.matchAll(/\b(?:WECOM|DINGTALK|FEISHU|DUBAN)_[A-Z_]+/g)].map(([name]) => name);
    const isRead = (name: string) =>
      variables.some((one) => (name.endsWith('_') ? one.startsWith(name) : one === name));
    expect(named.filter((name) => !isRead(name))).toEqual([]);
  });

  it('names no chat command that does not exist', () => {
    const typed = [...spans(guide), ...blocks(guide, 'chat'), ...quoted(guide)].flatMap((said) =>
      [...said.matchAll(/(?<![\w./:-])\/([a-z]+|\p{Script=Han}+)(?![\w/.-])/gu)].map(([, word = '']) => word),
    );
    expect(typed.filter((word) => !commandWords.includes(word))).toEqual([]);
  });
});

it.each([...guides.map(({ file }) => file), 'README.md', 'README.zh-CN.md'])('%s links to what is there', (file) => {
  const dead = links(readGuide(file)).filter(({ target, anchor }) => {
    if (!existsSync(path.join(projectRoot, target))) return true;
    return anchor !== null && !anchors(readGuide(target)).has(anchor);
  });
  expect(dead).toEqual([]);
});

describe.each(connecting)('$guide.file', ({ platform, guide }) => {
  const files = blocks(guide, 'env');

  it('has a row for every variable of its platform', () => {
    const rows = [...guide.text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name = '']) => name);
    expect(rows.sort()).toEqual([...knownVariables[platform]].sort());
  });

  it('shows files of variables with which the bot starts', () => {
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(load(file).platforms[platform]).not.toBeNull();
  });

  it('names the callback addresses that these open, and no other', async () => {
    const named = new Set([...guide.text.matchAll(/\/webhooks(?:\/[a-z]+)+/g)].map(([address]) => address));
    expect([...named].sort()).toEqual([...new Set((await Promise.all(files.map(addressesOf))).flat())].sort());
  });

  it('lets every host through the firewall that the bot calls', () => {
    const [, firewall = ''] = guide.text.split(/^## (?:防火墙|Firewall)$/m);
    const called = hostsCalled(load(files[0] ?? '')).map((url) => new URL(url).hostname);
    expect(called.filter((host) => !firewall.includes(`| \`${host}\` |`))).toEqual([]);
  });

  it('quotes log and bot as they speak', () => {
    const said = saidByDuban(guide);
    expect(said.length).toBeGreaterThan(5);
    expect(said.filter((piece) => !code.includes(piece))).toEqual([]);
  });

  it('names eight troubles or more', () => {
    const [, troubles = ''] = guide.text.split(/^## (?:排查|Troubleshooting)$/m);
    expect(troubles.match(/^\| /gm)?.length).toBeGreaterThanOrEqual(2 + 8);
  });
});

async function addressesOf(file: string): Promise<string[]> {
  // The certificates of an example are nowhere.
  const env = Object.entries(variablesOf(file)).filter(([name]) => !name.endsWith('_CA_FILE'));
  const { platforms } = loadConfig(Object.fromEntries(env), projectRoot);
  const opened = await openPlatforms(platforms, { now: () => new Date(), log: pino({ level: 'silent' }) });
  await opened.close();
  return opened.webhooks.map((webhook) => webhook.path);
}

function hostsCalled({ platforms: { wecom, dingtalk, feishu } }: Config): string[] {
  return [
    ...(wecom ? wecomHosts({ apiUrl: wecom.apiUrl, bot: null, app: null }) : []),
    ...(wecom?.bot?.mode === 'stream' ? [wecom.bot.streamUrl] : []),
    ...(dingtalk ? dingtalkHosts(dingtalk) : []),
    ...(feishu ? [feishu.baseUrl] : []),
  ];
}

describe('both languages', () => {
  const english = guides.filter(({ file }) => file.endsWith('.en.md'));
  const twinOf = ({ file }: Guide) => file.replace('.en.md', '.md');

  it('have the same pages', () => {
    expect(english.map(twinOf)).toEqual(guides.map(({ file }) => file).filter((file) => !file.endsWith('.en.md')));
  });

  it.each(english.map((guide) => [guide.file, guide] as const))('%s is made like its twin', (_file, guide) => {
    const chinese = readGuide(twinOf(guide));
    expect(shape(guide)).toEqual(shape(chinese));
    for (const language of ['sh', 'chat', 'json', 'nginx']) {
      expect(blocks(guide, language)).toEqual(blocks(chinese, language));
    }
    const set = (one: Guide) => blocks(one, 'env').map((file) => file.replace(/=.*/g, ''));
    expect(set(guide)).toEqual(set(chinese));
  });
});
