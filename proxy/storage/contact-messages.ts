import type { Database } from 'better-sqlite3';
import { createId } from './ids.ts';
import type { AddedContactMessage, ContactMessageRow, NewContactMessage, Storage } from './types.ts';

interface Row {
  id: string;
  shop: string;
  visitor_id: string;
  client_message_id: string;
  thread_id: string | null;
  name: string;
  email: string;
  text: string;
  locale: string;
  created_at: number;
  handled_at: number | null;
  delivery: ContactMessageRow['delivery'];
  tries: number;
  next_try_at: number | null;
  error: string | null;
}

type Verbs = Pick<
  Storage,
  | 'addContactMessage'
  | 'contactMessages'
  | 'contactMessagesOf'
  | 'handleContactMessage'
  | 'dueContactMessages'
  | 'triedContactMessage'
  | 'deleteContactMessagesOf'
  | 'pruneContactMessages'
  | 'shopsWithContactMessages'
>;

export function createContactMessages(db: Database): Verbs {
  const repeated = db.prepare<[string, string, string], Row>(
    'SELECT * FROM contact_messages WHERE shop = ? AND visitor_id = ? AND client_message_id = ?',
  );
  const ownThread = db.prepare<[string, string, string]>(
    'SELECT 1 FROM threads WHERE id = ? AND shop = ? AND visitor_id = ?',
  );
  const count = db
    .prepare<[string, string], number>('SELECT count(*) FROM contact_messages WHERE shop = ? AND visitor_id = ?')
    .pluck();
  const insert = db.prepare<Record<string, unknown>, Row>(
    `INSERT INTO contact_messages
       (id, shop, visitor_id, client_message_id, thread_id, name, email, text, locale, created_at, delivery, next_try_at)
     VALUES
       (@id, @shop, @visitorId, @clientMessageId, @threadId, @name, @email, @text, @locale, @now, @delivery, @nextTryAt)
     RETURNING *`,
  );
  const newest = db.prepare<[string, number], Row>(
    'SELECT * FROM contact_messages WHERE shop = ? ORDER BY created_at DESC LIMIT ?',
  );
  const newestUnhandled = db.prepare<[string, number], Row>(
    'SELECT * FROM contact_messages WHERE shop = ? AND handled_at IS NULL ORDER BY created_at DESC LIMIT ?',
  );
  const ofVisitor = db.prepare<[string, string], Row>(
    'SELECT * FROM contact_messages WHERE shop = ? AND visitor_id = ? ORDER BY created_at DESC',
  );
  const handle = db.prepare<[number, string, string]>(
    'UPDATE contact_messages SET handled_at = coalesce(handled_at, ?) WHERE shop = ? AND id = ?',
  );
  // From one shop to the next along the index, and of each its first: however many wait, a few rows are read.
  const due = db.prepare<[number, string, number], Row>(
    `WITH RECURSIVE waiting (shop) AS (
       SELECT min(shop) FROM contact_messages WHERE delivery = 'waiting'
       UNION ALL
       SELECT (SELECT min(shop) FROM contact_messages WHERE delivery = 'waiting' AND shop > waiting.shop)
         FROM waiting WHERE waiting.shop IS NOT NULL)
     SELECT message.* FROM waiting JOIN contact_messages message ON message.id = (
         SELECT id FROM contact_messages WHERE shop = waiting.shop AND delivery = 'waiting' ORDER BY next_try_at LIMIT 1)
       WHERE message.next_try_at <= ? ORDER BY message.shop <= ?, message.shop LIMIT ?`,
  );
  const tried = db.prepare(
    `UPDATE contact_messages SET delivery = @delivery, tries = @tries, next_try_at = @nextTryAt, error = @error WHERE id = @id`,
  );
  const removeOf = db.prepare<[string, string]>('DELETE FROM contact_messages WHERE shop = ? AND visitor_id = ?');
  const removeOld = db.prepare<[string, number, number]>(
    `DELETE FROM contact_messages WHERE id IN (
       SELECT id FROM contact_messages WHERE shop = ? AND created_at < ? AND delivery <> 'waiting'
       ORDER BY created_at LIMIT ?)`,
  );
  const shops = db
    .prepare<[], string>(
      `WITH RECURSIVE named (shop) AS (
         SELECT min(shop) FROM contact_messages
         UNION ALL
         SELECT (SELECT min(shop) FROM contact_messages WHERE shop > named.shop) FROM named WHERE named.shop IS NOT NULL)
       SELECT shop FROM named WHERE shop IS NOT NULL`,
    )
    .pluck();

  const add = db.transaction((message: NewContactMessage): AddedContactMessage => {
    const { shop, visitorId, clientMessageId, threadId, maxMessages, ...rest } = message;
    const known = repeated.get(shop, visitorId, clientMessageId);
    if (known) return { outcome: 'repeated', message: fromRow(known) };
    if (threadId !== null && !ownThread.get(threadId, shop, visitorId)) return { outcome: 'no_thread' };
    if (count.get(shop, visitorId)! >= maxMessages) return { outcome: 'too_many' };
    const nextTryAt = rest.delivery === 'waiting' ? rest.now : null;
    const row = insert.get({ id: createId('con'), shop, visitorId, clientMessageId, threadId, nextTryAt, ...rest })!;
    return { outcome: 'added', message: fromRow(row) };
  });

  return {
    async addContactMessage(message) {
      return add.immediate(message);
    },
    async contactMessages(shop, { limit, unhandledOnly = false }) {
      return (unhandledOnly ? newestUnhandled : newest).all(shop, limit).map(fromRow);
    },
    async contactMessagesOf(shop, visitorId) {
      return ofVisitor.all(shop, visitorId).map(fromRow);
    },
    async handleContactMessage(shop, id, now) {
      return handle.run(now, shop, id).changes > 0;
    },
    async dueContactMessages(now, { limit, after = '' }) {
      return due.all(now, after, limit).map(fromRow);
    },
    async triedContactMessage(id, end) {
      tried.run({ id, ...end });
    },
    async deleteContactMessagesOf(shop, visitorId) {
      return removeOf.run(shop, visitorId).changes;
    },
    async pruneContactMessages(shop, before, limit) {
      return removeOld.run(shop, before, limit).changes;
    },
    async shopsWithContactMessages() {
      return shops.all();
    },
  };
}

function fromRow(row: Row): ContactMessageRow {
  return {
    id: row.id,
    shop: row.shop,
    visitorId: row.visitor_id,
    clientMessageId: row.client_message_id,
    threadId: row.thread_id,
    name: row.name,
    email: row.email,
    text: row.text,
    locale: row.locale,
    createdAt: row.created_at,
    handledAt: row.handled_at,
    delivery: row.delivery,
    tries: row.tries,
    nextTryAt: row.next_try_at,
    error: row.error,
  };
}
