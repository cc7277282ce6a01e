import { describe, expect, test } from 'vitest';
import type { NewTurn, Storage, StoredPart } from '../../../proxy/storage/types.ts';
import { testAskedAgain } from './asked-again-suite.ts';
import { testContactMessages } from './contact-suite.ts';
import { testCopies } from './copies-suite.ts';
import { testSpending } from './spending-suite.ts';
import { testSummaries } from './summaries-suite.ts';
import { testUsage } from './usage-suite.ts';

const question: NewTurn = {
  shop: 'pets',
  visitorId: 'vis_a',
  address: 'hash-of-an-address',
  threadId: null,
  clientMessageId: 'message-1',
  text: 'Food for a puppy?',
  locale: 'en',
  maxThreads: 100,
  maxMessages: 100,
  now: 1_000,
};

/**
 * What every implementation of the storage port must do.
 * @param open gives an empty one
 * @param reopen gives one with the same data, as after a crash: the first is neither closed nor used any more
 */
export function testStorage(
  name: string,
  open: () => Promise<Storage>,
  reopen: (storage: Storage) => Promise<Storage>,
): void {
  async function begun(storage: Storage, input: Partial<NewTurn> = {}) {
    const result = await storage.beginTurn({ ...question, ...input });
    if (result.outcome !== 'started') throw new Error(`expected a started turn, got ${result.outcome}`);
    return result.turn;
  }

  describe(name, () => {
    test('makes thread, question, empty answer and turn in one step', async () => {
      const storage = await open();
      const turn = await begun(storage);
      expect(turn).toMatchObject({
        status: 'running',
        shop: 'pets',
        visitorId: 'vis_a',
        address: 'hash-of-an-address',
        startedAt: 1_000,
        endedAt: null,
      });
      expect(await storage.threads('pets', 'vis_a', 10)).toMatchObject([
        { id: turn.threadId, title: 'Food for a puppy?' },
      ]);
      expect(await storage.messages(turn.threadId, 10)).toMatchObject([
        {
          id: turn.userMessageId,
          role: 'user',
          parts: [{ type: 'text', content: 'Food for a puppy?' }],
          clientMessageId: 'message-1',
        },
        { id: turn.assistantMessageId, role: 'assistant', parts: [], finish: null },
      ]);
    });

    test('keeps what was taken out of answers for the owner, newest first, as long as the thread', async () => {
      const storage = await open();
      const { threadId, id: turnId } = await begun(storage);
      const finding = { shop: 'pets', threadId, turnId, kind: 'amount' as const, text: '49 ₪', createdAt: 5 };
      await storage.addFinding(finding);
      await storage.addFinding({ ...finding, kind: 'code', text: 'SAVE20' });
      await storage.addFinding({ ...finding, threadId: 'thr_gone' });
      expect(await storage.findings('pets', 10)).toEqual([{ ...finding, kind: 'code', text: 'SAVE20' }, finding]);
      expect(await storage.findings('pets', 1)).toHaveLength(1);
      expect(await storage.findings('books', 10)).toEqual([]);
      await storage.deleteThread('pets', 'vis_a', threadId);
      expect(await storage.findings('pets', 10)).toEqual([]);
    });

    test('keeps what shoppers asked in vain for the owner, newest first, as long as the thread', async () => {
      const storage = await open();
      const { threadId, id: turnId } = await begun(storage);
      const gap = { shop: 'pets', threadId, turnId, kind: 'documents' as const, query: 'gift wrapping', createdAt: 5 };
      await storage.addGap(gap);
      await storage.addGap({ ...gap, kind: 'search', query: 'aquarium' });
      await storage.addGap({ ...gap, threadId: 'thr_gone' });
      expect(await storage.gaps('pets', 10)).toEqual([{ ...gap, kind: 'search', query: 'aquarium' }, gap]);
      expect(await storage.gaps('pets', 1)).toHaveLength(1);
      expect(await storage.gaps('books', 10)).toEqual([]);
      await storage.deleteThread('pets', 'vis_a', threadId);
      expect(await storage.gaps('pets', 10)).toEqual([]);
    });

    test('gives unguessable ids', async () => {
      const storage = await open();
      const turn = await begun(storage);
      expect(turn.id).toMatch(/^trn_[\w-]{22}$/);
      expect(turn.threadId).toMatch(/^thr_[\w-]{22}$/);
      expect(turn.assistantMessageId).toMatch(/^msg_[\w-]{22}$/);
    });

    test('joins a repeated message to its turn and writes nothing', async () => {
      const storage = await open();
      const turn = await begun(storage);
      const again = await storage.beginTurn(question);
      expect(again).toEqual({ outcome: 'repeated', turn });
      expect(await storage.threads('pets', 'vis_a', 10)).toHaveLength(1);
      expect(await storage.messages(turn.threadId, 10)).toHaveLength(2);
    });

    test("takes another visitor's equal message id for a message of its own", async () => {
      const storage = await open();
      const mine = await begun(storage);
      const theirs = await begun(storage, { visitorId: 'vis_b' });
      expect(theirs.threadId).not.toBe(mine.threadId);
    });

    test('refuses a second turn while one runs in the thread, and takes it afterwards', async () => {
      const storage = await open();
      const turn = await begun(storage);
      const second = { ...question, threadId: turn.threadId, clientMessageId: 'message-2' };
      expect(await storage.beginTurn(second)).toMatchObject({ outcome: 'busy', turn: { id: turn.id } });
      expect(await storage.messages(turn.threadId, 10)).toHaveLength(2);
      await storage.finishTurn({ turnId: turn.id, finish: 'stop', error: null, parts: [], now: 2_000 });
      expect(await storage.beginTurn(second)).toMatchObject({ outcome: 'started' });
    });

    test('knows no thread of another visitor or shop', async () => {
      const storage = await open();
      const { threadId } = await begun(storage);
      for (const stranger of [{ visitorId: 'vis_b' }, { shop: 'books' }]) {
        const owner = { ...question, ...stranger };
        expect(await storage.thread(owner.shop, owner.visitorId, threadId)).toBeUndefined();
        expect(await storage.threads(owner.shop, owner.visitorId, 10)).toEqual([]);
        expect(await storage.beginTurn({ ...owner, threadId, clientMessageId: 'message-3' })).toEqual({
          outcome: 'no_thread',
        });
      }
    });

    test('keeps the answer, how it ended and its error', async () => {
      const storage = await open();
      const turn = await begun(storage);
      const error = { code: 'model_timeout', message: 'too slow', retryable: true } as const;
      const parts: StoredPart[] = [
        { type: 'text', content: 'Try ' },
        { type: 'products', ids: [3, 1], title: 'Puppies' },
        { type: 'notice', code: 'search_only' },
      ];
      await storage.finishTurn({ turnId: turn.id, finish: 'error', error, parts, now: 2_000 });
      expect(await storage.message(turn.assistantMessageId)).toMatchObject({ parts, finish: 'error', error });
      expect(await storage.turn(turn.id)).toMatchObject({ status: 'error', endedAt: 2_000 });
    });

    test('ends a turn once: the first end stays', async () => {
      const storage = await open();
      const turn = await begun(storage);
      const first = { turnId: turn.id, error: null, now: 2_000 };
      await storage.finishTurn({ ...first, finish: 'stop', parts: [{ type: 'text', content: 'first' }] });
      await storage.finishTurn({ ...first, finish: 'error', parts: [{ type: 'text', content: 'second' }] });
      expect(await storage.message(turn.assistantMessageId)).toMatchObject({
        finish: 'stop',
        parts: [{ type: 'text', content: 'first' }],
      });
    });

    test('lists the turns that are still running', async () => {
      const storage = await open();
      const first = await begun(storage);
      const second = await begun(storage, { clientMessageId: 'message-2' });
      await storage.finishTurn({ turnId: first.id, finish: 'stop', error: null, parts: [], now: 2_000 });
      expect((await storage.runningTurns()).map((turn) => turn.id)).toEqual([second.id]);
    });

    test('gives the newest messages, oldest first', async () => {
      const storage = await open();
      const first = await begun(storage);
      await storage.finishTurn({ turnId: first.id, finish: 'stop', error: null, parts: [], now: 2_000 });
      const second = await begun(storage, {
        threadId: first.threadId,
        clientMessageId: 'message-2',
        text: 'And cheaper?',
      });
      const ids = (await storage.messages(first.threadId, 3)).map((message) => message.id);
      expect(ids).toEqual([first.assistantMessageId, second.userMessageId, second.assistantMessageId]);
    });

    test('names a thread by the beginning of its first message, never half an emoji', async () => {
      const storage = await open();
      await begun(storage, { text: `  many\n words ${'🐶'.repeat(100)}` });
      const [thread] = await storage.threads('pets', 'vis_a', 10);
      expect(thread!.title).toMatch(/^many words 🐶+…$/u);
      expect([...thread!.title]).toHaveLength(80);
    });

    test('finds the turn that a message made, for its sender only', async () => {
      const storage = await open();
      const turn = await begun(storage);
      expect(await storage.turnOfMessage('pets', 'vis_a', 'message-1')).toEqual(turn);
      expect(await storage.turnOfMessage('pets', 'vis_b', 'message-1')).toBeUndefined();
      expect(await storage.turnOfMessage('books', 'vis_a', 'message-1')).toBeUndefined();
      expect(await storage.turnOfMessage('pets', 'vis_a', 'message-2')).toBeUndefined();
    });

    test('takes no more threads of a visitor than allowed, and still goes on with those that are there', async () => {
      const storage = await open();
      const first = await begun(storage, { maxThreads: 2 });
      await begun(storage, { clientMessageId: 'message-2', maxThreads: 2 });
      const third = { ...question, clientMessageId: 'message-3', maxThreads: 2 };
      expect(await storage.beginTurn(third)).toEqual({ outcome: 'too_many_threads' });
      expect(await storage.threads('pets', 'vis_a', 10)).toHaveLength(2);
      expect(await storage.beginTurn({ ...third, visitorId: 'vis_b' })).toMatchObject({ outcome: 'started' });
      expect(await storage.beginTurn({ ...question, maxThreads: 2 })).toMatchObject({ outcome: 'repeated' });
      await storage.finishTurn({ turnId: first.id, finish: 'stop', error: null, parts: [], now: 2_000 });
      expect(await storage.beginTurn({ ...third, threadId: first.threadId })).toMatchObject({ outcome: 'started' });
    });

    test('takes a message only while its answer finds room in the thread as well', async () => {
      const storage = await open();
      const first = await begun(storage);
      await storage.finishTurn({ turnId: first.id, finish: 'stop', error: null, parts: [], now: 2_000 });
      const next = { ...question, threadId: first.threadId, clientMessageId: 'message-2' };
      expect(await storage.beginTurn({ ...next, maxMessages: 3 })).toEqual({ outcome: 'thread_full' });
      expect(await storage.messages(first.threadId, 10)).toHaveLength(2);
      expect(await storage.beginTurn({ ...next, maxMessages: 4 })).toMatchObject({ outcome: 'started' });
    });

    test("renames a thread of one's own, and no other", async () => {
      const storage = await open();
      const { threadId } = await begun(storage);
      expect(await storage.renameThread('pets', 'vis_b', threadId, 'Mine')).toBe(false);
      expect(await storage.renameThread('books', 'vis_a', threadId, 'Mine')).toBe(false);
      expect(await storage.renameThread('pets', 'vis_a', 'thr_none', 'Mine')).toBe(false);
      expect(await storage.thread('pets', 'vis_a', threadId)).toMatchObject({ title: 'Food for a puppy?' });
      expect(await storage.renameThread('pets', 'vis_a', threadId, 'Puppies')).toBe(true);
      expect(await storage.thread('pets', 'vis_a', threadId)).toMatchObject({ title: 'Puppies', updatedAt: 1_000 });
    });

    test("deletes a thread of one's own with all that hangs on it, and no other", async () => {
      const storage = await open();
      const turn = await begun(storage);
      const other = await begun(storage, { clientMessageId: 'message-2' });
      storage.keepEvents(turn.id, 'said');
      expect(await storage.deleteThread('pets', 'vis_b', turn.threadId)).toBe(false);
      expect(await storage.deleteThread('books', 'vis_a', turn.threadId)).toBe(false);
      expect(await storage.messages(turn.threadId, 10)).toHaveLength(2);
      expect(await storage.deleteThread('pets', 'vis_a', turn.threadId)).toBe(true);
      expect(await storage.thread('pets', 'vis_a', turn.threadId)).toBeUndefined();
      expect(await storage.messages(turn.threadId, 10)).toEqual([]);
      expect(await storage.message(turn.userMessageId)).toBeUndefined();
      expect(await storage.turn(turn.id)).toBeUndefined();
      expect(await storage.events(turn.id)).toBeUndefined();
      expect(await storage.deleteThread('pets', 'vis_a', turn.threadId)).toBe(false);
      expect(await storage.messages(other.threadId, 10)).toHaveLength(2);
    });

    test('keeps nothing of a turn that was deleted while it ran', async () => {
      const storage = await open();
      const turn = await begun(storage);
      await storage.deleteThread('pets', 'vis_a', turn.threadId);
      storage.keepEvents(turn.id, 'said');
      await storage.finishTurn({ turnId: turn.id, finish: 'stop', error: null, parts: [], now: 2_000 });
      expect(await storage.events(turn.id)).toBeUndefined();
      expect(await storage.turn(turn.id)).toBeUndefined();
    });

    test("deletes a shop's idle threads, the oldest first, a bounded number at a time, none in which a turn runs", async () => {
      const storage = await open();
      const threads: string[] = [];
      for (const n of [1, 2, 3, 4]) {
        const turn = await begun(storage, { clientMessageId: `message-${n}`, now: n });
        threads.push(turn.threadId);
        // The second one never ends.
        if (n !== 2) await storage.finishTurn({ turnId: turn.id, finish: 'stop', error: null, parts: [], now: n });
      }
      const books = await begun(storage, { shop: 'books', now: 1 });
      await storage.finishTurn({ turnId: books.id, finish: 'stop', error: null, parts: [], now: 1 });
      const left = async () => (await storage.threads('pets', 'vis_a', 10)).map(({ id }) => id).toReversed();
      expect(await storage.pruneThreads('pets', 1, 10)).toBe(0);
      expect(await storage.pruneThreads('pets', 4, 1)).toBe(1);
      expect(await left()).toEqual(threads.slice(1));
      expect(await storage.pruneThreads('pets', 4, 10)).toBe(1);
      expect(await left()).toEqual([threads[1], threads[3]]);
      expect(await storage.messages(threads[0]!, 10)).toEqual([]);
      expect(await storage.threads('books', 'vis_a', 10)).toHaveLength(1);
      expect(await storage.shopsWithThreads()).toEqual(['books', 'pets']);
    });

    test('journals what all turns say, in order, and forgets what is no longer needed', async () => {
      const storage = await open();
      const numbers = ['a', 'b', 'c', 'd'].map((frames) => storage.appendJournal(frames));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      expect(await storage.journal()).toEqual(['a', 'b', 'c', 'd']);
      expect(await storage.pruneJournal(numbers[2]!, 1)).toBe(1);
      expect(await storage.journal()).toEqual(['b', 'c', 'd']);
      expect(await storage.pruneJournal(numbers[2]!, 10)).toBe(1);
      expect(await storage.journal()).toEqual(['c', 'd']);
    });

    test('keeps what a turn has said, and forgets it long after its end, a bounded number at a time', async () => {
      const storage = await open();
      const turns = [];
      for (const n of [1, 2, 3]) turns.push(await begun(storage, { clientMessageId: `message-${n}` }));
      for (const { id } of turns) storage.keepEvents(id, 'first');
      for (const { id } of turns) storage.keepEvents(id, `all of ${id}`);
      expect(await storage.events(turns[0]!.id)).toBe(`all of ${turns[0]!.id}`);
      expect(await storage.events('trn_none')).toBeUndefined();
      for (const { id } of turns.slice(0, 2)) {
        await storage.finishTurn({ turnId: id, finish: 'stop', error: null, parts: [], now: 2_000 });
      }
      expect(await storage.pruneEvents(2_000, 10)).toBe(0);
      expect(await storage.pruneEvents(2_001, 1)).toBe(1);
      expect(await storage.pruneEvents(2_001, 10)).toBe(1);
      expect(await storage.events(turns[2]!.id)).toBe(`all of ${turns[2]!.id}`);
    });

    testContactMessages(open);
    testSpending(open);
    testCopies(open);
    testSummaries(open);
    testAskedAgain(open);
    testUsage(open, reopen);

    describe('an interrupted turn', () => {
      const window = { since: 1_500, maxAttempts: 3 };
      async function interrupted(storage: Storage, now = 2_000) {
        const turn = await begun(storage);
        const error = { code: 'model_interrupted', message: '', retryable: true } as const;
        const parts: StoredPart[] = [{ type: 'text', content: 'Half' }];
        await storage.finishTurn({ turnId: turn.id, finish: 'error', interrupted: true, error, parts, now });
        return turn;
      }

      test('shows what was said, and can be taken up again with an empty answer', async () => {
        const storage = await open();
        const turn = await interrupted(storage);
        expect(await storage.turn(turn.id)).toMatchObject({ status: 'interrupted', attempts: 1 });
        expect(await storage.message(turn.assistantMessageId)).toMatchObject({
          parts: [{ content: 'Half' }],
          finish: 'error',
        });
        expect((await storage.reopenable(turn.threadId, window))?.id).toBe(turn.id);
        expect(await storage.reopenTurn(turn.id, window)).toMatchObject({
          status: 'running',
          attempts: 2,
          endedAt: null,
        });
        expect(await storage.message(turn.assistantMessageId)).toMatchObject({ parts: [], finish: null, error: null });
        expect(await storage.reopenTurn(turn.id, window)).toBeUndefined();
      });

      test('can be stopped for good', async () => {
        const storage = await open();
        const turn = await interrupted(storage);
        await storage.cancelInterrupted(turn.id);
        expect(await storage.turn(turn.id)).toMatchObject({ status: 'cancelled' });
        expect(await storage.message(turn.assistantMessageId)).toMatchObject({
          parts: [{ content: 'Half' }],
          finish: 'cancelled',
          error: null,
        });
        expect(await storage.reopenTurn(turn.id, window)).toBeUndefined();
      });

      test('stays as it is when it is too old, was tried too often, or the thread has gone on', async () => {
        const storage = await open();
        const turn = await interrupted(storage);
        expect(await storage.reopenTurn(turn.id, { ...window, since: 2_001 })).toBeUndefined();
        expect(await storage.reopenTurn(turn.id, { ...window, maxAttempts: 1 })).toBeUndefined();
        await begun(storage, { threadId: turn.threadId, clientMessageId: 'message-2' });
        expect(await storage.reopenTurn(turn.id, window)).toBeUndefined();
        expect(await storage.reopenable(turn.threadId, window)).toBeUndefined();
      });

      test('is no turn that ended properly', async () => {
        const storage = await open();
        const turn = await begun(storage);
        await storage.finishTurn({ turnId: turn.id, finish: 'error', error: null, parts: [], now: 2_000 });
        expect(await storage.reopenTurn(turn.id, window)).toBeUndefined();
      });
    });
  });
}
