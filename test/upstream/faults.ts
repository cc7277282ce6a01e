import type { ErrorCode, Finish } from '../../proxy/protocol/index.ts';
import { CUT, failure, frames, html, type Part, type Reply, STALL } from '../fakes/fake-openai-replies.ts';
import type { Count, Ending, Wire } from './wires.ts';

export const HALF = 'Half an answer';
export const WHOLE = 'A whole answer.';

export interface Fault {
  name: string;
  /** What the upstream does; `index` is how often this model was asked before. The last one goes on. */
  replies: (answers: Answers) => Reply[];
  finish: Finish;
  /** What the shopper is told; absent where the answer comes. */
  code?: ErrorCode;
  text: '' | typeof HALF | typeof WHOLE;
  /** Shown while the shopper waits. */
  busy?: true;
  /** Requests that it takes. */
  asked: number;
  /** Only the proxy's patience ends it: half a minute and more. */
  slow?: true;
}

/** Replies in the words of one wire. */
export interface Answers {
  wire: Wire;
  whole: (finish?: Ending) => Reply;
  /** Half an answer, and then this. */
  half: (...rest: Part[]) => Reply;
}

export function answersIn(wire: Wire, count: Count): Answers {
  return {
    wire,
    whole: (finish = 'stop') => frames([wire.opening, ...WHOLE.split(/(?= )/).map(wire.text), wire.end(finish, count)]),
    half: (...rest) => frames([wire.opening, wire.text(HALF), ...rest]),
  };
}

export const DROPPED: Reply = { body: [] };
const quota = failure(429, { type: 'insufficient_quota', code: 'insufficient_quota' });
const limited = (headers: Record<string, string>) => failure(429, { code: 'rate_limit_exceeded' }, headers);
/** Longer than the proxy waits for an event; comments are none. */
const warm = Array.from({ length: 400 }, () => [100, ': keepalive\n\n']).flat();

type Told = Pick<Fault, 'finish' | 'text' | 'asked'>;
const answered = { finish: 'stop', text: WHOLE, asked: 2 } satisfies Told;
const refused = { finish: 'error', text: '', asked: 1 } satisfies Told;
const broken = { finish: 'error', text: HALF, asked: 1, code: 'model_interrupted' } satisfies Told & {
  code: ErrorCode;
};

export const FAULTS: readonly Fault[] = [
  // Before the answer
  { name: 'wrong-key', replies: () => [failure(401, { code: 'invalid_api_key' })], ...refused, code: 'model_config' },
  { name: 'no-model', replies: () => [failure(404, { code: 'model_not_found' })], ...refused, code: 'model_config' },
  { name: 'no-credit', replies: () => [quota], ...refused, code: 'model_quota' },
  {
    name: 'too-long',
    replies: () => [failure(400, { code: 'context_length_exceeded' })],
    ...refused,
    code: 'context_too_long',
  },
  {
    name: 'policy',
    replies: () => [failure(400, { code: 'content_policy_violation' })],
    ...refused,
    code: 'model_refused',
  },
  {
    name: 'busy-briefly',
    replies: ({ whole }) => [limited({ 'retry-after-ms': '60' }), whole()],
    ...answered,
    busy: true,
  },
  {
    name: 'busy-reset',
    replies: ({ whole }) => [
      limited({ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '60ms' }),
      whole(),
    ],
    ...answered,
    busy: true,
  },
  { name: 'busy-long', replies: () => [limited({ 'retry-after': '120' })], ...refused, code: 'model_rate_limited' },
  { name: 'error-once', replies: ({ whole }) => [failure(500, { type: 'server_error' }), whole()], ...answered },
  { name: 'relay-page', replies: () => [html(502)], ...refused, asked: 3, code: 'model_unavailable' },
  {
    name: 'overloaded',
    replies: ({ whole }) => [failure(503, { code: 'server_is_overloaded' }, { 'retry-after-ms': '60' }), whole()],
    ...answered,
  },
  { name: 'dropped', replies: ({ whole }) => [DROPPED, whole()], ...answered },
  { name: 'page-200', replies: ({ whole }) => [html(200, 'Please wait'), whole()], ...answered },
  { name: 'empty', replies: ({ whole }) => [frames([]), whole()], ...answered },
  // In the middle of it
  { name: 'cut', replies: ({ half }) => [half(CUT)], ...broken },
  { name: 'no-end', replies: ({ half }) => [half()], ...broken },
  {
    name: 'error-named',
    replies: ({ half }) => [half('event: error\ndata: {"error":{"message":"Oops"}}\n\n')],
    ...broken,
  },
  {
    name: 'error-unnamed',
    replies: ({ half }) => [half('data: {"error":{"code":"slow_down","message":"Oops"}}\n\n')],
    ...broken,
    code: 'model_rate_limited',
  },
  { name: 'failed', replies: ({ half, wire }) => [half(wire.failed('server_error'))], ...broken },
  { name: 'incomplete', replies: ({ whole }) => [whole('length')], ...answered, finish: 'length', asked: 1 },
  { name: 'not-json', replies: ({ half }) => [half('data: {"type":"resp\n\n')], ...broken },
  { name: 'silent', replies: ({ half }) => [half(...warm, STALL)], ...broken, code: 'model_timeout', slow: true },
];
