import { type FileContent, reply } from '../../src/chat/message.js';
import type { Delivery } from '../../src/platforms/adapter.js';

/** What it is made from no adapter reads. */
const unread: FileContent = {
  kind: 'ledger',
  plans: [],
  unit: null,
  asOf: { moment: '', update: 0, ledgerVersion: 0 },
};

/** A delivery of a file with these bytes. */
export function aFile(key: string, name = '台账.xlsx', bytes: Uint8Array = Buffer.from('一份台账')): Delivery {
  return {
    key,
    reply: reply.file('', name, unread),
    userIds: new Map(),
    makeFile: async () => ({ kind: 'made', bytes }),
  };
}
