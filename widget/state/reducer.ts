import { NOTICE_CODES } from '../../proxy/protocol/index.ts';
import type { ChatEvent, ShopSettings } from '../../proxy/protocol/index.ts';
import { withCitations } from './citations.ts';
import {
  emptyAnswer,
  failed,
  failureOf,
  finished,
  joinText,
  questionMessage,
  reset,
  stopped,
  streaming,
  withoutTool,
} from './message.ts';
import { cardsPart, changedAct, isAct, withAct } from './parts.ts';
import { answerKey, clientMessageIdOf, initialState, lastAsked, questionKey, waitsForLine } from './state.ts';
import type { ActPart, ChatState, Failure, Message, Part } from './state.ts';

export type Action =
  /** `shop`: as soon as it is known. */
  | { type: 'session_loading'; shop?: ShopSettings }
  | { type: 'session_ready'; shop: ShopSettings }
  | { type: 'session_failed'; failure: Failure }
  /** See `past.ts`. */
  | { type: 'past_came'; change: (state: ChatState) => ChatState }
  /** `retry`: the last question and its answer leave the view, the new pair takes their place. */
  | { type: 'message_sent'; clientMessageId: string; text: string; createdAt: number; retry?: boolean }
  /** Another turn was faster, or the line is down: the question waits, until it is sent with the same id. */
  | { type: 'message_queued'; clientMessageId: string; text: string; createdAt: number; status: 'waiting' | 'offline' }
  /** A question that waits for the line goes back to where it was written. */
  | { type: 'message_withdrawn'; clientMessageId: string; text: string }
  | { type: 'event_received'; clientMessageId: string; event: ChatEvent }
  | { type: 'line_changed'; clientMessageId: string; up: boolean }
  /** The turn ended without a `done`: refused, cut off, or not reached at all. */
  | { type: 'turn_failed'; clientMessageId: string; failure: Failure }
  /** Nothing that comes after this is shown, but the turn lasts until its end is known. */
  | { type: 'stop_requested' }
  /** The stopped turn is over, whether the proxy said so or not. */
  | { type: 'turn_stopped'; clientMessageId: string }
  | { type: 'thread_left' }
  | { type: 'consent_changed'; agreed: boolean }
  /** The shopper must agree first: the question goes back to where it was written. */
  | { type: 'question_held'; text: string }
  | { type: 'aside_failed'; failure: Failure | null }
  /** How far something in the shopper's cart is. */
  | { type: 'act_changed'; callId: string; progress: ActPart['progress']; undo?: ActPart['undo'] };

/**
 * The state after an action. Pure; what an action doesn't touch keeps its identity, so that a list of messages can
 * tell by `===` what to draw again. Actions of a turn carry its `clientMessageId`: what comes late from a turn that
 * is over changes nothing.
 */
export function reduce(state: ChatState, action: Action): ChatState {
  switch (action.type) {
    case 'session_loading':
      return { ...state, connection: 'loading', failure: null, shop: action.shop ?? state.shop };
    case 'session_ready':
      return { ...state, connection: 'ready', failure: null, shop: action.shop };
    case 'session_failed':
      // Of somebody who was here before the shop demanded it: no failure, but a question to them.
      if (action.failure.code === 'consent_required' && state.shop) {
        return { ...state, connection: 'ready', shop: { ...state.shop, consent: true }, agreed: false };
      }
      return { ...state, connection: 'failed', failure: action.failure };
    case 'past_came':
      return action.change(state);
    case 'message_sent':
      return sent(state, action);
    case 'message_queued': {
      const { clientMessageId, text, createdAt, status } = action;
      const question = questionMessage(questionKey(clientMessageId), text, createdAt);
      const messages = [...without(state.messages, clientMessageId), { ...question, status }];
      return { ...state, messages, unsent: '' };
    }
    case 'message_withdrawn':
      return { ...state, messages: without(state.messages, action.clientMessageId), unsent: action.text };
    case 'event_received':
      return isCurrent(state, action) ? received(state, action.event) : state;
    case 'line_changed':
      if (!isCurrent(state, action) || state.turn!.reconnecting === !action.up) return state;
      return { ...state, turn: { ...state.turn!, reconnecting: !action.up } };
    case 'turn_failed':
      return isCurrent(state, action) ? turnFailed(state, action.failure) : state;
    case 'stop_requested':
      if (state.turn === null || state.turn.stopping) return state;
      return updateAnswer({ ...state, turn: { ...state.turn, stopping: true } }, stopped);
    case 'turn_stopped':
      return isCurrent(state, action) ? endTurn(state, stopped) : state;
    case 'thread_left':
      return { ...state, aside: null, threadId: null, messages: initialState.messages, turn: null };
    case 'consent_changed':
      return state.agreed === action.agreed ? state : { ...state, agreed: action.agreed };
    case 'question_held':
      return { ...state, aside: null, agreed: false, unsent: action.text };
    case 'aside_failed':
      return { ...state, aside: action.failure };
    case 'act_changed':
      return withParts(state, (part) => (isAct(part, action.callId) ? changedAct(part, action) : part));
    default:
      return action satisfies never;
  }
}

/** The last question that was asked, as text; null in an empty conversation. */
export function lastQuestion(state: ChatState): string | null {
  const message = lastUser(state.messages);
  return message ? textOf(message) : null;
}

