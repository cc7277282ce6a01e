import { describe, expect, test } from 'vitest';
import type { NewTurn, Storage } from '../../../proxy/storage/types.ts';

const bounds = { maxThreads: 100, maxMessages: 100 };
const asked: NewTurn = {
  shop: 'pets',
  visitorId: 'vis_a',
  address: 'hash-of-an-address',
  threadId: null,
  clientMessageId: 'question-1',
  text: 'A bed?',
  locale: 'en',
  ...bounds,
  now: 1,
};

export function testAskedAgain(open: () => Promise<Storage>): void {
  async function begin(storage: Storage, input: Partial<NewTurn> = {}) {
    const begun = await storage.beginTurn({ ...asked, ...input });
    if (begun.outcome !== 'started') throw new Error(begun.outcome);
    return begun.turn;
  }

  async function answered(storage: Storage, input: Partial<NewTurn> = {}, content = 'This one.') {
    const turn = await begin(storage, input);
    const parts = [{ type: 'text' as const, content }];
    await storage.finishTurn({ turnId: turn.id, finish: 'stop', error: null, parts, now: 2 });
    return turn;
  }

  /** The texts of a thread, in order. */
  async function said(storage: Storage, threadId: string, withReplaced = false) {
    const rows = await storage.messages(threadId, 100, { withReplaced });
    return rows.map(({ parts }) => parts.map((part) => (part.type === 'text' ? part.content : '')).join(''));
  }

  describe('a question that is asked again', () => {
    test('takes the place of the last one and its answer; both are kept, marked', async () => {
      const storage = await open();
      const { threadId } = await answered(storage);
      await answered(storage, { threadId, clientMessageId: 'question-2', text: 'A bowl?' }, 'No bowls.');
      const again = { threadId, clientMessageId: 'question-3', replaces: 'question-2', text: 'A blue bowl?' };
      await answered(storage, again, 'This bowl.');
      expect(await said(storage, threadId)).toEqual(['A bed?', 'This one.', 'A blue bowl?', 'This bowl.']);
      const whole = await storage.messages(threadId, 100, { withReplaced: true });
      expect(whole.map(({ replaced }) => replaced)).toEqual([false, false, true, true, false, false]);
      expect(await said(storage, threadId, true)).toContain('No bowls.');
    });

    test('is the same one when it is sent again: once replaced, once begun', async () => {
      const storage = await open();
      const { threadId } = await answered(storage);
      const again = { ...asked, threadId, clientMessageId: 'question-2', replaces: 'question-1' };
      const turn = await answered(storage, again, 'Another.');
      expect(await storage.beginTurn(again)).toMatchObject({ outcome: 'repeated', turn: { id: turn.id } });
      expect(await said(storage, threadId)).toEqual(['A bed?', 'Another.']);
    });

    test('replaces nothing once the thread has gone on, and then writes nothing', async () => {
      const storage = await open();
      const { threadId } = await answered(storage);
      await answered(storage, { threadId, clientMessageId: 'question-2', text: 'A bowl?' });
      const late = { ...asked, threadId, clientMessageId: 'question-3', replaces: 'question-1' };
      expect(await storage.beginTurn(late)).toEqual({ outcome: 'not_last' });
      await answered(storage, { threadId, clientMessageId: 'question-4', replaces: 'question-2' });
      // In two tabs at once: the second finds what it meant replaced already.
      const second = { ...asked, threadId, clientMessageId: 'question-5', replaces: 'question-2' };
      expect(await storage.beginTurn(second)).toEqual({ outcome: 'not_last' });
      expect(await said(storage, threadId)).toHaveLength(4);
    });

    test('replaces nothing where the first never came, nor in another thread', async () => {
      const storage = await open();
      const { threadId } = await answered(storage);
      const other = await answered(storage, { clientMessageId: 'question-2', replaces: 'question-1' });
      await answered(storage, { threadId, clientMessageId: 'question-3', replaces: 'question-2' });
      await answered(storage, { threadId, clientMessageId: 'question-4', replaces: 'question-lost' });
      expect(await said(storage, threadId)).toHaveLength(6);
      expect(await said(storage, other.threadId)).toHaveLength(2);
    });

    test('waits for the answer that is under way', async () => {
      const storage = await open();
      const { threadId, id } = await begin(storage);
      const again = { ...asked, threadId, clientMessageId: 'question-2', replaces: 'question-1' };
      expect(await storage.beginTurn(again)).toMatchObject({ outcome: 'busy', turn: { id } });
      expect(await said(storage, threadId)).toHaveLength(2);
    });

    test('lets no turn be taken up again that it replaced', async () => {
      const storage = await open();
      const turn = await begin(storage);
      const end = { turnId: turn.id, finish: 'error' as const, interrupted: true, error: null, parts: [], now: 2 };
      await storage.finishTurn(end);
      await begin(storage, { threadId: turn.threadId, clientMessageId: 'question-2', replaces: 'question-1' });
      expect(await storage.reopenTurn(turn.id, { since: 0, maxAttempts: 3 })).toBeUndefined();
    });

    test('counts with what it replaced: a thread is full when it is full', async () => {
      const storage = await open();
      const { threadId } = await answered(storage);
      const again = { ...asked, threadId, clientMessageId: 'question-2', replaces: 'question-1', maxMessages: 3 };
      expect(await storage.beginTurn(again)).toEqual({ outcome: 'thread_full' });
      expect(await said(storage, threadId)).toEqual(['A bed?', 'This one.']);
    });

    test('takes along the summary that holds what it replaced, also one that comes too late', async () => {
      const storage = await open();
      const { threadId, assistantMessageId } = await answered(storage);
      const summary = { messageId: assistantMessageId, text: 'A bed.', model: 'small', createdAt: 3 };
      await storage.keepSummary(threadId, summary);
      await begin(storage, { threadId, clientMessageId: 'question-2', replaces: 'question-1' });
      expect(await storage.summary(threadId)).toBeUndefined();
      await storage.keepSummary(threadId, summary);
      expect(await storage.summary(threadId)).toBeUndefined();
    });
  });

  test('the page that a question was asked on is kept with it', async () => {
    const storage = await open();
    const page = { title: 'Blue bed', products: [{ id: 2, sku: 'BED-2' }] };
    const { userMessageId, assistantMessageId } = await begin(storage, { page });
    expect((await storage.message(userMessageId))!.page).toEqual(page);
    expect((await storage.message(assistantMessageId))!.page).toBeNull();
  });

  describe('an opinion on an answer', () => {
    const owner = { shop: 'pets', visitorId: 'vis_a', now: 5 };
    const down = { rating: 'down', reason: 'wrong', comment: 'It is red.' } as const;

    test('is kept, replaced by the next one, and taken back', async () => {
      const storage = await open();
      const { assistantMessageId: messageId, threadId } = await answered(storage);
      const opinion = async () => (await storage.messages(threadId, 10))[1]!.feedback;
      expect(await opinion()).toBeNull();
      expect(await storage.rateMessage({ ...owner, messageId, feedback: down })).toBe(true);
      expect(await opinion()).toEqual(down);
      expect(await storage.rateMessage({ ...owner, messageId, feedback: { rating: 'up' } })).toBe(true);
      expect(await opinion()).toEqual({ rating: 'up' });
      expect(await storage.rateMessage({ ...owner, messageId, feedback: null })).toBe(true);
      expect(await opinion()).toBeNull();
    });

    test('is nobody’s but the shopper’s own, and on nothing but an answer that has ended and stands', async () => {
      const storage = await open();
      const turn = await answered(storage);
      const rate = (messageId: string, stranger = {}) =>
        storage.rateMessage({ ...owner, messageId, feedback: down, ...stranger });
      expect(await rate(turn.assistantMessageId, { visitorId: 'vis_b' })).toBe(false);
      expect(await rate(turn.assistantMessageId, { shop: 'books' })).toBe(false);
      expect(await rate(turn.userMessageId)).toBe(false);
      expect(await rate('msg_none')).toBe(false);
      const { threadId } = turn;
      const next = await begin(storage, { threadId, clientMessageId: 'question-2', replaces: 'question-1' });
      expect(await rate(next.assistantMessageId)).toBe(false);
      expect(await rate(turn.assistantMessageId)).toBe(false);
    });

    test('goes with its thread', async () => {
      const storage = await open();
      const { assistantMessageId: messageId, threadId } = await answered(storage);
      await storage.rateMessage({ ...owner, messageId, feedback: down });
      expect(await storage.deleteThread('pets', 'vis_a', threadId)).toBe(true);
      expect(await storage.rateMessage({ ...owner, messageId, feedback: null })).toBe(false);
    });
  });
}
