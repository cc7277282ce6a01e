/** What shoppers wrote to the people of a shop, and how far its delivery is. */
export const contactMessages = `
CREATE TABLE contact_messages (
  id                 TEXT PRIMARY KEY,
  shop               TEXT NOT NULL,
  visitor_id         TEXT NOT NULL,
  -- The same form sent twice is one message.
  client_message_id  TEXT NOT NULL,
  -- The conversation that the shopper agreed to send with it; stays NULL otherwise, and when that is deleted.
  thread_id          TEXT REFERENCES threads (id) ON DELETE SET NULL,
  name               TEXT NOT NULL,
  email              TEXT NOT NULL,
  text               TEXT NOT NULL,
  locale             TEXT NOT NULL,
  created_at         INTEGER NOT NULL,
  -- When the owner said it is dealt with.
  handled_at         INTEGER,
  -- 'kept': nobody is told but who looks · 'waiting' · 'delivered' · 'failed': given up.
  delivery           TEXT NOT NULL,
  tries              INTEGER NOT NULL DEFAULT 0,
  next_try_at        INTEGER,
  error              TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX contact_by_client_message ON contact_messages (shop, visitor_id, client_message_id);
CREATE INDEX contact_by_shop ON contact_messages (shop, created_at DESC);
CREATE INDEX contact_waiting ON contact_messages (shop, next_try_at) WHERE delivery = 'waiting';
CREATE INDEX contact_by_thread ON contact_messages (thread_id);
`;
