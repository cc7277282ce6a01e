/** The same answers in both of OpenAI's dialects, so that one test can be asked of either wire. */
import type { WireName } from '../../proxy/models/types.ts';
import { chatAnswer, CHAT_USAGE, chunk, content, count, data, DONE } from './chat-replies.ts';
import {
  type AnswerOptions,
  call,
  completed,
  frames,
  message,
  output,
  type Part,
  type Reply,
  sse,
  textDelta,
  USAGE,
} from './fake-openai-replies.ts';

export interface DialectCall {
  id: string;
  name: string;
  args: object;
}

export interface Dialect {
  wire: WireName;
  path: string;
  answer(text: string, options?: AnswerOptions): Reply;
  /** Some text, if any, and calls. */
  calls(text: string, calls: readonly DialectCall[]): Reply;
  /** Pieces of an answer. */
  text(delta: string): string;
  refusal(delta: string): string;
  /** What ends an answer, with its count. */
  end(reason?: 'stop' | 'length' | 'content_filter', usage?: Counted | null): string[];
  error(error: { code: string; message: string }): string;
}

export interface Counted {
  input: number;
  cached: number;
  cacheWrite: number;
  output: number;
  reasoning: number;
}

export const RESPONSES: Dialect = {
  wire: 'responses',
  path: '/v1/responses',
  answer: (text, options) => output([message(text)], options),
  calls: (text, calls) =>
    output([...(text === '' ? [] : [message(text)]), ...calls.map(({ id, name, args }) => call(name, args, id))]),
  text: (delta) => sse(textDelta(delta)),
  refusal: (delta) => sse({ type: 'response.refusal.delta', output_index: 0, delta }),
  end(reason = 'stop', counted) {
    const usage = counted === undefined ? USAGE : counted && responsesUsage(counted);
    if (reason === 'stop') return [sse(completed({ usage }))];
    const details = { reason: reason === 'length' ? 'max_output_tokens' : reason };
    return [sse({ type: 'response.incomplete', response: { incomplete_details: details, usage } })];
  },
  error: (error) => sse({ type: 'response.failed', response: { error } }),
};

export const CHAT: Dialect = {
  wire: 'chat',
  path: '/v1/chat/completions',
  answer: (text, options) => chatAnswer(text, options),
  calls: (text, calls) => chatAnswer(text, { calls: [...calls] }),
  text: content,
  refusal: (refusal) => chunk({ refusal }),
  end(reason = 'stop', counted) {
    const usage = counted === undefined ? CHAT_USAGE : counted && chatUsage(counted);
    return [chunk({}, { finish: reason }), ...(usage ? [count(usage)] : []), DONE];
  },
  error: (error) => data({ error }),
};

export const DIALECTS = [RESPONSES, CHAT] as const;

/** An answer of these parts. */
export function streamOf(...parts: Part[]): Reply {
  return frames(parts);
}

function responsesUsage({ input, cached, cacheWrite, output, reasoning }: Counted): object {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached, cache_write_tokens: cacheWrite },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}

function chatUsage({ input, cached, cacheWrite, output, reasoning }: Counted): object {
  return {
    prompt_tokens: input,
    prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: cacheWrite },
    completion_tokens: output,
    completion_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}
