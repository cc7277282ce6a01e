/** What shoppers asked and the shop had no answer to: for its owner. Goes with its thread. */
export const gaps = `
CREATE TABLE gaps (
  id          INTEGER PRIMARY KEY,
  shop        TEXT NOT NULL,
  thread_id   TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  turn_id     TEXT NOT NULL,
  kind        TEXT NOT NULL,
  query       TEXT NOT NULL,
  created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX gaps_by_shop ON gaps (shop, id DESC);
CREATE INDEX gaps_by_thread ON gaps (thread_id);
`;
