import { describe, expect, test } from 'vitest';
import type { ContactMessageRow, NewContactMessage, Storage } from '../../../proxy/storage/types.ts';

let count = 0;

/** A message that nobody has sent before. */
export function contactMessage(changes: Partial<NewContactMessage> = {}): NewContactMessage {
  return {
    shop: 'pets',
    visitorId: 'vis_a',
    clientMessageId: `contact-${++count}`,
    threadId: null,
    name: 'Dana',
    email: 'dana@home.example',
    text: 'Is the blue bed coming back?',
    locale: 'en',
    delivery: 'waiting',
    now: 1_000,
    maxMessages: 3,
    ...changes,
  };
}

/** Adds one. @throws when it is refused */
export async function contacted(
  storage: Storage,
  changes: Partial<NewContactMessage> = {},
): Promise<ContactMessageRow> {
  const added = await storage.addContactMessage(contactMessage(changes));
  if (added.outcome !== 'added') throw new Error(added.outcome);
  return added.message;
}

async function threadOf(storage: Storage, visitorId: string): Promise<string> {
  const begun = await storage.beginTurn({
    shop: 'pets',
    visitorId,
    address: 'hash-of-an-address',
    threadId: null,
    clientMessageId: `question-${++count}`,
    text: 'A bed?',
    locale: 'en',
    maxThreads: 100,
    maxMessages: 100,
    now: 1_000,
  });
  if (begun.outcome !== 'started') throw new Error(begun.outcome);
  return begun.turn.threadId;
}

const gaveUp = { delivery: 'failed', tries: 12, nextTryAt: null, error: 'No such address.' } as const;

