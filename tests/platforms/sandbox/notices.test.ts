import { expect, it } from 'vitest';

import { startSandbox } from '../../support/sandbox.js';

it('tells somebody else at once what a message owes them', async () => {
  const sandbox = await startSandbox();
  const at = (address: string) => new URL(address, sandbox.url);
  const post = (address: string, body: unknown) =>
    fetch(at(address), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const office = async () => (await fetch(at(`/sandbox/state?as=${encodeURIComponent('督查室')}`))).text();
  try {
    await post('/sandbox/clock', { now: '2023-09-26T10:55:00+08:00' });
    const text = '/extend 气附-14 2024年1月15日 秸秆收储点验收推迟';
    await post('/sandbox/messages', { user: '县农业农村局联络员', private: true, text });
    // Sooner than the minute that looks for what was not sent.
    await expect.poll(office, { timeout: 15_000 }).toContain('县农业农村局申请将气附-14');
  } finally {
    await sandbox.stop();
  }
}, 30_000);
