import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

import { compiledBefore } from '../support/compiled.js';

const program = new URL('./instance.ts', import.meta.url);
const typescript = new URL('../bench/typescript.mjs', import.meta.url);

/** A running program, or one that was killed. */
export class Instance {
  readonly #child: ChildProcess;
  #heard: (said: { failed?: string } | null) => void = () => {};

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (said: { failed?: string }) => this.#heard(said));
    child.on('exit', () => this.#heard(null));
  }

  static async start(location: string, platformUrl: string): Promise<Instance> {
    const child = fork(program, [location, platformUrl], {
      env: { ...process.env, ...compiledBefore },
      execArgv: [
        '--experimental-transform-types',
        '--disable-warning=ExperimentalWarning',
        '--import',
        typescript.href,
      ],
    });
    const [first] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (first?.ready !== true) throw new Error(`an instance did not start: ${JSON.stringify(first)}`);
    return new Instance(child);
  }

  /** One pass at this moment; `twice` is a timer that fires twice. Ends when it is done, or the program is killed. */
  async pass(at: number, twice: boolean): Promise<void> {
    const said = await new Promise<{ failed?: string } | null>((resolve) => {
      this.#heard = resolve;
      this.#child.send({ at, twice });
    });
    if (said?.failed) throw new Error(said.failed);
  }

  /** As a power cut ends it. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}
