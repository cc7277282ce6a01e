/** What the model made up and the shopper was not told: for the shop's owner. Goes with its thread. */
export const findings = `
CREATE TABLE findings (
  id          INTEGER PRIMARY KEY,
  shop        TEXT NOT NULL,
  thread_id   TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  turn_id     TEXT NOT NULL,
  kind        TEXT NOT NULL,
  text        TEXT NOT NULL,
  created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX findings_by_shop ON findings (shop, id DESC);
CREATE INDEX findings_by_thread ON findings (thread_id);
`;
