/**
 * A shop's documents, cut into chunks. Chunks live in generations as products do: one is visible from generation `since`
 * until before generation `until` of its document, so that a document is replaced by raising one number, and a chunk whose
 * text has stayed is neither written again nor given another id.
 */
export const documents = `
CREATE TABLE documents (
  id          TEXT PRIMARY KEY,
  shop        TEXT NOT NULL,
  -- The name of the file, or the address it is fetched from.
  source      TEXT NOT NULL,
  -- What of the shop's settings it comes from; '' where somebody added it by hand.
  origin      TEXT NOT NULL,
  kind        TEXT NOT NULL,
  title       TEXT NOT NULL,
  url         TEXT,
  lang        TEXT,
  enabled     INTEGER NOT NULL DEFAULT 1,
  status      TEXT NOT NULL,
  error       TEXT,
  bytes       INTEGER NOT NULL,
  pages       INTEGER,
  generation  INTEGER NOT NULL DEFAULT 0,
  chunks      INTEGER NOT NULL DEFAULT 0,
  -- Of the bytes, and what the server calls this version of them: unchanged, they are not read again.
  hash        TEXT NOT NULL DEFAULT '',
  etag        TEXT,
  -- The model of its chunks' vectors; null where they have none.
  embedded_by TEXT,
  -- Whose writing is under way; another one that begins takes over.
  writer      TEXT,
  added_at    INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  -- When a search last found something else because of it.
  changed_at  INTEGER NOT NULL DEFAULT 0,
  UNIQUE (shop, source)
) STRICT;
CREATE INDEX documents_by_shop ON documents (shop, added_at);

CREATE TABLE chunks (
  -- Never given twice: an old conversation must not find another passage under the id of one that is gone.
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  shop        TEXT NOT NULL,
  document    TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  since       INTEGER NOT NULL,
  until       INTEGER,
  ordinal     INTEGER NOT NULL,
  hash        TEXT NOT NULL,
  section     TEXT NOT NULL,
  text        TEXT NOT NULL,
  -- 32-bit floats, little-endian.
  embedding   BLOB
) STRICT;
CREATE INDEX chunks_by_document ON chunks (document, ordinal);
CREATE INDEX chunks_ended ON chunks (document, until) WHERE until IS NOT NULL;
CREATE INDEX chunks_with_vectors ON chunks (shop) WHERE embedding IS NOT NULL;

-- As products_fts: words come in normalised, and "scope" holds the shop as one word.
CREATE VIRTUAL TABLE chunks_fts USING fts5 (scope, title, section, body, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
CREATE TRIGGER chunks_gone AFTER DELETE ON chunks BEGIN
  DELETE FROM chunks_fts WHERE rowid = old.id;
END;
`;
