import type { ChatEvent, Finish, Thread, ThreadMessage, ShopSettings } from '../../proxy/protocol/index.ts';
import { initialState } from './state.ts';
import type { ChatState, Failure, Message, MessageStatus, Part } from './state.ts';

export type Action =
  | { type: 'session_loading' }
  | { type: 'session_ready'; shop: ShopSettings }
  | { type: 'session_failed'; failure: Failure }
  | { type: 'thread_restored'; thread: Thread }
  /** `retry`: the last question and its answer leave the view, the new pair takes their place. */
  | { type: 'message_sent'; clientMessageId: string; text: string; createdAt: number; retry?: boolean }
  | { type: 'event_received'; clientMessageId: string; event: ChatEvent }
  /** The turn ended without a `done`: refused, cut off, or not reached at all. */
  | { type: 'turn_failed'; clientMessageId: string; failure: Failure }
  /** Nothing that comes after this is shown, but the turn lasts until its end is known. */
  | { type: 'stop_requested' }
  /** The stopped turn is over, whether the proxy said so or not. */
  | { type: 'turn_stopped'; clientMessageId: string }
  | { type: 'thread_left' };

/**
 * The state after an action. Pure; what an action doesn't touch keeps its identity, so that a list of messages can
 * tell by `===` what to draw again. Actions of a turn carry its `clientMessageId`: what comes late from a turn that
 * is over changes nothing.
 */
export function reduce(state: ChatState, action: Action): ChatState {
  switch (action.type) {
    case 'session_loading':
      return { ...state, connection: 'loading', failure: null };
    case 'session_ready':
      return { ...state, connection: 'ready', failure: null, shop: action.shop };
    case 'session_failed':
      return { ...state, connection: 'failed', failure: action.failure };
    case 'thread_restored':
      return { ...state, threadId: action.thread.thread_id, messages: restoredMessages(action.thread), turn: null };
    case 'message_sent':
      return sent(state, action);
    case 'event_received':
      return isCurrent(state, action) ? received(state, action.event) : state;
    case 'turn_failed':
      return isCurrent(state, action) ? turnFailed(state, action.failure) : state;
    case 'stop_requested':
      if (state.turn === null || state.turn.stopping) return state;
      return updateAnswer({ ...state, turn: { ...state.turn, stopping: true } }, stopped);
    case 'turn_stopped':
      return isCurrent(state, action) ? endTurn(state, stopped) : state;
    case 'thread_left':
      return { ...state, threadId: initialState.threadId, messages: initialState.messages, turn: initialState.turn };
    default:
      return action satisfies never;
  }
}

/** The shopper's last message, as text; null in an empty conversation. */
export function lastQuestion(state: ChatState): string | null {
  const message = state.messages.findLast(({ role }) => role === 'user');
  return message ? message.parts.map((part) => (part.type === 'text' ? part.content : '')).join('') : null;
}

function isCurrent(state: ChatState, { clientMessageId }: { clientMessageId: string }): boolean {
  return state.turn?.clientMessageId === clientMessageId;
}

function sent(state: ChatState, action: Extract<Action, { type: 'message_sent' }>): ChatState {
  const { clientMessageId, text, createdAt, retry = false } = action;
  const user = `${clientMessageId}:user`;
  const assistant = `${clientMessageId}:assistant`;
  const kept = retry
    ? state.messages.slice(
        0,
        Math.max(
          0,
          state.messages.findLastIndex(({ role }) => role === 'user'),
        ),
      )
    : state.messages;
  return {
    ...state,
    messages: [
      ...kept,
      { id: user, key: user, role: 'user', parts: [{ type: 'text', content: text }], status: 'done', createdAt },
      { id: assistant, key: assistant, role: 'assistant', parts: [], status: 'sending', createdAt },
    ],
    turn: { clientMessageId, turnId: null, messageKey: assistant, stopping: false },
  };
}

