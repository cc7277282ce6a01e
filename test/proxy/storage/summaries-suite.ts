import { describe, expect, test } from 'vitest';
import type { Storage, SummaryRow } from '../../../proxy/storage/types.ts';

const summary: SummaryRow = { messageId: 'msg_7', text: 'A bed for a large dog.', model: 'small', createdAt: 5 };

export function testSummaries(open: () => Promise<Storage>): void {
  async function thread(storage: Storage): Promise<string> {
    const begun = await storage.beginTurn({
      shop: 'pets',
      visitorId: 'vis_a',
      address: 'hash-of-an-address',
      threadId: null,
      clientMessageId: 'message-of-a-long-thread',
      text: 'A bed?',
      locale: 'en',
      maxThreads: 100,
      maxMessages: 100,
      now: 1,
    });
    if (begun.outcome !== 'started') throw new Error(begun.outcome);
    return begun.turn.threadId;
  }

  describe('the summary of a thread', () => {
    test('is none at first, and then the newest', async () => {
      const storage = await open();
      const threadId = await thread(storage);
      expect(await storage.summary(threadId)).toBeUndefined();
      await storage.keepSummary(threadId, summary);
      expect(await storage.summary(threadId)).toEqual(summary);
      const next = { ...summary, messageId: 'msg_19', text: 'And a blanket.', createdAt: 9 };
      await storage.keepSummary(threadId, next);
      expect(await storage.summary(threadId)).toEqual(next);
      expect(await storage.summary('thr_other')).toBeUndefined();
    });

    test('goes with its thread, and of one that is gone none is kept', async () => {
      const storage = await open();
      const threadId = await thread(storage);
      await storage.keepSummary(threadId, summary);
      await storage.deleteThread('pets', 'vis_a', threadId);
      expect(await storage.summary(threadId)).toBeUndefined();
      await storage.keepSummary(threadId, summary);
      expect(await storage.summary(threadId)).toBeUndefined();
    });
  });
}
