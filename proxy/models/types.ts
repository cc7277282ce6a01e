import type { ErrorCode } from '../protocol/index.ts';

/** A piece of the conversation, in no provider's dialect. */
export type ModelItem =
  /** `developer` is us. */
  | { type: 'message'; role: 'user' | 'assistant' | 'developer'; text: string }
  | { type: 'tool_call'; callId: string; name: string; arguments: string }
  | { type: 'tool_result'; callId: string; output: string }
  /** What only the model that made it can read (encrypted reasoning, phases). Sent back to that model, dropped for others. */
  | { type: 'opaque'; model: string; item: unknown };

export interface ModelTool {
  name: string;
  description: string;
  /** JSON Schema in the strict subset: every property required, `additionalProperties: false`. */
  parameters: Record<string, unknown>;
}

/**
 * A search that the provider makes by itself, in place of one of our tools. A model that can't have it made, or not in this
 * store, is given the tool.
 */
export interface HostedSearch {
  /** Name of the tool. */
  replaces: string;
  /** In place of the request's. */
  instructions: string;
  /** Whose the store is: `accountOf` its server and key. */
  account: string;
  store: string;
  /** Attributes of the files that may be found, and which values of them. */
  only: Readonly<Record<string, readonly string[]>>;
  /** In one call of the model. Each is paid for. */
  maxSearches: number;
  /** Of one search. */
  maxParts: number;
}

/** A part of a file as a provider has found it. */
export interface FoundPart {
  file: string;
  text: string;
}

export interface ModelRequest {
  instructions: string;
  input: readonly ModelItem[];
  tools: readonly ModelTool[];
  /** `none`: the model must answer in text now. */
  toolChoice: 'auto' | 'none';
  hosted?: HostedSearch;
  maxOutputTokens: number;
  /** Same for all requests that share their beginning (shop and prompt version). */
  promptCacheKey?: string;
  /** Tells one visitor from another without saying who: a hash. */
  safetyIdentifier?: string;
}

export interface TokenUsage {
  inputTokens: number;
  /** Part of `inputTokens`. */
  cachedTokens: number;
  /** Part of `inputTokens`. */
  cacheWriteTokens: number;
  outputTokens: number;
  /** Part of `outputTokens`. */
  reasoningTokens: number;
  /** True when the provider gave no count (an aborted or cut stream) and the figures are ours. */
  estimated: boolean;
}

export type ModelEvent =
  | { type: 'text'; delta: string }
  /** Given once, when its arguments are whole: half an argument could name another product. */
  | { type: 'tool_call'; callId: string; name: string; arguments: string }
  /** The provider searches. `found` follows, or nothing of it. */
  | { type: 'searching' }
  /** What it found, for the same model's eyes; cut to what may be kept. */
  | { type: 'found'; queries: readonly string[]; parts: readonly FoundPart[] }
  /** What was said until `back` characters before the end of the text so far rests on this file. */
  | { type: 'cited'; file: string; back: number }
  /** Last event of a stream that came to its proper end. */
  | {
      type: 'end';
      finish: 'stop' | 'length' | 'refusal';
      /** All that the model made, in order, to be sent back in the next round of the tool loop. */
      items: ModelItem[];
      usage: TokenUsage;
      /** The model that answered, in the provider's words. */
      model: string;
    }
  /** Before everything else: the provider is busy, and is asked again in so long. Made by `withQueue`. */
  | { type: 'waiting'; retryAfterMs: number; failedTries: number }
  /** Before text and calls: the other model answers, since the first could not, for this reason. Made by `withFallback`. */
  | { type: 'fallback'; failedTries: number; code: ErrorCode }
  /** The same, when the same model was asked again. Made by `withRetry`; the tries of all such events add up. */
  | { type: 'retried'; failedTries: number };

/** How a server is spoken to: OpenAI's Responses API, or Chat Completions. */
export const WIRES = ['responses', 'chat'] as const;
export type WireName = (typeof WIRES)[number];

export const REASONING_EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type ReasoningEffort = (typeof REASONING_EFFORTS)[number];

/** What a model and its server take. False: it isn't sent. */
export interface Capabilities {
  temperature: boolean;
  /** Empty: it isn't told how much to reason. */
  reasoningEfforts: readonly ReasoningEffort[];
  /** Chat wire only: it takes tools while it reasons. */
  reasonsWithTools: boolean;
  /** Keeps to the schema of a tool's arguments if asked to. */
  strictTools: boolean;
  /** Responses wire only: gives its reasoning for the next round of the tool loop. */
  encryptedReasoning: boolean;
  /** Chat wire only: counts tokens at the end of a stream if asked to. */
  usageInStream: boolean;
  /** Responses wire only: searches a vector store by itself. */
  fileSearch: boolean;
  /** Responses wire only: counts the tokens of a request that it isn't to answer. */
  countsInput: boolean;
  /** Responses wire only: pads its events unless asked not to. */
  obfuscation: boolean;
  /** Chat wire only: knows `developer`, the newer name of `system`. */
  developerRole: boolean;
  /** Chat wire only. */
  maxTokensField: 'max_tokens' | 'max_completion_tokens';
  parallelToolCalls: boolean;
  /** Can be told to leave its tools alone. */
  toolChoice: boolean;
  promptCacheKey: boolean;
  safetyIdentifier: boolean;
  /** Chat wire only: its answers begin inside a thought, and only `</think>` is seen. */
  thinksFirst: boolean;
}

/** Seam to a provider. */
export interface Model {
  /** The model's name as configured. */
  readonly id: string;
  /**
   * One call of the model. Ends after `end`; throws `ChatError` for everything else, a stream that stops without its
   * terminal event included, and rethrows `signal.reason` when aborted.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
  /**
   * Tokens of the input as the provider counts them; null where it gives no count, or not soon. It is a request of its own,
   * for when our guess doesn't decide. Rethrows `signal.reason` when aborted.
   */
  count?(request: ModelRequest, signal: AbortSignal): Promise<number | null>;
}

/** Seam to a provider that judges texts. */
export interface Moderation {
  /**
   * @returns names of the categories that a text was flagged for, none for one that may pass; null when there was no
   * verdict to be had, which has been logged. Rejects with `signal.reason` only.
   */
  check(text: string, signal: AbortSignal): Promise<readonly string[] | null>;
}

/** One circuit as `/api/health` tells of it: no address, no key. */
export interface CircuitReport {
  /** The model's name as configured. */
  model: string;
  state: 'closed' | 'open' | 'half-open';
  /** When it was last closed, or broken; ms since 1970. */
  since: number;
  /** Of the last failure that counted; null before the first. */
  lastError: ErrorCode | null;
}

/** Something about a model that its owner should mend before it hurts. */
export interface ModelWarning {
  model: string;
  /** `unpriced`: nobody knows what it costs, so its calls count in tokens only. */
  kind: 'unknown' | 'shutdown' | 'unpriced';
  /** With `shutdown`: the provider's date, `2026-12-11`. */
  date?: string;
}

/** What is known of the models' health without asking them anything. */
export interface ModelHealth {
  circuits(): readonly CircuitReport[];
  /** How many questions wait for a model that may not be asked so often. */
  queues(): readonly { model: string; waiting: number }[];
  warnings(): readonly ModelWarning[];
}
