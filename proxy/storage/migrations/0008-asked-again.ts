/** Questions that are asked again, what the page said with them, and what shoppers think of answers. */
export const askedAgain = `
-- The question that took the place of this message; the owner still has both.
ALTER TABLE messages ADD COLUMN replaced_by TEXT;
-- With a question: the page it was asked on, as JSON.
ALTER TABLE messages ADD COLUMN page TEXT;

CREATE TABLE feedback (
  message_id  TEXT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  rating      TEXT NOT NULL CHECK (rating IN ('up', 'down')),
  reason      TEXT,
  comment     TEXT,
  created_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
