/** What calls cost and who pays, where a turn was asked from, and the indices that deleting needs. */
export const spending = `
ALTER TABLE turns ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE usage ADD COLUMN cost_micro_usd INTEGER;

-- What an account has used, together with what is held on it.
CREATE TABLE spending (
  payer      TEXT NOT NULL,
  period     TEXT NOT NULL,
  tokens     INTEGER NOT NULL,
  micro_usd  INTEGER NOT NULL,
  PRIMARY KEY (payer, period)
) STRICT, WITHOUT ROWID;
CREATE INDEX spending_by_period ON spending (period);

-- The part of it that calls under way may still cost. Gone when the call ends.
CREATE TABLE held (
  usage_id   INTEGER NOT NULL REFERENCES usage (id) ON DELETE CASCADE,
  payer      TEXT NOT NULL,
  period     TEXT NOT NULL,
  tokens     INTEGER NOT NULL,
  micro_usd  INTEGER NOT NULL,
  PRIMARY KEY (usage_id, payer, period)
) STRICT, WITHOUT ROWID;

CREATE INDEX threads_by_age ON threads (shop, updated_at);
-- Without it, every deleted thread would be looked for in all turns.
CREATE INDEX turns_by_thread ON turns (thread_id);
`;
