import { describe, expect, test } from 'vitest';
import type { ChatEvent, Product, Thread } from '../../../proxy/protocol/index.ts';
import { threadRestored } from '../../../widget/state/past.ts';
import { lastQuestion, reduce } from '../../../widget/state/reducer.ts';
import type { Action } from '../../../widget/state/reducer.ts';
import { initialState } from '../../../widget/state/state.ts';
import type { ChatState } from '../../../widget/state/state.ts';

const started: ChatEvent = { type: 'thread_id', thread_id: 'thr_1', turn_id: 'trn_1', message_id: 'msg_2' };
const product = { id: 7, title: 'Kibble' } as Product;
const sent: Extract<Action, { type: 'message_sent' }> = {
  type: 'message_sent',
  clientMessageId: 'a',
  text: 'Dog food?',
  createdAt: 1,
};

const text = (content: string): ChatEvent => ({ type: 'text', content });
const products: ChatEvent = { type: 'products', data: [product], title: 'Dry food', why: 'for puppies' };
const tool = (name: string, status: 'started' | 'done'): ChatEvent => ({ type: 'tool', name, status });
const done = (finish: 'stop' | 'length' | 'cancelled' | 'error'): ChatEvent => ({
  type: 'done',
  thread_id: 'thr_1',
  message_id: 'msg_2',
  finish,
});
const failure: ChatEvent = {
  type: 'error',
  code: 'model_timeout',
  message: 'No word.',
  retryable: true,
  retry_after_ms: 5,
};

function run(state: ChatState, ...steps: (Action | ChatEvent)[]): ChatState {
  return steps.reduce<ChatState>((before, step) => {
    deepFreeze(before);
    return reduce(before, isEvent(step) ? { type: 'event_received', clientMessageId: 'a', event: step } : step);
  }, state);
}

const EVENTS = new Set(
  'thread_id text tool products comparison citations client_tool cart notice suggestions reset gap error done'.split(
    ' ',
  ),
);
function isEvent(step: Action | ChatEvent): step is ChatEvent {
  return EVENTS.has(step.type);
}

/** So that a reducer that writes into its input throws. */
function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(deepFreeze);
}

const answer = (state: ChatState) => state.messages.at(-1)!;

describe('the session', () => {
  test('loads, gets ready with the shop, or fails with a reason that loading again takes away', () => {
    const loading = run(initialState, { type: 'session_loading' });
    expect(loading.connection).toBe('loading');
    const failed = run(loading, { type: 'session_failed', failure: { code: 'network', retryable: true } });
    expect(failed).toMatchObject({ connection: 'failed', failure: { code: 'network' } });
    expect(run(failed, { type: 'session_loading' })).toMatchObject({ connection: 'loading', failure: null });
    const shop = { slug: 'pets' } as NonNullable<ChatState['shop']>;
    expect(run(loading, { type: 'session_ready', shop })).toMatchObject({ connection: 'ready', shop });
  });
});

