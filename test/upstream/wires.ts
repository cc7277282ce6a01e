import { textDelta, type Part, type ServerEvent } from '../fakes/fake-openai-replies.ts';

/** What the upstream counts for one answer. */
export interface Count {
  input: number;
  /** Both are part of the input. */
  cached: number;
  cacheWrite: number;
  output: number;
  /** Part of the output. */
  reasoning: number;
}

export type Ending = 'stop' | 'length';

/** A dialect in which models stream: the faults are the same in each. */
export interface Wire {
  name: 'responses' | 'chat';
  /** A sign of life without text. */
  opening: Part;
  text(delta: string): Part;
  /** The proper end, with the count. */
  end(finish: Ending, count: Count): Part;
  /** The end that says that the answer failed. */
  failed(code: string): Part;
}

const data = (event: object): string => `data: ${JSON.stringify(event)}\n\n`;

const responses: Wire = {
  name: 'responses',
  opening: { type: 'response.created', response: { id: 'resp', status: 'in_progress', output: [] } },
  text: (delta) => textDelta(delta),
  end: (finish, { input, cached, cacheWrite, output, reasoning }): ServerEvent => ({
    type: finish === 'stop' ? 'response.completed' : 'response.incomplete',
    response: {
      status: finish === 'stop' ? 'completed' : 'incomplete',
      ...(finish === 'length' && { incomplete_details: { reason: 'max_output_tokens' } }),
      output: [],
      usage: {
        input_tokens: input,
        input_tokens_details: { cached_tokens: cached, cache_write_tokens: cacheWrite },
        output_tokens: output,
        output_tokens_details: { reasoning_tokens: reasoning },
      },
    },
  }),
  failed: (code) => ({ type: 'response.failed', response: { error: { code, message: 'Oops' } } }),
};

const chat: Wire = {
  name: 'chat',
  opening: data({ choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] }),
  text: (content) => data({ choices: [{ index: 0, delta: { content }, finish_reason: null }] }),
  end: (finish, { input, cached, cacheWrite, output, reasoning }) =>
    data({ choices: [{ index: 0, delta: {}, finish_reason: finish }] }) +
    data({
      choices: [],
      usage: {
        prompt_tokens: input,
        completion_tokens: output,
        prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: cacheWrite },
        completion_tokens_details: { reasoning_tokens: reasoning },
      },
    }) +
    'data: [DONE]\n\n',
  failed: (code) =>
    data({ choices: [{ index: 0, delta: {}, finish_reason: 'error' }], error: { code, message: 'Oops' } }),
};

export const WIRES: readonly Wire[] = [responses, chat];
