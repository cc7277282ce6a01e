/** What a call was for, which arm of a test asked it, by which prices it was billed; and sums that outlive the rows. */
export const usageFigures = `
-- 'answer' or 'summary'.
ALTER TABLE usage ADD COLUMN purpose TEXT NOT NULL DEFAULT 'answer';
-- '' where the shop tests nothing.
ALTER TABLE usage ADD COLUMN arm TEXT NOT NULL DEFAULT '';
-- 1: our own answer cache answered, and no model was asked.
ALTER TABLE usage ADD COLUMN from_cache INTEGER NOT NULL DEFAULT 0;
-- Tries that failed before the one that counts.
ALTER TABLE usage ADD COLUMN retries INTEGER NOT NULL DEFAULT 0;
-- The prices it was billed by, as JSON, and where they are from; NULL when nobody knows them.
ALTER TABLE usage ADD COLUMN price TEXT;
CREATE INDEX usage_by_age ON usage (created_at);

-- One row for each day (UTC) of a shop, model, arm and purpose: what its ended calls come to.
CREATE TABLE usage_days (
  shop                TEXT NOT NULL,
  day                 TEXT NOT NULL,
  model               TEXT NOT NULL,
  arm                 TEXT NOT NULL,
  purpose             TEXT NOT NULL,
  calls               INTEGER NOT NULL,
  from_cache          INTEGER NOT NULL,
  errors              INTEGER NOT NULL,
  retries             INTEGER NOT NULL,
  -- Calls whose figures are guessed, and calls that nobody knows the price of.
  estimated           INTEGER NOT NULL,
  unpriced            INTEGER NOT NULL,
  input_tokens        INTEGER NOT NULL,
  cached_tokens       INTEGER NOT NULL,
  cache_write_tokens  INTEGER NOT NULL,
  output_tokens       INTEGER NOT NULL,
  reasoning_tokens    INTEGER NOT NULL,
  cost_micro_usd      INTEGER NOT NULL,
  PRIMARY KEY (shop, day, model, arm, purpose)
) STRICT, WITHOUT ROWID;
INSERT INTO usage_days
  SELECT shop, strftime('%Y-%m-%d', created_at / 1000, 'unixepoch'), model, '', 'answer', count(*), 0, sum(outcome = 'error'), 0,
    sum(estimated), sum(cost_micro_usd IS NULL), sum(input_tokens), sum(cached_tokens), sum(cache_write_tokens),
    sum(output_tokens), sum(reasoning_tokens), coalesce(sum(cost_micro_usd), 0)
  FROM usage WHERE outcome <> 'running' GROUP BY 1, 2, 3;
`;