describe('a turn', () => {
  test('shows the question and a pending answer at once', () => {
    const state = run(initialState, sent);
    expect(state.messages).toMatchObject([
      { role: 'user', status: 'done', parts: [{ type: 'text', content: 'Dog food?' }] },
      { role: 'assistant', status: 'sending', parts: [] },
    ]);
    const { key: messageKey } = answer(state);
    const turn = { clientMessageId: 'a', turnId: null, messageKey, stopping: false, reconnecting: false };
    expect(state.turn).toEqual(turn);
  });

  test('knows its thread, its turn and its message from the first event on, under the same key', () => {
    const before = run(initialState, sent);
    const state = run(before, started);
    expect(state).toMatchObject({ threadId: 'thr_1', turn: { turnId: 'trn_1' } });
    expect(answer(state)).toMatchObject({ id: 'msg_2', key: answer(before).key, status: 'streaming' });
  });

  test('joins texts, and begins a new part after cards', () => {
    const state = run(initialState, sent, started, text('Try '), text('this:'), products, text('Good?'), done('stop'));
    expect(answer(state)).toMatchObject({
      status: 'done',
      parts: [
        { type: 'text', content: 'Try this:' },
        { type: 'products', products: [product], title: 'Dry food', why: 'for puppies' },
        { type: 'text', content: 'Good?' },
      ],
    });
    expect(state.turn).toBeNull();
  });

  test('names the tool that runs now, and none when it is done', () => {
    const searching = run(initialState, sent, started, tool('search_products', 'started'));
    expect(answer(searching).tool).toBe('search_products');
    expect(answer(run(searching, tool('search_products', 'done')))).not.toHaveProperty('tool');
    expect(answer(run(searching, tool('other', 'done'))).tool).toBe('search_products');
    expect(answer(run(searching, done('stop')))).not.toHaveProperty('tool');
  });

  test.each([
    ['stop', { status: 'done' }],
    ['length', { status: 'done', cut: true }],
    ['cancelled', { status: 'stopped' }],
    ['error', { status: 'failed', failure: { code: 'internal', retryable: true } }],
  ] as const)('that finishes with %s', (finish, expected) => {
    const state = run(initialState, sent, started, text('Hi'), done(finish));
    expect(answer(state)).toMatchObject({ ...expected, parts: [{ content: 'Hi' }] });
    expect(state.turn).toBeNull();
  });

  test('that fails keeps what was said and the first reason', () => {
    const state = run(initialState, sent, started, text('Hi'), failure, done('error'));
    expect(answer(state)).toMatchObject({
      status: 'failed',
      parts: [{ content: 'Hi' }],
      failure: { code: 'model_timeout', retryable: true, retryAfterMs: 5 },
    });
    const cut = run(run(initialState, sent, started, failure), {
      type: 'turn_failed',
      clientMessageId: 'a',
      failure: { code: 'interrupted', retryable: true },
    });
    expect(answer(cut).failure?.code).toBe('model_timeout');
  });

  test('in a thread that is gone lets go of it, so that asking again begins a new one', () => {
    const inThread = run(initialState, sent, started, done('stop'), { ...sent, clientMessageId: 'b' });
    const state = run(inThread, {
      type: 'turn_failed',
      clientMessageId: 'b',
      failure: { code: 'thread_not_found', retryable: false },
    });
    expect(state).toMatchObject({ threadId: null, turn: null });
    expect(answer(state)).toMatchObject({ status: 'failed', failure: { retryable: true } });
  });

  test('keeps the identity of every message it does not touch', () => {
    const first = run(initialState, sent, started, text('Hi'), done('stop'));
    const second = run(first, { ...sent, clientMessageId: 'b' });
    const state = reduce(second, { type: 'event_received', clientMessageId: 'b', event: text('Yes') });
    expect(state.messages.slice(0, 3).every((message, index) => message === second.messages[index])).toBe(true);
    expect(state.messages[3]).not.toBe(second.messages[3]);
  });

  test('that begins again drops all it said, and the failure with it', () => {
    const half = run(initialState, sent, started, text('Half'), products, tool('search_products', 'started'), failure);
    const again = run(half, { type: 'reset' });
    expect(answer(again)).toMatchObject({ id: 'msg_2', key: answer(half).key, status: 'streaming', parts: [] });
    expect(answer(again)).not.toHaveProperty('tool');
    expect(answer(again)).not.toHaveProperty('failure');
    expect(answer(run(again, text('Whole'), done('stop')))).toMatchObject({
      status: 'done',
      parts: [{ content: 'Whole' }],
    });
  });

  test('whose events are gone keeps its view until the thread is there', () => {
    const state = run(initialState, sent, started, text('Half'));
    expect(run(state, { type: 'gap', thread_id: 'thr_1' })).toBe(state);
  });

  test('says while its line is lost, and nothing else changes', () => {
    const state = run(initialState, sent, started, text('Hi'));
    const lost = run(state, { type: 'line_changed', clientMessageId: 'a', up: false });
    expect(lost).toEqual({ ...state, turn: { ...state.turn, reconnecting: true } });
    expect(run(lost, { type: 'line_changed', clientMessageId: 'a', up: false })).toBe(lost);
    expect(run(lost, { type: 'line_changed', clientMessageId: 'a', up: true })).toEqual(state);
    expect(run(lost, { type: 'line_changed', clientMessageId: 'old', up: true })).toBe(lost);
  });

  test('that finds another in its way waits below it, and is the same when it is sent again', () => {
    const { clientMessageId, text: question, createdAt } = sent;
    const queued = run(initialState, sent, {
      type: 'message_queued',
      clientMessageId,
      text: question,
      createdAt,
      status: 'waiting',
    });
    expect(queued.messages).toMatchObject([{ role: 'user', status: 'waiting', parts: [{ content: 'Dog food?' }] }]);
    const again = run(queued, sent);
    expect(again.messages.map(({ status }) => status)).toEqual(['done', 'sending']);
    expect(again.messages[0]!.key).toBe(queued.messages[0]!.key);
  });

  test('that is over changes nothing any more', () => {
    const next = run(initialState, sent, started, done('stop'), { ...sent, clientMessageId: 'b' });
    for (const event of [started, text('late'), products, failure, done('error')]) expect(run(next, event)).toBe(next);
  });
});

