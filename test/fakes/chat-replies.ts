/** Answers of a Chat Completions server, for `startFakeOpenAi`: whole ones as OpenAI sends them, and their pieces. */
import { type AnswerOptions, frames, type Part, type Reply } from './fake-openai-replies.ts';

export const DONE = 'data: [DONE]\n\n';

/** The count that `USAGE` is on the other wire. */
export const CHAT_USAGE = {
  prompt_tokens: 120,
  prompt_tokens_details: { cached_tokens: 64, cache_write_tokens: 16 },
  completion_tokens: 30,
  completion_tokens_details: { reasoning_tokens: 10 },
  total_tokens: 150,
};

export interface ChatCall {
  id?: string;
  name: string;
  args: object;
}

export interface ChatAnswerOptions extends AnswerOptions {
  finish?: string | null;
  calls?: ChatCall[];
}

/** Text word by word, then calls, a reason to end, the count in a chunk of its own, and the end mark. */
export function chatAnswer(text: string, options: ChatAnswerOptions = {}): Reply {
  const { calls = [], model = 'fake-model', usage = CHAT_USAGE, delayMs } = options;
  const { finish = calls.length > 0 ? 'tool_calls' : 'stop' } = options;
  const words = text.match(/\s*\S+\s*?(?=\s|$)|\s+$/g) ?? [];
  const deltas = [
    { role: 'assistant', content: '' },
    ...words.map((content) => ({ content })),
    ...calls.flatMap(callDeltas),
  ];
  return frames([
    ...deltas.flatMap((delta): Part[] => [...(delayMs === undefined ? [] : [delayMs]), chunk(delta, { model })]),
    chunk({}, { model, finish }),
    ...(usage === null ? [] : [count(usage, model)]),
    DONE,
  ]);
}

export interface ChunkOptions {
  finish?: string | null;
  model?: string;
  /** Of the choice. */
  index?: number;
  /** Beside `choices`. */
  fields?: object;
}

export function chunk(
  delta: unknown,
  { finish = null, model = 'fake-model', index = 0, fields = {} }: ChunkOptions = {},
): string {
  return data({
    id: 'chatcmpl-fake',
    object: 'chat.completion.chunk',
    created: 1_795_000_000,
    model,
    choices: [{ index, delta, finish_reason: finish }],
    ...fields,
  });
}

export function content(text: string): string {
  return chunk({ content: text });
}

/** One piece of a tool call. */
export function piece(fields: object): string {
  return chunk({ tool_calls: [fields] });
}

export function count(usage: object = CHAT_USAGE, model = 'fake-model'): string {
  return data({ id: 'chatcmpl-fake', object: 'chat.completion.chunk', model, choices: [], usage });
}

export function data(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

function callDeltas({ id, name, args }: ChatCall, index: number): object[] {
  const text = JSON.stringify(args);
  const half = Math.ceil(text.length / 2);
  const begun = { index, id: id ?? `call_${name}`, type: 'function', function: { name, arguments: '' } };
  return [
    begun,
    { index, function: { arguments: text.slice(0, half) } },
    { index, function: { arguments: text.slice(half) } },
  ].map((call) => ({ tool_calls: [call] }));
}
