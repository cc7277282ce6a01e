/**
 * The desk's figures once more, from the raw rows and in plain JavaScript: what an owner would get who read all of them.
 * Nothing here reads a table of sums.
 */
import Database from 'better-sqlite3';
import type {
  ConversationsQuery,
  GapGroup,
  OverviewQuery,
  PeriodReport,
  SlotFigures,
  StoredPart,
  UsageReportQuery,
  UsageReportRow,
} from '../../proxy/storage/types.ts';

const DAY = 24 * 60 * 60_000;
const HOUR = 60 * 60_000;

interface Turn {
  own: 0 | 1;
  id: string;
  thread_id: string;
  shop: string;
  assistant_message_id: string;
  status: string;
  attempts: number;
  started_at: number;
  ended_at: number | null;
  first_at: number | null;
}
interface Message {
  seq: number;
  id: string;
  thread_id: string;
  role: string;
  parts: string;
  finish: string | null;
  error: string | null;
}
interface Usage {
  shop: string;
  turn_id: string;
  model: string;
  arm: string;
  purpose: string;
  outcome: string;
  from_cache: number;
  retries: number;
  estimated: number;
  input_tokens: number;
  cached_tokens: number;
  cache_write_tokens: number;
  output_tokens: number;
  reasoning_tokens: number;
  cost_micro_usd: number | null;
  created_at: number;
}
interface Missing {
  id: number;
  shop: string;
  thread_id: string;
  turn_id: string;
  kind: string;
  query: string;
  created_at: number;
}
interface Addition {
  shop: string;
  by_card: number;
  product_id: number;
  quantity: number;
  created_at: number;
}
interface Thread {
  own: 0 | 1;
  id: string;
  shop: string;
  title: string;
  updated_at: number;
}

function isShoppers({ own }: { own: 0 | 1 }): boolean {
  return own === 0;
}