describe('citations', () => {
  const returns = { number: 1, title: 'Returns' };
  const care = { number: 2, title: 'Care', url: 'https://shop.example/care' };

  test('add up in one part before the text, which goes on where it was', () => {
    const state = run(
      initialState,
      sent,
      started,
      text('Thirty '),
      { type: 'citations', data: [returns] },
      text('days[^1]'),
      { type: 'citations', data: [care] },
      text(', washed[^2].'),
    );
    expect(answer(state).parts).toEqual([
      { type: 'citations', data: [returns, care] },
      { type: 'text', content: 'Thirty days[^1], washed[^2].' },
    ]);
  });

  test('stand in an old conversation as they came', () => {
    const message: Thread['messages'][number] = {
      message_id: 'msg_1',
      role: 'assistant',
      parts: [
        { type: 'text', content: 'Thirty ' },
        { type: 'citations', data: [returns] },
        { type: 'text', content: 'days[^1].' },
      ],
      created_at: '2026-11-21T09:00:00Z',
      finish: 'stop',
    };
    const old: Thread = {
      thread_id: 'thr_1',
      title: '',
      active_turn_id: null,
      updated_at: '2026-11-21T09:00:00Z',
      messages: [message],
    };
    expect(answer(run(initialState, threadRestored(old))).parts).toEqual([
      { type: 'citations', data: [returns] },
      { type: 'text', content: 'Thirty days[^1].' },
    ]);
  });
});

describe('Stop', () => {
  const stopping = run(initialState, sent, started, text('Hi'), tool('search_products', 'started'), {
    type: 'stop_requested',
  });

  test('keeps what was said and shows nothing that comes after', () => {
    expect(answer(stopping)).toMatchObject({ status: 'stopped', parts: [{ content: 'Hi' }] });
    expect(answer(stopping)).not.toHaveProperty('tool');
    for (const event of [text('more'), products, failure, { type: 'reset' } as const])
      expect(run(stopping, event)).toBe(stopping);
  });

  test('lasts until the end of the turn is known', () => {
    expect(stopping.turn).toMatchObject({ stopping: true });
    expect(run(stopping, done('stop'))).toMatchObject({ turn: null });
    expect(answer(run(stopping, done('stop'))).status).toBe('stopped');
    expect(run(stopping, { type: 'turn_stopped', clientMessageId: 'a' }).turn).toBeNull();
  });

  test('before the first event still learns which turn to cancel', () => {
    const early = run(initialState, sent, { type: 'stop_requested' }, started);
    expect(early).toMatchObject({ threadId: 'thr_1', turn: { turnId: 'trn_1', stopping: true } });
    expect(answer(early).status).toBe('stopped');
  });
});

