/** What providers say an answer used, in the words of both wires. Compatible servers leave out details, or all of it. */
import type { TokenUsage } from './types.ts';

export interface ResponsesUsage {
  input_tokens?: unknown;
  input_tokens_details?: { cached_tokens?: unknown; cache_write_tokens?: unknown } | null;
  output_tokens?: unknown;
  output_tokens_details?: { reasoning_tokens?: unknown } | null;
}

/** The last fields are DeepSeek's, Moonshot's and those of gateways to Anthropic. */
export interface ChatUsage {
  prompt_tokens?: unknown;
  completion_tokens?: unknown;
  total_tokens?: unknown;
  prompt_tokens_details?: { cached_tokens?: unknown; cache_write_tokens?: unknown } | null;
  completion_tokens_details?: { reasoning_tokens?: unknown } | null;
  prompt_cache_hit_tokens?: unknown;
  cached_tokens?: unknown;
  cache_read_input_tokens?: unknown;
  cache_creation_input_tokens?: unknown;
  reasoning_tokens?: unknown;
}

/** @returns undefined where the provider gave no count */
export function ofResponses(usage: ResponsesUsage | null | undefined): TokenUsage | undefined {
  if (typeof usage !== 'object' || usage === null) return undefined;
  return {
    inputTokens: toCount(usage.input_tokens),
    cachedTokens: toCount(usage.input_tokens_details?.cached_tokens),
    cacheWriteTokens: toCount(usage.input_tokens_details?.cache_write_tokens),
    outputTokens: toCount(usage.output_tokens),
    reasoningTokens: toCount(usage.output_tokens_details?.reasoning_tokens),
    estimated: false,
  };
}

/** @returns undefined where the provider gave no count, or zeros: a question is never free of tokens */
export function ofChat(usage: ChatUsage | null | undefined): TokenUsage | undefined {
  if (typeof usage !== 'object' || usage === null) return undefined;
  const inputTokens = toCount(usage.prompt_tokens);
  const said = toCount(usage.completion_tokens);
  if (inputTokens + said === 0) return undefined;
  const { prompt_tokens_details: input, completion_tokens_details: output } = usage;
  return {
    inputTokens,
    cachedTokens: Math.min(
      inputTokens,
      most(input?.cached_tokens, usage.prompt_cache_hit_tokens, usage.cached_tokens, usage.cache_read_input_tokens),
    ),
    cacheWriteTokens: Math.min(inputTokens, most(input?.cache_write_tokens, usage.cache_creation_input_tokens)),
    // xAI and Gemini leave reasoning out of the completion, and have it in the total. It is billed all the same.
    outputTokens: Math.max(said, toCount(usage.total_tokens) - inputTokens),
    reasoningTokens: most(output?.reasoning_tokens, usage.reasoning_tokens),
    estimated: false,
  };
}

function most(...values: unknown[]): number {
  return Math.max(...values.map(toCount));
}

/** A count that is none must not cost the shopper an answer that is already there. */
function toCount(value: unknown): number {
  const count = Math.round(Number(value ?? 0));
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}
