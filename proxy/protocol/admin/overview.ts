/**
 * `GET /api/admin/overview?shop=&from=&to=&by=day|hour&compare=1`: how a shop's assistant does. Days are those of UTC, as in
 * budgets and bills; `from` and `to` are both included.
 */
export interface Overview {
  shop: string;
  time_zone: 'UTC';
  by: 'day' | 'hour';
  period: OverviewPeriod;
  /** As many days before; null where `compare` wasn't asked for. */
  before: OverviewPeriod | null;
  cost: { today: OverviewCost; month: OverviewCost };
  /** What each figure counts, in a sentence. */
  explained: Record<string, string>;
}

export interface OverviewPeriod {
  /** `2026-11-21` */
  from: string;
  to: string;
  figures: OverviewFigures;
  /** One for each day or hour. */
  series: OverviewSlot[];
  /** Most frequent first. */
  errors: { code: string; count: number }[];
  /** What most often went into carts; `title` is null for what the shop has no more. */
  products: { product_id: number; title: string | null; additions: number; pieces: number }[];
}

/** What adds up over days. */
export interface OverviewSums {
  conversations: number;
  messages: number;
  answers: number;
  hand_offs: number;
  errors: number;
  stopped: number;
  running: number;
  no_results: number;
  ups: number;
  downs: number;
  additions: number;
  cost_micro_usd: number;
  /** Calls that nobody knows the price of: their cost is missing. */
  unpriced_calls: number;
}

export interface OverviewSlot extends OverviewSums {
  /** ISO 8601, UTC: where the day or hour begins. */
  at: string;
}

export interface OverviewFigures extends OverviewSums {
  additions_by_card: number;
  pieces: number;
  /** 0 to 1; null where there is nothing to take a share of. So are all shares. */
  alone_share: number | null;
  satisfaction: number | null;
  error_share: number | null;
  first_ms: OverviewPercentiles;
  whole_ms: OverviewPercentiles;
}

/** Milliseconds by nearest rank; null of none. */
export interface OverviewPercentiles {
  of: number;
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

export interface OverviewCost {
  /** `2026-11-21` or `2026-11`. */
  period: string;
  cost_micro_usd: number;
  unpriced_calls: number;
  /** As the budget counts it: with what calls under way may still cost. */
  counted_micro_usd: number;
  /** Null where the shop sets none. */
  budget_micro_usd: number | null;
}
