import { describe, expect, it } from 'vitest';
import { cleanText } from '../../../src/domain/text.js';
import * as inbound from '../../../src/store/inbound.js';
import * as questions from '../../../src/store/pending-questions.js';
import type { Store } from '../../../src/store/store.js';
import * as updates from '../../../src/store/updates.js';
import { aClaim, aFullWorkspace, anUpdate, aQuestion, aWorkspace, liaison, message } from '../sample.js';

export function wordCases(store: () => Store): void {
  describe('words', () => {
    const roundTrip = async (note: string, payload: unknown) => {
      const workspace = await aFullWorkspace(store());
      await store().transaction(async (tx) => {
        await updates.appendUpdate(tx, workspace, anUpdate({ number: 2, note }));
        await questions.putQuestion(tx, workspace, aQuestion({ payload }));
      });
      const update = await updates.lastUpdateOfPerson(store().read, workspace, liaison);
      const question = await questions.findQuestion(store().read, workspace, liaison, 'c-1');
      return { note: update?.note, payload: question?.payload };
    };

    it.each([
      ['Chinese', '五个建制镇污水处理设施已投运，出水达标；𠮷村㐂镇'],
      ['emoji', '👩‍👩‍👧‍👦 好的 👍🏽 🇨🇳'],
      ['quotes and SQL', `'; DROP TABLE tasks; -- "\`\\`],
      ['lines and tabs', 'a\n\tb\n'],
      ['nothing', ''],
      ['NUL', cleanText('a\u0000b')],
      ['lone surrogates', cleanText('\ud83d a \ude00')],
    ])('come back as they were: %s', async (_, text) => {
      expect(await roundTrip(text, { text })).toEqual({ note: text, payload: { text } });
    });

    it('come back from JSON of a megabyte, keys in the order written', async () => {
      const payload = {
        z: '字'.repeat(300_000),
        a: [null, true, 1.5, -0.1, 1e21, { 键: '值' }],
        m: { b: 1, a: 2 },
        10: '十',
      };
      const { payload: back } = await roundTrip('', payload);
      expect(JSON.stringify(back)).toBe(JSON.stringify(payload));
    });

    it.each([[null], [false], [0], [''], [[]]])('keep the JSON value %j', async (payload) => {
      const workspace = await aWorkspace(store());
      await store().transaction(async (tx) => {
        await inbound.claimMessage(tx, workspace, aClaim());
        await inbound.storeReplies(tx, workspace, message, { replies: payload, commands: [], errorId: null });
      });
      expect((await inbound.findClaim(store().read, workspace, message))?.replies).toEqual(payload);
    });
  });
}