/** All that is said in a message, without its cards. */
export function textOf({ parts }: Message): string {
  return parts.map((part) => (part.type === 'text' ? part.content : '')).join('');
}

/** The id that it was sent under; null in an empty conversation. */
export function lastQuestionId(state: ChatState): string | null {
  const key = lastUser(state.messages)?.key;
  return key === undefined ? null : clientMessageIdOf(key);
}

function lastUser(messages: readonly Message[]): Message | undefined {
  return messages.findLast((message) => message.role === 'user' && !waitsForLine(message));
}

function isCurrent(state: ChatState, { clientMessageId }: { clientMessageId: string }): boolean {
  return state.turn?.clientMessageId === clientMessageId;
}

function sent(state: ChatState, action: Extract<Action, { type: 'message_sent' }>): ChatState {
  const { clientMessageId, text, createdAt, retry = false } = action;
  const messageKey = answerKey(clientMessageId);
  const others = without(retry ? withoutLastPair(state.messages) : state.messages, clientMessageId);
  return {
    ...state,
    aside: null,
    unsent: '',
    messages: [
      ...others.filter((message) => !waitsForLine(message)),
      questionMessage(questionKey(clientMessageId), text, createdAt),
      emptyAnswer(messageKey, 'sending', createdAt),
      ...others.filter(waitsForLine),
    ],
    turn: { clientMessageId, turnId: null, messageKey, stopping: false, reconnecting: false },
  };
}

/** The last question and what came of it have gone; what waits for the line stays. */
function withoutLastPair(messages: readonly Message[]): readonly Message[] {
  const index = messages.indexOf(lastUser(messages)!);
  return messages.filter((message, at) => at < index || waitsForLine(message));
}

/** A question that is sent again leaves its old place. */
function without(messages: readonly Message[], clientMessageId: string): readonly Message[] {
  const keys = [questionKey(clientMessageId), answerKey(clientMessageId)];
  return messages.filter(({ key }) => !keys.includes(key));
}

function received(before: ChatState, event: ChatEvent): ChatState {
  if (event.type === 'thread_id') return started(before, event);
  const state = updateAnswer(before, withoutBusy);
  if (state.turn?.stopping) return event.type === 'done' ? endTurn(state, stopped) : state;
  switch (event.type) {
    case 'text':
      if (event.content === '') return state;
      return updateAnswer(state, (message) => streaming(message, joinText(message.parts, event.content)));
    case 'products':
    case 'comparison':
      return updateAnswer(state, (message) => streaming(message, [...message.parts, cardsPart(event)]));
    case 'citations':
      return updateAnswer(state, (message) => streaming(message, withCitations(message.parts, event.data)));
    case 'client_tool':
    case 'cart':
      return updateAnswer(state, (message) => streaming(message, withAct(message.parts, event)));
    case 'notice':
      // A newer proxy may have more to say than this widget can word.
      if (!NOTICE_CODES.includes(event.code)) return state;
      return updateAnswer(state, (message) => streaming(message, [...message.parts, event]));
    case 'suggestions':
      return updateAnswer(state, (message) => ({ ...message, suggestions: event.data }));
    case 'tool':
      return updateAnswer(state, (message) => {
        if (event.status === 'started') return { ...streaming(message), tool: event.name };
        return message.tool === event.name ? withoutTool(message) : message;
      });
    case 'reset':
      return updateAnswer(state, reset);
    case 'gap':
      // Who follows the turn loads the thread; until then the view stays as it is.
      return state;
    case 'error':
      return updateAnswer(state, (message) => failed(message, failureOf(event)));
    case 'done':
      return endTurn(state, (message) => finished(message, event.finish));
    default:
      return event satisfies never;
  }
}

/** Whatever comes next, the wait is over. */
function withoutBusy(message: Message): Message {
  const last = message.parts.at(-1);
  return last?.type === 'notice' && last.code === 'busy' ? { ...message, parts: message.parts.slice(0, -1) } : message;
}

/** A message none of whose parts changes stays the same. */
export function withParts(state: ChatState, update: (part: Part) => Part): ChatState {
  const messages = state.messages.map((message) => {
    const parts = message.parts.map(update);
    return parts.every((part, index) => part === message.parts[index]) ? message : { ...message, parts };
  });
  return messages.every((message, index) => message === state.messages[index]) ? state : { ...state, messages };
}

function started(state: ChatState, event: Extract<ChatEvent, { type: 'thread_id' }>): ChatState {
  const turn = state.turn && { ...state.turn, turnId: event.turn_id, reconnecting: false };
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
  if (failure.code === 'consent_required') return held(state, failure);
  if (failure.code !== 'thread_not_found') return endTurn(state, (message) => failed(message, failure));
  // The thread was deleted elsewhere: asking again begins a new one.
  return endTurn({ ...state, threadId: null }, (message) => failed(message, { ...failure, retryable: true }));
}

/** A question that was not taken leaves the conversation and is kept as a draft. The shop may demand it only since now. */
function held(state: ChatState, failure: Failure): ChatState {
  const unsent = lastAsked(state)?.status === 'sending' ? lastQuestion(state) : null;
  const shop = state.shop && { ...state.shop, consent: true };
  const asked = { ...state, shop, agreed: false };
  if (unsent === null) return endTurn(asked, (message) => failed(message, failure));
  return { ...asked, unsent, messages: withoutLastPair(state.messages), turn: null };
}
