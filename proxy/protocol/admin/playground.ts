/**
 * `POST /api/admin/playground?shop=` → the event stream of `POST /api/chat/stream` (docs/protocol.md), read the same way. The
 * owner's own: in no statistics, in nobody's cache; what it costs is paid from the shop's budget and marked in the usage.
 * A client that goes away stops the turn.
 */
export interface PlaygroundRequest {
  message: string;
  against: 'draft' | 'live';
  /** Of an earlier playground turn against the same one; null begins a new conversation. */
  thread_id: string | null;
  /** BCP 47; left out, the shop's own. */
  locale?: string;
}

/** `GET /api/admin/playground/turns/:id?shop=`, once it is over: what it cost. */
export interface PlaygroundCost {
  turn_id: string;
  running: boolean;
  calls: number;
  models: string[];
  input_tokens: number;
  cached_tokens: number;
  output_tokens: number;
  cost_micro_usd: number;
  /** Calls whose price nobody knows: their cost is missing. */
  unpriced_calls: number;
  /** Of the first call: to the first word. Null where none came. */
  first_token_ms: number | null;
  /** All calls, one after the other. */
  duration_ms: number;
}
