import { expect, it } from 'vitest';

import { offices } from './office.js';
import { runSeason } from './season.js';

it.each([
  { office: 'usual', seed: 1, messages: 200, restarts: 2 },
  { office: 'strict', seed: 2, messages: 100, restarts: 0 },
  { office: 'trusting', seed: 3, messages: 100, restarts: 0 },
] as const)(
  'a season of $messages messages goes as the model predicts: $office, seed $seed',
  async ({ office, seed, messages, restarts }) => {
    const settings = offices[office];
    const tally = await runSeason({ seed, messages, settings, everyDay: false, daily: false, restarts });
    expect(tally.divergences.join('\n\n')).toBe('');
    expect(tally.messages).toBe(messages);
  },
  300_000,
);
