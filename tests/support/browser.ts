import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

import chromium, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

const packageFolder = path.resolve(path.dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');

/** Meant for a cloud function: one process, no web security. A page under test wants the browser people have. */
const unwanted = new Set(['--single-process', '--disable-web-security', '--allow-running-insecure-content']);

/** A headless Chromium that needs nothing of the machine: it brings its own libraries (nss, nspr, expat) and fonts. */
export async function launchBrowser(): Promise<Browser> {
  const folder = await unpacked();
  return playwright.launch({
    executablePath: path.join(folder, 'chromium'),
    args: chromium.args.filter((arg) => !unwanted.has(arg)),
    headless: true,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [path.join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_PATH: path.join(folder, 'fonts'),
    },
  });
}

/**
 * Unpacked once per version, aside and then renamed into place: the package itself writes straight to its final path,
 * where a run that was cut short, or another worker, leaves or meets half a browser.
 */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8'));
  const folder = path.join(os.tmpdir(), `duban-chromium-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(os.tmpdir(), { recursive: true });
  const aside = await mkdtemp(`${folder}-`);
  await unpackInto(aside);
  await writeFile(path.join(aside, 'fonts', 'fonts.conf'), fontConfiguration(folder));
  try {
    await rename(aside, folder);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // otherwise another worker was first
  }
  return folder;
}

/** The package unpacks to os.tmpdir() and nowhere else; it reads the name before its first await. */
async function unpackInto(folder: string): Promise<void> {
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  const unpacking = [chromium.executablePath(), inflate(path.join(packageFolder, 'bin', 'al2023.tar.br'))];
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  await Promise.all(unpacking);
}

/** The package's own names only /tmp/fonts, and the machine may have no fonts at all. */
const fontConfiguration = (folder: string) => `<?xml version="1.0"?>
<fontconfig>
  <dir>${folder}/fonts/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`;
