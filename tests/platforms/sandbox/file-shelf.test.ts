import { describe, expect, it } from 'vitest';

import { type FileContent, reply } from '../../../src/chat/message.js';
import type { MadeFile } from '../../../src/platforms/adapter.js';
import { FileShelf, filesPath } from '../../../src/platforms/sandbox/file-shelf.js';

const content: FileContent = {
  kind: 'ledger',
  plans: [],
  unit: null,
  asOf: { moment: '', update: 0, ledgerVersion: 0 },
};
const file = reply.file('65项', '台账.xlsx', content);
const idOf = (url: string) => url.slice(filesPath.length);

describe('the shelf of files', () => {
  it('gives one address for one reply, and another for another', () => {
    const shelf = new FileShelf(async () => ({ kind: 'made', bytes: Buffer.from('x') }));
    expect(shelf.put('a', file)).toEqual(shelf.put('a', file));
    expect(shelf.put('b', file).url).not.toBe(shelf.put('a', file).url);
  });

  it('makes a file with each fetch, and then knows its size', async () => {
    let made = 0;
    const shelf = new FileShelf(async () => {
      made += 1;
      return { kind: 'made', bytes: Buffer.from('一份台账') };
    });
    const { url, size } = shelf.put('a', file);
    expect({ made, size }).toEqual({ made: 0, size: null });
    expect(await shelf.fetch(idOf(url))).toMatchObject({ name: '台账.xlsx', made: { kind: 'made' } });
    expect(shelf.put('a', file)).toEqual({ url, size: 12 });
    await shelf.fetch(idOf(url));
    expect(made).toBe(2);
  });

  it('tells why there is none', async () => {
    const busy: MadeFile = { kind: 'retry', afterMs: 1, why: '正在做别的文件', arrived: 'no' };
    const shelf = new FileShelf(async () => busy);
    const { url } = shelf.put('a', file);
    expect(await shelf.fetch(idOf(url))).toEqual({ name: '台账.xlsx', made: busy });
    expect(shelf.put('a', file).size).toBeNull();
  });

  it('forgets the oldest of more than two hundred', async () => {
    const shelf = new FileShelf(async () => ({ kind: 'made', bytes: Buffer.from('x') }));
    const urls = Array.from({ length: 201 }, (_, at) => shelf.put(`${at}`, file).url);
    expect(await shelf.fetch(idOf(urls[0] ?? ''))).toBeNull();
    expect(await shelf.fetch(idOf(urls[1] ?? ''))).not.toBeNull();
    expect(await shelf.fetch(idOf(urls[200] ?? ''))).not.toBeNull();
    expect(await shelf.fetch('../../etc/passwd')).toBeNull();
  });
});