describe('retry', () => {
  test('puts the new pair into the place of the failed one', () => {
    const failed = run(initialState, sent, started, done('stop'), { ...sent, clientMessageId: 'b', text: 'Cats?' });
    const cut: Action = { type: 'turn_failed', clientMessageId: 'b', failure: { code: 'network', retryable: true } };
    const again = run(failed, cut, { ...sent, clientMessageId: 'c', text: 'Cats?', retry: true });
    expect(again.messages.map(({ role, status }) => [role, status])).toEqual([
      ['user', 'done'],
      ['assistant', 'done'],
      ['user', 'done'],
      ['assistant', 'sending'],
    ]);
    expect(again.messages[2]!.key).toContain('c');
    expect(lastQuestion(again)).toBe('Cats?');
  });
});

describe('a thread of before', () => {
  const at = '2026-11-21T10:00:00.000Z';
  const thread: Thread = {
    thread_id: 'thr_1',
    title: 'Dog food?',
    updated_at: at,
    active_turn_id: null,
    messages: [
      { message_id: 'msg_1', role: 'user', parts: [{ type: 'text', content: 'Dog food?' }], created_at: at },
      {
        message_id: 'msg_2',
        role: 'assistant',
        parts: [{ type: 'products', data: [product], title: 'Dry food' }],
        created_at: at,
        finish: 'length',
      },
    ],
  };

  test('comes back with its cards', () => {
    const state = run(initialState, threadRestored(thread));
    expect(state.threadId).toBe('thr_1');
    expect(state.messages).toMatchObject([
      { key: 'msg_1', role: 'user', status: 'done', createdAt: Date.parse(at) },
      {
        key: 'msg_2',
        status: 'done',
        cut: true,
        parts: [{ type: 'products', products: [product], title: 'Dry food' }],
      },
    ]);
  });

  test('shows what went wrong in it', () => {
    const error = { code: 'model_quota', message: '', retryable: false } as const;
    const [user, assistant] = thread.messages;
    const broken = { ...thread, messages: [user!, { ...assistant!, finish: 'error' as const, error }] };
    expect(answer(run(initialState, threadRestored(broken)))).toMatchObject({
      status: 'failed',
      failure: { code: 'model_quota', retryable: false },
    });
  });

  test('whose turn still runs gets an empty answer for it', () => {
    const running = { ...thread, active_turn_id: 'trn_2' };
    const state = run(initialState, threadRestored(running));
    expect(state.turn).toMatchObject({ clientMessageId: 'trn_2', turnId: 'trn_2', messageKey: answer(state).key });
    expect(answer(state)).toMatchObject({ role: 'assistant', status: 'streaming', parts: [] });
    const said = reduce(state, { type: 'event_received', clientMessageId: 'trn_2', event: text('Hi') });
    expect(answer(said).parts).toEqual([{ type: 'text', content: 'Hi' }]);
  });

  test('takes the place of what is shown under the same keys, except for what waits', () => {
    const shown = run(initialState, sent, started, text('Half'));
    const [user, assistant] = thread.messages;
    const now = { ...thread, messages: [{ ...user!, client_message_id: 'a' }, assistant!] };
    const state = run(
      shown,
      { type: 'message_queued', clientMessageId: 'b', text: 'Cats?', createdAt: 2, status: 'waiting' },
      threadRestored(now),
    );
    expect(state.messages.map(({ key }) => key)).toEqual([...shown.messages.map(({ key }) => key), 'b:user']);
    expect(state.messages[1]!.parts).toMatchObject([{ type: 'products' }]);
    expect(state.turn).toBeNull();
    const running = run(shown, threadRestored({ ...now, messages: [user!], active_turn_id: 'trn_1' }));
    expect(answer(running)).toMatchObject({ key: answer(shown).key, parts: [] });
  });

  test('whose last question has no answer can be asked again', () => {
    const unanswered = { ...thread, messages: thread.messages.slice(0, 1) };
    const state = run(initialState, threadRestored(unanswered));
    expect(answer(state)).toMatchObject({ role: 'assistant', status: 'failed', failure: { code: 'interrupted' } });
    expect(lastQuestion(state)).toBe('Dog food?');
  });

  test('is left for a new one', () => {
    const state = run(initialState, threadRestored(thread), { type: 'thread_left' });
    expect(state).toMatchObject({ threadId: null, messages: [], turn: null });
    expect(lastQuestion(state)).toBeNull();
  });
});

