/** Threads, messages, turns, products with their full-text index, usage. Times are milliseconds since 1970. */
export const initial = `
CREATE TABLE threads (
  id          TEXT PRIMARY KEY,
  shop        TEXT NOT NULL,
  visitor_id  TEXT NOT NULL,
  title       TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX threads_by_visitor ON threads (shop, visitor_id, updated_at DESC);

CREATE TABLE messages (
  seq                INTEGER PRIMARY KEY,
  id                 TEXT NOT NULL UNIQUE,
  thread_id          TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  role               TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
  parts              TEXT NOT NULL,
  created_at         INTEGER NOT NULL,
  client_message_id  TEXT,
  finish             TEXT,
  error              TEXT
) STRICT;
CREATE INDEX messages_by_thread ON messages (thread_id, seq);

CREATE TABLE turns (
  id                    TEXT PRIMARY KEY,
  thread_id             TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  shop                  TEXT NOT NULL,
  visitor_id            TEXT NOT NULL,
  user_message_id       TEXT NOT NULL,
  assistant_message_id  TEXT NOT NULL,
  client_message_id     TEXT NOT NULL,
  locale                TEXT NOT NULL,
  status                TEXT NOT NULL,
  attempts              INTEGER NOT NULL,
  started_at            INTEGER NOT NULL,
  ended_at              INTEGER
) STRICT;
-- The same message never makes a second turn, and a thread has one running turn at the most.
CREATE UNIQUE INDEX turns_by_client_message ON turns (shop, visitor_id, client_message_id);
CREATE INDEX turns_by_end ON turns (ended_at);
CREATE UNIQUE INDEX turns_running ON turns (thread_id) WHERE status = 'running';

-- What running turns say, as SSE frames: a row holds all that was committed together, of all turns. Read after a crash.
CREATE TABLE journal (
  id      INTEGER PRIMARY KEY,
  frames  TEXT NOT NULL
) STRICT;

-- All that a turn has said that is over or was broken off, in one row. Gone some time after its end.
CREATE TABLE turn_events (
  turn_id  TEXT PRIMARY KEY REFERENCES turns (id) ON DELETE CASCADE,
  frames   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE products (
  row          INTEGER PRIMARY KEY,
  shop         TEXT NOT NULL,
  id           INTEGER NOT NULL,
  external_id  TEXT NOT NULL,
  hash         TEXT NOT NULL,
  min_price    INTEGER NOT NULL,
  max_price    INTEGER NOT NULL,
  available    INTEGER NOT NULL,
  on_sale      INTEGER NOT NULL,
  json         TEXT NOT NULL,
  UNIQUE (shop, id),
  UNIQUE (shop, external_id)
) STRICT;
-- Words come in normalised, so the tokenizer has only to split at spaces. "scope" holds the shop as one word.
CREATE VIRTUAL TABLE products_fts USING fts5 (scope, title, labels, body, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');

CREATE TABLE usage (
  id                  INTEGER PRIMARY KEY,
  shop                TEXT NOT NULL,
  thread_id           TEXT NOT NULL,
  turn_id             TEXT NOT NULL,
  model               TEXT NOT NULL,
  input_tokens        INTEGER NOT NULL,
  cached_tokens       INTEGER NOT NULL,
  cache_write_tokens  INTEGER NOT NULL,
  output_tokens       INTEGER NOT NULL,
  reasoning_tokens    INTEGER NOT NULL,
  estimated           INTEGER NOT NULL,
  first_token_ms      INTEGER,
  duration_ms         INTEGER NOT NULL,
  outcome             TEXT NOT NULL CHECK (outcome IN ('running', 'ok', 'cancelled', 'error')),
  created_at          INTEGER NOT NULL
) STRICT;
CREATE INDEX usage_by_turn ON usage (turn_id);
CREATE INDEX usage_running ON usage (turn_id) WHERE outcome = 'running';
CREATE INDEX usage_by_shop ON usage (shop, created_at);
`;
