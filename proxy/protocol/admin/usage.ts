/** `GET /api/admin/usage?shop=&from=&to=&by=day|month|model|arm|purpose&format=json|csv`. Days are those of UTC. */
export interface UsageReport {
  shop: string;
  from: string;
  to: string;
  by: 'day' | 'month' | 'model' | 'arm' | 'purpose';
  rows: UsageReportRow[];
  total: UsageReportSums;
}

export interface UsageReportRow extends UsageReportSums {
  /**
   * The day, month, model, arm or purpose; '' for the arm of calls that belong to no test. Purposes are `answer`, `summary`,
   * `embedding`, and `own` for what was tried out at the desk.
   */
  key: string;
}

export interface UsageReportSums {
  calls: number;
  /** Of these, answered by our own answer cache. */
  from_cache: number;
  errors: number;
  retries: number;
  /** Calls whose tokens are guessed. */
  estimated: number;
  /** Calls that nobody knows the price of: their cost is missing. */
  unpriced_calls: number;
  input_tokens: number;
  /** Of these, read from the provider's cache. */
  cached_tokens: number;
  cache_write_tokens: number;
  output_tokens: number;
  reasoning_tokens: number;
  cost_micro_usd: number;
  /** 0 to 1: of the input tokens, and of the calls; null where there are none. */
  cached_share: number | null;
  from_cache_share: number | null;
}