/** Messages to the people of a shop, as every implementation keeps them. */
export function testContactMessages(open: () => Promise<Storage>): void {
  describe('messages to the people of a shop', () => {
    test('are kept as they were written, with an unguessable id, and wait for delivery at once', async () => {
      const storage = await open();
      const threadId = await threadOf(storage, 'vis_a');
      const message = await contacted(storage, { threadId });
      expect(message).toEqual({
        id: expect.stringMatching(/^con_[\w-]{22}$/),
        shop: 'pets',
        visitorId: 'vis_a',
        clientMessageId: message.clientMessageId,
        threadId,
        name: 'Dana',
        email: 'dana@home.example',
        text: 'Is the blue bed coming back?',
        locale: 'en',
        createdAt: 1_000,
        handledAt: null,
        delivery: 'waiting',
        tries: 0,
        nextTryAt: 1_000,
        error: null,
      });
      expect(await storage.contactMessages('pets', { limit: 10 })).toEqual([message]);
      expect(await contacted(storage, { delivery: 'kept' })).toMatchObject({ delivery: 'kept', nextTryAt: null });
    });

    test('are one when the same form comes twice, of one visitor in one shop', async () => {
      const storage = await open();
      const form = contactMessage();
      const first = await storage.addContactMessage(form);
      expect(await storage.addContactMessage({ ...form, text: 'Changed on the way', now: 2_000 })).toEqual({
        ...first,
        outcome: 'repeated',
      });
      for (const changes of [{ visitorId: 'vis_b' }, { shop: 'books' }]) {
        expect(await storage.addContactMessage({ ...form, ...changes })).toMatchObject({ outcome: 'added' });
      }
    });

    test('take along no thread but one of their visitor in their shop', async () => {
      const storage = await open();
      const threadId = await threadOf(storage, 'vis_b');
      const refused = { outcome: 'no_thread' };
      expect(await storage.addContactMessage(contactMessage({ threadId }))).toEqual(refused);
      expect(await storage.addContactMessage(contactMessage({ threadId: 'thr_none' }))).toEqual(refused);
      const elsewhere = contactMessage({ threadId, visitorId: 'vis_b', shop: 'books' });
      expect(await storage.addContactMessage(elsewhere)).toEqual(refused);
      expect(await storage.contactMessages('pets', { limit: 10 })).toEqual([]);
    });

    test('are so many for one visitor and no more; the same one again is no further one', async () => {
      const storage = await open();
      const first = contactMessage();
      await storage.addContactMessage(first);
      for (let n = 0; n < 2; n++) await contacted(storage);
      expect(await storage.addContactMessage(contactMessage())).toEqual({ outcome: 'too_many' });
      expect(await storage.addContactMessage(first)).toMatchObject({ outcome: 'repeated' });
      expect(await storage.addContactMessage(contactMessage({ visitorId: 'vis_b' }))).toMatchObject({
        outcome: 'added',
      });
    });

    test('are listed newest first, of one shop or one visitor, and without those that are dealt with', async () => {
      const storage = await open();
      const older = await contacted(storage);
      const newer = await contacted(storage, { now: 2_000 });
      const other = await contacted(storage, { visitorId: 'vis_b', now: 3_000 });
      await contacted(storage, { shop: 'books' });
      const ids = async (unhandledOnly: boolean, limit = 10) =>
        (await storage.contactMessages('pets', { limit, unhandledOnly })).map(({ id }) => id);
      expect(await ids(false)).toEqual([other.id, newer.id, older.id]);
      expect(await ids(false, 1)).toEqual([other.id]);
      expect(await storage.contactMessagesOf('pets', 'vis_a')).toEqual([newer, older]);

      expect(await storage.handleContactMessage('pets', newer.id, 9_000)).toBe(true);
      expect(await storage.handleContactMessage('pets', newer.id, 9_999)).toBe(true);
      expect(await storage.handleContactMessage('books', older.id, 9_000)).toBe(false);
      expect(await storage.handleContactMessage('pets', 'con_none', 9_000)).toBe(false);
      expect(await ids(true)).toEqual([other.id, older.id]);
      expect(await storage.contactMessagesOf('pets', 'vis_a')).toMatchObject([
        { handledAt: 9_000 },
        { handledAt: null },
      ]);
    });

    test('are due when their time has come: one of each shop, in turns', async () => {
      const storage = await open();
      const [first, second] = [await contacted(storage, { now: 1_000 }), await contacted(storage, { now: 1_001 })];
      const book = await contacted(storage, { shop: 'books', now: 900 });
      await contacted(storage, { shop: 'toys', delivery: 'kept', now: 1 });
      const due = async (now: number, limit = 10, after = '') =>
        (await storage.dueContactMessages(now, { limit, after })).map(({ id }) => id);
      expect(await due(899)).toEqual([]);
      expect(await due(999)).toEqual([book.id]);
      expect(await due(5_000)).toEqual([book.id, first.id]);
      expect(await due(5_000, 1)).toEqual([book.id]);
      expect(await due(5_000, 1, 'books')).toEqual([first.id]);
      expect(await due(5_000, 10, 'books')).toEqual([first.id, book.id]);
      expect(await due(5_000, 10, 'pets')).toEqual([book.id, first.id]);

      const again = { delivery: 'waiting', tries: 1, nextTryAt: 6_000, error: 'It is asleep.' } as const;
      await storage.triedContactMessage(first.id, again);
      expect(await due(5_000)).toEqual([book.id, second.id]);
      expect(await storage.contactMessagesOf('pets', 'vis_a')).toMatchObject([{ id: second.id }, again]);
      await storage.triedContactMessage(second.id, { delivery: 'delivered', tries: 1, nextTryAt: null, error: null });
      await storage.triedContactMessage(book.id, gaveUp);
      expect(await due(5_999)).toEqual([]);
      expect(await due(6_000)).toEqual([first.id]);
    });

    test('stay without their thread when that is deleted, and go when their visitor wants it', async () => {
      const storage = await open();
      const threadId = await threadOf(storage, 'vis_a');
      const { id } = await contacted(storage, { threadId });
      await contacted(storage);
      await storage.deleteThread('pets', 'vis_a', threadId);
      expect(await storage.contactMessagesOf('pets', 'vis_a')).toContainEqual(
        expect.objectContaining({ id, threadId: null }),
      );
      await contacted(storage, { visitorId: 'vis_b' });
      expect(await storage.deleteContactMessagesOf('pets', 'vis_a')).toBe(2);
      expect(await storage.contactMessages('pets', { limit: 10 })).toMatchObject([{ visitorId: 'vis_b' }]);
      await storage.triedContactMessage(id, gaveUp);
      expect(await storage.contactMessagesOf('pets', 'vis_a')).toEqual([]);
    });

    test('are forgotten by their age, in steps, but none that still waits for delivery', async () => {
      const storage = await open();
      const old = { delivery: 'kept' as const, maxMessages: 10 };
      for (const now of [10, 20, 30]) await contacted(storage, { ...old, now });
      const waiting = await contacted(storage, { ...old, delivery: 'waiting', now: 5 });
      await contacted(storage, { ...old, shop: 'books', now: 10 });
      expect(await storage.shopsWithContactMessages()).toEqual(['books', 'pets']);
      expect(await storage.pruneContactMessages('pets', 30, 1)).toBe(1);
      expect(await storage.pruneContactMessages('pets', 30, 10)).toBe(1);
      expect(await storage.pruneContactMessages('pets', 30, 10)).toBe(0);
      expect(await storage.contactMessages('pets', { limit: 10 })).toMatchObject([{ createdAt: 30 }, { createdAt: 5 }]);
      await storage.triedContactMessage(waiting.id, gaveUp);
      expect(await storage.pruneContactMessages('pets', 30, 10)).toBe(1);
      expect(await storage.pruneContactMessages('books', 30, 10)).toBe(1);
      expect(await storage.shopsWithContactMessages()).toEqual(['pets']);
    });
  });
}
