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

export interface ModelRequest {
  instructions: string;
  input: readonly ModelItem[];
  tools: readonly ModelTool[];
  /** `none`: the model must answer in text now. */
  toolChoice: 'auto' | 'none';
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
  /** Last event of a stream that came to its proper end. */
  | {
      type: 'end';
      finish: 'stop' | 'length' | 'refusal';
      /** All that the model made, in order, to be sent back in the next round of the tool loop. */
      items: ModelItem[];
      usage: TokenUsage;
      /** The model that answered, in the provider's words. */
      model: string;
    };

/** Seam to a provider. */
export interface Model {
  /** The model's name as configured. */
  readonly id: string;
  /**
   * One call of the model. Ends after `end`; throws `ChatError` for everything else, a stream that stops without its
   * terminal event included, and rethrows `signal.reason` when aborted.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
}