export function openRecount(file: string) {
  const db = new Database(file, { readonly: true });
  const all = <T>(table: string, order = 'rowid') =>
    db.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).all() as T[];
  // What owners try out at the desk costs, and is in no other figure.
  const turns = all<Turn>('turns').filter(isShoppers);
  const messages = all<Message>('messages', 'seq');
  const usage = all<Usage>('usage');
  const gaps = all<Missing>('gaps', 'id');
  const findings = all<Omit<Missing, 'query'> & { text: string }>('findings', 'id');
  const threads = all<Thread>('threads').filter(isShoppers);
  const feedback = all<{ message_id: string; rating: 'up' | 'down' }>('feedback', 'message_id');
  const notes = all<{ message_id: string; wrong: number }>('answer_notes', 'message_id');
  const byCard = all<Addition>('cart_additions', 'turn_id').filter((row) => row.by_card === 1);
  db.close();

  const answers = new Map(messages.map((message) => [message.id, message]));
  const parts = (turn: Turn) => JSON.parse(answers.get(turn.assistant_message_id)!.parts) as StoredPart[];
  const ratings = new Map(feedback.map((row) => [row.message_id, row.rating]));
  const missed = new Set(gaps.map((gap) => gap.turn_id));
  const wrong = new Set(notes.filter((note) => note.wrong === 1).map((note) => note.message_id));
  const firstOf = new Map<string, string>();
  for (const turn of turns) if (!firstOf.has(turn.thread_id)) firstOf.set(turn.thread_id, turn.id);
  const turnsOf = Map.groupBy(turns, (turn) => turn.thread_id);
  const messagesOf = Map.groupBy(messages, (message) => message.thread_id);

  const outcome = ({ status }: Turn) => (status === 'interrupted' ? 'error' : status);
  const isAnswered = (turn: Turn) => outcome(turn) === 'stop' || outcome(turn) === 'length';
  const handsOff = (turn: Turn) => parts(turn).some((part) => part.type === 'notice' && part.code === 'contact');

  function additionsOf(turn: Turn) {
    return parts(turn).flatMap((part) =>
      part.type === 'cart' && part.added && part.outcome.ok
        ? [{ product_id: part.added.productId, quantity: part.added.quantity, by_card: 0, created_at: turn.ended_at! }]
        : [],
    );
  }

  function period(shop: string, from: string, to: string, by: 'day' | 'hour'): PeriodReport {
    const [start, until] = [Date.parse(from), Date.parse(to) + DAY];
    const step = by === 'day' ? DAY : HOUR;
    const within = (at: number) => at >= start && at < until;
    const mine = turns.filter((turn) => turn.shop === shop && within(turn.started_at));
    const calls = usage.filter((row) => row.shop === shop && within(row.created_at) && row.outcome !== 'running');
    const sold = [
      ...byCard.filter((row) => row.shop === shop),
      ...turns.filter((turn) => turn.shop === shop).flatMap(additionsOf),
    ].filter((row) => within(row.created_at));
    const sumsOf = (first: number, end: number): Omit<SlotFigures, 'at'> => {
      const some = mine.filter((turn) => turn.started_at >= first && turn.started_at < end);
      const paid = calls.filter((row) => row.created_at >= first && row.created_at < end);
      const count = (test: (turn: Turn) => boolean) => some.filter(test).length;
      return {
        conversations: count((turn) => firstOf.get(turn.thread_id) === turn.id),
        messages: some.length,
        answers: count(isAnswered),
        handOffs: count((turn) => isAnswered(turn) && handsOff(turn)),
        errors: count((turn) => outcome(turn) === 'error'),
        stopped: count((turn) => outcome(turn) === 'cancelled'),
        running: count((turn) => outcome(turn) === 'running'),
        noResults: count((turn) => missed.has(turn.id)),
        ups: count((turn) => ratings.get(turn.assistant_message_id) === 'up'),
        downs: count((turn) => ratings.get(turn.assistant_message_id) === 'down'),
        additions: sold.filter((row) => row.created_at >= first && row.created_at < end).length,
        costMicroUsd: paid.reduce((sum, row) => sum + (row.cost_micro_usd ?? 0), 0),
        unpriced: paid.filter((row) => row.cost_micro_usd === null).length,
      };
    };
    const series: SlotFigures[] = [];
    for (let at = start; at < until; at += step) series.push({ at, ...sumsOf(at, at + step) });
    const once = mine.filter((turn) => turn.attempts === 1);
    const first = once.filter((turn) => turn.first_at !== null).map((turn) => turn.first_at! - turn.started_at);
    const whole = once
      .filter((turn) => isAnswered(turn) && !parts(turn).some((part) => part.type === 'cart'))
      .map((turn) => turn.ended_at! - turn.started_at);
    const codes = mine
      .filter((turn) => outcome(turn) === 'error')
      .map((turn) => (JSON.parse(answers.get(turn.assistant_message_id)!.error!) as { code: string }).code);
    const products = [...Map.groupBy(sold, (row) => row.product_id)].map(([productId, rows]) => ({
      productId,
      additions: rows.length,
      pieces: rows.reduce((sum, row) => sum + row.quantity, 0),
    }));
    return {
      from,
      to,
      figures: {
        ...sumsOf(start, until),
        additionsByCard: sold.filter((row) => row.by_card === 1).length,
        pieces: sold.reduce((sum, row) => sum + row.quantity, 0),
        firstMs: percentiles(first),
        wholeMs: percentiles(whole),
      },
      series,
      errors: [...Map.groupBy(codes, (code) => code)]
        .map(([code, all]) => ({ code, count: all.length }))
        .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
      additions: products
        .sort((a, b) => b.additions - a.additions || b.pieces - a.pieces || a.productId - b.productId)
        .slice(0, 10),
    };
  }

  return {
    overview({ shop, from, to, by, compare }: OverviewQuery) {
      const length = Date.parse(to) - Date.parse(from) + DAY;
      const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
      const before = { from: day(Date.parse(from) - length), to: day(Date.parse(from) - DAY) };
      return {
        period: period(shop, from, to, by),
        before: compare ? period(shop, before.from, before.to, by) : null,
      };
    },

    usage({ shop, from, to, by }: UsageReportQuery): UsageReportRow[] {
      const keyOf = (row: Usage) => {
        const day = new Date(row.created_at).toISOString().slice(0, 10);
        return { day, month: day.slice(0, 7), model: row.model, arm: row.arm, purpose: row.purpose }[by];
      };
      const mine = usage.filter((row) => {
        const day = new Date(row.created_at).toISOString().slice(0, 10);
        return row.shop === shop && row.outcome !== 'running' && day >= from && day <= to;
      });
      return [...Map.groupBy(mine, keyOf)]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, rows]) => {
          const sum = (of: (row: Usage) => number) => rows.reduce((all, row) => all + of(row), 0);
          return {
            key,
            calls: rows.length,
            fromCache: sum((row) => row.from_cache),
            errors: sum((row) => Number(row.outcome === 'error')),
            retries: sum((row) => row.retries),
            estimated: sum((row) => row.estimated),
            unpriced: sum((row) => Number(row.cost_micro_usd === null)),
            inputTokens: sum((row) => row.input_tokens),
            cachedTokens: sum((row) => row.cached_tokens),
            cacheWriteTokens: sum((row) => row.cache_write_tokens),
            outputTokens: sum((row) => row.output_tokens),
            reasoningTokens: sum((row) => row.reasoning_tokens),
            costMicroUsd: sum((row) => row.cost_micro_usd ?? 0),
          };
        });
    },

    gaps(shop: string): Pick<GapGroup, 'kind' | 'text' | 'count' | 'firstAt' | 'lastAt'>[] {
      const kinds = { documents: 'unanswered', search: 'not_sold', no_result: 'no_result' } as const;
      const found = [
        ...gaps.map((gap) => ({ ...gap, named: kinds[gap.kind as keyof typeof kinds], text: gap.query })),
        ...findings.map((finding) => ({ ...finding, named: 'claims' as const })),
      ].filter((row) => row.shop === shop);
      const alike = (text: string) => text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean).join(' ');
      return [...Map.groupBy(found, (row) => `${row.named} ${alike(row.text)}`).values()].map((rows) => {
        const last = rows.reduce((newest, row) =>
          row.created_at > newest.created_at || (row.created_at === newest.created_at && row.id > newest.id)
            ? row
            : newest,
        );
        return {
          kind: last.named,
          text: last.text,
          count: rows.length,
          firstAt: Math.min(...rows.map((row) => row.created_at)),
          lastAt: last.created_at,
        };
      });
    },

    /** Ids, last touched first. */
    conversations({ shop, filter, words = [] }: Pick<ConversationsQuery, 'shop' | 'filter' | 'words'>): string[] {
      const some = (thread: Thread, test: (turn: Turn) => boolean) => (turnsOf.get(thread.id) ?? []).some(test);
      const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
      const has = (text: string) => words.every((word) => fold(text).includes(word));
      const fits = (thread: Thread) => {
        switch (filter) {
          case 'error':
            return some(thread, (turn) => outcome(turn) === 'error');
          case 'handoff':
            return some(thread, handsOff);
          case 'no_result':
            return some(thread, (turn) => missed.has(turn.id));
          case 'rating':
            return some(thread, (turn) => ratings.has(turn.assistant_message_id));
          case 'wrong':
            return some(thread, (turn) => wrong.has(turn.assistant_message_id));
          case undefined:
            return true;
        }
      };
      const says = (thread: Thread) =>
        words.length === 0 ||
        has(thread.title) ||
        messagesOf
          .get(thread.id)!
          .some((message) =>
            (JSON.parse(message.parts) as StoredPart[]).some((part) => part.type === 'text' && has(part.content)),
          );
      return threads
        .filter((thread) => thread.shop === shop && fits(thread) && says(thread))
        .sort((a, b) => b.updated_at - a.updated_at || (a.id < b.id ? 1 : -1))
        .map((thread) => thread.id);
    },

    costOf(threadId: string): number {
      const mine = new Set((turnsOf.get(threadId) ?? []).map((turn) => turn.id));
      return usage.filter((row) => mine.has(row.turn_id)).reduce((sum, row) => sum + (row.cost_micro_usd ?? 0), 0);
    },
  };
}

function percentiles(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => {
    const rank = sorted.findIndex((_, index) => (index + 1) / sorted.length >= share);
    return sorted[rank] ?? null;
  };
  return { of: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