function received(state: ChatState, event: ChatEvent): ChatState {
  if (event.type === 'thread_id') return started(state, event);
  if (state.turn?.stopping) return event.type === 'done' ? endTurn(state, stopped) : state;
  switch (event.type) {
    case 'text':
      if (event.content === '') return state;
      return updateAnswer(state, (message) => streaming(message, joinText(message.parts, event.content)));
    case 'products': {
      const { data, title, why } = event;
      const part: Part = {
        type: 'products',
        products: data,
        ...(title !== undefined && { title }),
        ...(why !== undefined && { why }),
      };
      return updateAnswer(state, (message) => streaming(message, [...message.parts, part]));
    }
    case 'tool':
      return updateAnswer(state, (message) => {
        if (event.status === 'started') return { ...streaming(message), tool: event.name };
        return message.tool === event.name ? withoutTool(message) : message;
      });
    case 'error':
      return updateAnswer(state, (message) => failed(message, failureOf(event)));
    case 'done':
      return endTurn(state, (message) => finished(message, event.finish));
    default:
      return event satisfies never;
  }
}

function started(state: ChatState, event: Extract<ChatEvent, { type: 'thread_id' }>): ChatState {
  const turn = state.turn && { ...state.turn, turnId: event.turn_id };
  return updateAnswer({ ...state, threadId: event.thread_id, turn }, (message) => ({
    ...message,
    id: event.message_id,
    status: message.status === 'sending' ? 'streaming' : message.status,
  }));
}

function updateAnswer(state: ChatState, update: (message: Message) => Message): ChatState {
  const key = state.turn?.messageKey;
  const index = state.messages.findLastIndex((message) => message.key === key);
  const message = state.messages[index];
  if (!message) return state;
  const updated = update(message);
  return updated === message ? state : { ...state, messages: state.messages.with(index, updated) };
}

function endTurn(state: ChatState, update: (message: Message) => Message): ChatState {
  return { ...updateAnswer(state, (message) => update(withoutTool(message))), turn: null };
}

function turnFailed(state: ChatState, failure: Failure): ChatState {
  if (failure.code !== 'thread_not_found') return endTurn(state, (message) => failed(message, failure));
  // The thread was deleted elsewhere: asking again begins a new one.
  return endTurn({ ...state, threadId: null }, (message) => failed(message, { ...failure, retryable: true }));
}

function streaming(message: Message, parts = message.parts): Message {
  return { ...message, status: 'streaming', parts };
}

function stopped(message: Message): Message {
  return { ...withoutTool(message), status: 'stopped' };
}

/** The first failure is the one that explains what happened; a cut line after it does not. */
function failed(message: Message, failure: Failure): Message {
  return { ...withoutTool(message), status: 'failed', failure: message.failure ?? failure };
}

function finished(message: Message, finish: Finish): Message {
  if (finish === 'error') return failed(message, { code: 'internal', retryable: true });
  return { ...message, status: STATUS[finish], ...(finish === 'length' && { cut: true }) };
}

const STATUS: Record<Exclude<Finish, 'error'>, MessageStatus> = { stop: 'done', length: 'done', cancelled: 'stopped' };

function withoutTool({ tool: _, ...message }: Message): Message {
  return message;
}

function joinText(parts: readonly Part[], content: string): readonly Part[] {
  const last = parts.at(-1);
  return last?.type === 'text'
    ? parts.with(-1, { type: 'text', content: last.content + content })
    : [...parts, { type: 'text', content }];
}

function failureOf(error: NonNullable<ThreadMessage['error']>): Failure {
  return {
    code: error.code,
    retryable: error.retryable,
    ...(error.retry_after_ms !== undefined && { retryAfterMs: error.retry_after_ms }),
  };
}

/**
 * Past turns have ended, except perhaps the last: a question without an answer, or an answer without an end, is shown
 * as interrupted, so that the shopper can ask again.
 */
function restoredMessages({ messages }: Thread): Message[] {
  const restored = messages.map(restoredMessage);
  const last = restored.at(-1);
  if (last?.role === 'user') {
    const key = `${last.key}:unanswered`;
    const { createdAt } = last;
    restored.push({ id: key, key, role: 'assistant', parts: [], status: 'failed', createdAt, failure: INTERRUPTED });
  }
  return restored;
}

const INTERRUPTED: Failure = { code: 'interrupted', retryable: true };

function restoredMessage({ message_id, role, parts, created_at, finish, error }: ThreadMessage): Message {
  const message: Message = {
    id: message_id,
    key: message_id,
    role,
    parts: parts.map((part) => {
      if (part.type === 'text') return part;
      const { data, ...rest } = part;
      return { ...rest, products: data };
    }),
    status: 'done',
    createdAt: Date.parse(created_at),
  };
  if (role === 'user') return message;
  if (error) return failed(message, failureOf(error));
  return finish ? finished(message, finish) : failed(message, INTERRUPTED);
}
