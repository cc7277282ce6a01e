/**
 * What the desk's reports read: a row of figures for each turn, and the sums of a thread, both written in the
 * transactions that write the turn. A row of figures names nobody and holds no text, so it stays when its thread is deleted.
 */
export const reports = `
-- When the shopper first saw something of the answer, and what tools were run for it, as JSON.
ALTER TABLE turns ADD COLUMN first_at INTEGER;
ALTER TABLE turns ADD COLUMN steps TEXT;
CREATE INDEX turns_by_answer ON turns (assistant_message_id);

CREATE TABLE turn_figures (
  shop        TEXT NOT NULL,
  started_at  INTEGER NOT NULL,
  turn_id     TEXT NOT NULL,
  -- 1: it began its conversation.
  opened      INTEGER NOT NULL,
  -- 'running', or how the answer ended.
  outcome     TEXT NOT NULL,
  -- Its code.
  error       TEXT,
  hand_off    INTEGER NOT NULL DEFAULT 0,
  no_result   INTEGER NOT NULL DEFAULT 0,
  -- 1 or -1.
  rating      INTEGER,
  -- To what the shopper first saw, and to the end; NULL where a restart or the shopper's own yes was waited for.
  first_ms    INTEGER,
  whole_ms    INTEGER,
  PRIMARY KEY (shop, started_at, turn_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX turn_figures_by_age ON turn_figures (started_at);

ALTER TABLE threads ADD COLUMN questions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE threads ADD COLUMN errors INTEGER NOT NULL DEFAULT 0;
ALTER TABLE threads ADD COLUMN hand_offs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE threads ADD COLUMN no_results INTEGER NOT NULL DEFAULT 0;
ALTER TABLE threads ADD COLUMN ups INTEGER NOT NULL DEFAULT 0;
ALTER TABLE threads ADD COLUMN downs INTEGER NOT NULL DEFAULT 0;
-- Answers that the owner has marked as wrong.
ALTER TABLE threads ADD COLUMN wrong INTEGER NOT NULL DEFAULT 0;

-- What came into carts through the assistant: by its own doing or by a card's button.
CREATE TABLE cart_additions (
  turn_id      TEXT NOT NULL,
  addition_id  TEXT NOT NULL,
  shop         TEXT NOT NULL,
  by_card      INTEGER NOT NULL,
  product_id   INTEGER NOT NULL,
  quantity     INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (turn_id, addition_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cart_additions_by_shop ON cart_additions (shop, created_at, by_card, product_id, quantity);
CREATE INDEX cart_additions_by_age ON cart_additions (created_at);

-- What the owner says of an answer.
CREATE TABLE answer_notes (
  message_id  TEXT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  wrong       INTEGER NOT NULL,
  note        TEXT NOT NULL,
  written_by  TEXT NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Equal but for case and spaces: what the desk counts as one.
ALTER TABLE gaps ADD COLUMN key TEXT NOT NULL DEFAULT '';
UPDATE gaps SET key = lower(trim(query));
CREATE INDEX gaps_by_key ON gaps (shop, kind, key, created_at);
ALTER TABLE findings ADD COLUMN key TEXT NOT NULL DEFAULT '';
UPDATE findings SET key = lower(trim(text));
CREATE INDEX findings_by_key ON findings (shop, key, created_at);
-- Gaps of which the owner says that something was done; asked again later, they are open again.
CREATE TABLE gaps_done (
  shop     TEXT NOT NULL,
  kind     TEXT NOT NULL,
  key      TEXT NOT NULL,
  done_at  INTEGER NOT NULL,
  done_by  TEXT NOT NULL,
  PRIMARY KEY (shop, kind, key)
) STRICT, WITHOUT ROWID;

INSERT INTO turn_figures (shop, started_at, turn_id, opened, outcome, error, hand_off, no_result, rating)
  SELECT turns.shop, turns.started_at, turns.id,
    NOT EXISTS (SELECT 1 FROM turns earlier WHERE earlier.thread_id = turns.thread_id AND earlier.rowid < turns.rowid),
    CASE turns.status WHEN 'interrupted' THEN 'error' ELSE turns.status END,
    json_extract(messages.error, '$.code'),
    coalesce((SELECT max(json_extract(value, '$.code') = 'contact') FROM json_each(messages.parts)
      WHERE json_extract(value, '$.type') = 'notice'), 0),
    EXISTS (SELECT 1 FROM gaps WHERE gaps.thread_id = turns.thread_id AND gaps.turn_id = turns.id),
    CASE feedback.rating WHEN 'up' THEN 1 WHEN 'down' THEN -1 END
  FROM turns LEFT JOIN messages ON messages.id = turns.assistant_message_id
    LEFT JOIN feedback ON feedback.message_id = turns.assistant_message_id;
INSERT INTO cart_additions
  SELECT turns.id, json_extract(value, '$.callId'), turns.shop, 0, json_extract(value, '$.added.productId'),
    json_extract(value, '$.added.quantity'), coalesce(turns.ended_at, turns.started_at)
  FROM turns JOIN messages ON messages.id = turns.assistant_message_id, json_each(messages.parts)
  WHERE json_extract(value, '$.type') = 'cart' AND json_extract(value, '$.outcome.ok') = 1
    AND json_extract(value, '$.added.productId') IS NOT NULL
  ON CONFLICT DO NOTHING;
UPDATE threads SET questions = sums.questions, errors = sums.errors, hand_offs = sums.hand_offs,
    no_results = sums.no_results, ups = sums.ups, downs = sums.downs
  FROM (SELECT turns.thread_id, count(*) AS questions, sum(outcome = 'error') AS errors, sum(hand_off) AS hand_offs,
      sum(no_result) AS no_results, coalesce(sum(rating = 1), 0) AS ups, coalesce(sum(rating = -1), 0) AS downs
    FROM turns JOIN turn_figures figures
      ON figures.shop = turns.shop AND figures.started_at = turns.started_at AND figures.turn_id = turns.id
    GROUP BY 1) AS sums
  WHERE sums.thread_id = threads.id;

CREATE INDEX threads_with_errors ON threads (shop, updated_at) WHERE errors > 0;
CREATE INDEX threads_handed_off ON threads (shop, updated_at) WHERE hand_offs > 0;
CREATE INDEX threads_without_result ON threads (shop, updated_at) WHERE no_results > 0;
CREATE INDEX threads_rated ON threads (shop, updated_at) WHERE ups + downs > 0;
CREATE INDEX threads_wrong ON threads (shop, updated_at) WHERE wrong > 0;
`;
