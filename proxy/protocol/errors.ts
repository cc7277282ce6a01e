/**
 * Every code that a shopper's side can meet, in an `error` event or in the body of a 4xx/5xx answer. The widget words
 * each of them in the shopper's language; `message` is for developers.
 */
export const ERROR_CODES = [
  // The request
  'invalid_request',
  'invalid_json',
  'unsupported_media_type',
  'body_too_large',
  'message_empty',
  'message_too_long',
  'unauthorized',
  'origin_not_allowed',
  'shop_not_found',
  'thread_not_found',
  'turn_not_found',
  'message_not_found',
  'turn_active',
  'not_last_message',
  'not_found',
  'method_not_allowed',
  'overloaded',
  // Whose it is, and how much of it
  'consent_required',
  'identity_invalid',
  'rate_limited',
  'limit_reached',
  'budget_spent',
  'too_many_threads',
  'thread_full',
  // Acts in the page, and the owner's
  'tool_call_not_found',
  'tool_call_settled',
  'sync_running',
  'sync_failed',
  'contact_off',
  'too_many_contact_messages',
  // The model
  'model_unavailable',
  'model_rate_limited',
  'model_quota',
  'model_config',
  'model_timeout',
  'model_interrupted',
  'model_refused',
  'context_too_long',
  // Ourselves
  'shutting_down',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** The body of every answer that is not 2xx. */
export interface ErrorBody {
  error: { code: ErrorCode; message: string; retryable: boolean; retry_after_ms?: number };
}
