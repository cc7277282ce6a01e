/**
 * What the desk says of shops, over their files: every version that was published, and one draft each. And which
 * conversations are the owner's own, from the preview and the playground: they count in no figure.
 */
export const shopSettings = `
CREATE TABLE shop_settings (
  shop     TEXT NOT NULL,
  version  INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  who      TEXT NOT NULL,
  note     TEXT NOT NULL,
  -- The version that it brought back; 0 is the file alone.
  undo_of  INTEGER,
  -- JSON: field → value.
  changes  TEXT NOT NULL,
  -- JSON: what the file said of these fields then.
  file     TEXT NOT NULL,
  PRIMARY KEY (shop, version)
) STRICT, WITHOUT ROWID;

-- The row stays when its draft ends, so that its numbers never come again.
CREATE TABLE shop_drafts (
  shop      TEXT PRIMARY KEY,
  id        TEXT NOT NULL,
  revision  INTEGER NOT NULL,
  based_on  INTEGER NOT NULL,
  -- NULL: there is none.
  changes   TEXT,
  who       TEXT NOT NULL,
  at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE threads ADD COLUMN own INTEGER NOT NULL DEFAULT 0;
ALTER TABLE turns ADD COLUMN own INTEGER NOT NULL DEFAULT 0;
`;
