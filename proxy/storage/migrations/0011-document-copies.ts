/** What of a shop's documents lies in a provider's store, beside our own index. It outlives its document, until it is deleted there. */
export const documentCopies = `
CREATE TABLE document_stores (
  shop      TEXT NOT NULL,
  -- The provider's address and a mark of the key: a store's name means nothing elsewhere.
  endpoint  TEXT NOT NULL,
  store     TEXT NOT NULL,
  PRIMARY KEY (shop, endpoint)
) STRICT;

CREATE TABLE document_copies (
  id          INTEGER PRIMARY KEY,
  shop        TEXT NOT NULL,
  document    TEXT NOT NULL,
  endpoint    TEXT NOT NULL,
  store       TEXT NOT NULL,
  -- The provider's name for it; null where it did not get there.
  file        TEXT,
  -- Of all that was sent.
  hash        TEXT NOT NULL,
  state       TEXT NOT NULL,
  error       TEXT,
  updated_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX document_copies_by_shop ON document_copies (shop, document);
`;
