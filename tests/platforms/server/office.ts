import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import Database from 'better-sqlite3';

import { projectRoot } from '../../../src/project-root.js';
import { runDuban, type Served, serveDuban } from '../../support/duban.js';
import { patience, type Site } from './site.js';

const clock = pathToFileURL(path.join(projectRoot, 'tests', 'support', 'shifted-clock.mjs')).href;

/** An office that runs the built program on a ledger of its own, connected to one platform, at any time. */
export class Office {
  readonly #site: Site;
  readonly #folder: string;
  #offsetMs = 0;
  #server: Served | null = null;
  #written = '';
  #ledger: Database.Database | null = null;

  private constructor(site: Site, folder: string) {
    this.#site = site;
    this.#folder = folder;
  }

  static async found(site: Site): Promise<Office> {
    return new Office(site, await mkdtemp(path.join(tmpdir(), `duban-office-${site.platform}-`)));
  }

  get #database(): string {
    return path.join(this.#folder, 'duban.db');
  }

  get #variables(): Record<string, string> {
    return {
      ...this.#site.variables,
      DUBAN_DATABASE: this.#database,
      DUBAN_LOG_LEVEL: 'trace',
      NODE_OPTIONS: `--import ${clock}`,
      CLOCK_OFFSET_MS: String(this.#offsetMs),
    };
  }

  /** Starts the server at that time, or so much later than the one before. */
  async open(when: string | { laterMs: number }): Promise<void> {
    if (typeof when === 'string') this.#offsetMs = Date.parse(when) - Date.now();
    else this.#offsetMs += when.laterMs;
    this.#server = await serveDuban(this.#variables);
    await this.#site.meet(this.#server.url, this.#offsetMs);
  }

  /** kill -9 */
  async cut(): Promise<void> {
    await this.#server?.kill();
    this.#written += this.#server?.printed() ?? '';
    this.#server = null;
  }

  /** Runs a command of the shell beside the server. */
  async run(...args: string[]): Promise<string> {
    const { code, out, err } = await runDuban(args, this.#variables, patience);
    if (code !== 0) throw new Error(`duban ${args.join(' ')} ended with ${code}: ${err}`);
    return out;
  }

  /** Counts or looks up something in the ledger, past the server. */
  look(query: string, ...values: unknown[]): unknown {
    this.#ledger ??= new Database(this.#database, { readonly: true });
    return this.#ledger.prepare(query).pluck().get(values);
  }

  /** What has been kept of what was handed over. */
  async evidence(): Promise<Buffer[]> {
    const folder = path.join(this.#folder, 'duban-evidence');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return Promise.all(files.map(({ parentPath, name }) => readFile(path.join(parentPath, name))));
  }

  written(): string {
    return this.#written + (this.#server?.printed() ?? '');
  }

  async close(): Promise<void> {
    await this.cut();
    this.#ledger?.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