describe('what one could ask next', () => {
  const next: ChatEvent = { type: 'suggestions', data: ['Is it washable?'] };

  test('goes with its answer, and is no part of it', () => {
    const state = run(initialState, sent, started, text('A bed.'), next, done('stop'));
    expect(answer(state)).toMatchObject({ status: 'done', suggestions: ['Is it washable?'] });
    expect(answer(state).parts).toEqual([{ type: 'text', content: 'A bed.' }]);
  });

  test('goes with what is begun again, and with what the shopper stopped', () => {
    const again = run(initialState, sent, started, next, { type: 'reset' }, done('stop'));
    expect(answer(again)).not.toHaveProperty('suggestions');
    const stopped = run(initialState, sent, started, { type: 'stop_requested' }, next, done('cancelled'));
    expect(answer(stopped)).not.toHaveProperty('suggestions');
  });

  test('comes back with an old conversation', () => {
    const created_at = '2026-11-21T10:00:00.000Z';
    const thread: Thread = {
      thread_id: 'thr_1',
      title: 'Dog food?',
      updated_at: created_at,
      active_turn_id: null,
      messages: [
        { message_id: 'msg_1', role: 'user', parts: [{ type: 'text', content: 'A bed?' }], created_at },
        {
          message_id: 'msg_2',
          role: 'assistant',
          parts: [{ type: 'text', content: 'A bed.' }, next],
          created_at,
          finish: 'stop',
        },
      ],
    };
    const state = run(initialState, threadRestored(thread));
    expect(answer(state)).toMatchObject({ suggestions: ['Is it washable?'], status: 'done' });
    expect(answer(state).parts).toEqual([{ type: 'text', content: 'A bed.' }]);
  });
});

describe('a notice', () => {
  test.each([text('Yes.'), products, tool('search_products', 'started'), failure, done('stop')])(
    'that the proxy is busy is gone when %j comes',
    (next) => {
      const waiting = run(initialState, sent, started, { type: 'notice', code: 'busy' });
      expect(answer(waiting).parts).toEqual([{ type: 'notice', code: 'busy' }]);
      expect(answer(run(waiting, next)).parts.filter(({ type }) => type === 'notice')).toEqual([]);
    },
  );

  const contact: ChatEvent = { type: 'notice', code: 'contact', contact: { email: 'help@shop.example' } };
  const unknown = { type: 'notice', code: 'lottery' } as unknown as ChatEvent;

  test('is a part of the answer at its place, and one that nobody here can word is skipped', () => {
    const state = run(initialState, sent, started, text('Well.'), contact, unknown, products, done('stop'));
    expect(answer(state).parts.map(({ type }) => type)).toEqual(['text', 'notice', 'products']);
    expect(answer(state).parts[1]).toEqual(contact);
  });

  test('comes back with the thread', () => {
    const thread = {
      thread_id: 'thr_1',
      messages: [{ message_id: 'm', role: 'assistant', parts: [unknown, contact], created_at: '', finish: 'stop' }],
      active_turn_id: null,
    } as unknown as Thread;
    expect(answer(run(initialState, threadRestored(thread))).parts).toEqual([contact]);
  });
});

describe('consent', () => {
  const refused: Action = {
    type: 'turn_failed',
    clientMessageId: 'a',
    failure: { code: 'consent_required', retryable: false },
  };

  test('that is missing takes the question out of the conversation and keeps it', () => {
    const before = run(initialState, { type: 'consent_changed', agreed: true });
    const state = run(before, sent, refused);
    expect(state).toMatchObject({ messages: [], turn: null, unsent: 'Dog food?', agreed: false });
    expect(run(state, { ...sent, clientMessageId: 'b' }).unsent).toBe('');
  });

  test('that is missing after an answer has begun takes nothing away', () => {
    const state = run(initialState, sent, started, text('Half'), refused);
    expect(state).toMatchObject({ unsent: '', turn: null });
    expect(answer(state)).toMatchObject({ status: 'failed', failure: { code: 'consent_required' } });
  });
});
