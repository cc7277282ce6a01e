import type { Database } from 'better-sqlite3';
import type { EndedTurn, StoredPart, TurnRow } from './types.ts';

/** Of a turn, as the desk's reports count it. */
interface Figures {
  opened: 0 | 1;
  outcome: string;
  error: string | null;
  hand_off: 0 | 1;
  no_result: 0 | 1;
  rating: 1 | -1 | null;
  first_ms: number | null;
  whole_ms: number | null;
}

type Counted = Pick<TurnRow, 'id' | 'shop' | 'threadId' | 'startedAt'>;

/**
 * Figures of turns and the sums of their threads. Every function runs inside the transaction of who calls it, so that the
 * figures are never another story than the rows they are made of.
 */
export interface TurnFigures {
  begun(turn: Counted, opened: boolean): void;
  ended(turn: TurnRow, end: EndedTurn): void;
  change(turn: Counted, change: Partial<Figures>): void;
}

export function createTurnFigures(db: Database): TurnFigures {
  const KEY = 'shop = @shop AND started_at = @startedAt AND turn_id = @id';
  const one = db.prepare<Counted, Figures>(
    `SELECT opened, outcome, error, hand_off, no_result, rating, first_ms, whole_ms FROM turn_figures WHERE ${KEY}`,
  );
  const insert = db.prepare(
    `INSERT INTO turn_figures (shop, started_at, turn_id, opened, outcome) VALUES (@shop, @startedAt, @id, @opened, 'running')`,
  );
  const update = db.prepare(
    `UPDATE turn_figures SET outcome = @outcome, error = @error, hand_off = @hand_off, no_result = @no_result,
       rating = @rating, first_ms = @first_ms, whole_ms = @whole_ms WHERE ${KEY}`,
  );
  const count = db.prepare<[string]>('UPDATE threads SET questions = questions + 1 WHERE id = ?');
  const add = db.prepare(
    `UPDATE threads SET errors = errors + @errors, hand_offs = hand_offs + @handOffs, no_results = no_results + @noResults,
       ups = ups + @ups, downs = downs + @downs WHERE id = @threadId`,
  );
  const addition = db.prepare(
    `INSERT INTO cart_additions (turn_id, addition_id, shop, by_card, product_id, quantity, created_at)
     VALUES (?, ?, ?, 0, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );

  function change(turn: Counted, change: Partial<Figures>): void {
    const before = one.get(turn);
    if (!before) return;
    const after = { ...before, ...change };
    update.run({ ...turn, ...after });
    const [was, is] = [sumsOf(before), sumsOf(after)];
    const more = {
      errors: is.errors - was.errors,
      handOffs: is.handOffs - was.handOffs,
      noResults: is.noResults - was.noResults,
      ups: is.ups - was.ups,
      downs: is.downs - was.downs,
    };
    if (Object.values(more).some((difference) => difference !== 0)) add.run({ threadId: turn.threadId, ...more });
  }

  return {
    begun(turn, opened) {
      insert.run({ ...turn, opened: opened ? 1 : 0 });
      count.run(turn.threadId);
    },
    ended(turn, { finish, error, parts, firstAt = null, now }) {
      change(turn, {
        outcome: finish,
        error: error?.code ?? null,
        hand_off: parts.some((part) => part.type === 'notice' && part.code === 'contact') ? 1 : 0,
        ...timesOf(turn, parts, { finish, firstAt, now }),
      });
      if (turn.own) return;
      for (const part of parts) {
        if (part.type !== 'cart' || !part.added || !part.outcome.ok) continue;
        const { productId, quantity } = part.added;
        addition.run(turn.id, part.callId, turn.shop, productId, quantity, now);
      }
    },
    change,
  };
}

/** Only answers that were given in one go: how long a shopper thinks, or a restart takes, says nothing of the assistant. */
function timesOf(
  { startedAt, attempts }: TurnRow,
  parts: readonly StoredPart[],
  { finish, firstAt, now }: { finish: string; firstAt: number | null; now: number },
): Pick<Figures, 'first_ms' | 'whole_ms'> {
  if (attempts > 1) return { first_ms: null, whole_ms: null };
  const isWhole = (finish === 'stop' || finish === 'length') && !parts.some(({ type }) => type === 'cart');
  return {
    first_ms: firstAt === null ? null : Math.max(0, firstAt - startedAt),
    whole_ms: isWhole ? Math.max(0, now - startedAt) : null,
  };
}

function sumsOf({ outcome, hand_off, no_result, rating }: Figures) {
  return {
    errors: Number(outcome === 'error'),
    handOffs: hand_off,
    noResults: no_result,
    ups: Number(rating === 1),
    downs: Number(rating === -1),
  };
}
