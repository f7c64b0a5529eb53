import { availableParallelism } from 'node:os';

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Started first, since nothing else would keep the other core busy at the end. */
const longest = ['sandbox/page', 'platforms/server', 'cli/connected', 'season', 'schedules'].map(
  (name) => `${name}.test.ts`,
);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((name) => moduleId.endsWith(name));
      return at < 0 ? longest.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

/** What starts no server and no program of its own shares the modules that it imports. */
const inside = [
  'chat',
  'commands',
  'delivery',
  'docs',
  'domain',
  'file-making',
  'language',
  'plan-parser',
  'services',
].map((folder) => `tests/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'inside', include: inside, isolate: false } },
      { extends: true, test: { name: 'whole', include: ['tests/**/*.test.ts'], exclude: inside } },
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxConcurrency: 8,
    // By itself it leaves one core of two idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
  },
});
