/** What the older part of a thread comes to, made once and told instead of it. */
export const summaries = `
CREATE TABLE summaries (
  thread_id    TEXT PRIMARY KEY REFERENCES threads (id) ON DELETE CASCADE,
  -- The last message that is in it.
  message_id   TEXT NOT NULL,
  text         TEXT NOT NULL,
  model        TEXT NOT NULL,
  created_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
