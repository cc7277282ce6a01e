import { NOTICE_CODES } from '../../proxy/protocol/index.ts';
import type { MessagePart, Thread, ThreadMessage } from '../../proxy/protocol/index.ts';
import { withCitations } from './citations.ts';
import { emptyAnswer, failed, failureOf, finished, joinText } from './message.ts';
import { actPart, cardsPart } from './parts.ts';
import { answerKey, questionKey } from './state.ts';
import type { ChatState, Failure, Message, Part } from './state.ts';

const INTERRUPTED: Failure = { code: 'interrupted', retryable: true };

/**
 * The conversation as the proxy has it. What is shown already keeps its key, so that it isn't drawn anew. A turn that still
 * runs gets an empty answer, to be filled from the turn's first event on; without one, a question that has no answer, or
 * an answer without an end, is shown as interrupted, so that the shopper can ask again.
 */
export function restored(state: ChatState, thread: Thread): ChatState {
  const { thread_id, active_turn_id: turnId } = thread;
  const keys = new Map(state.messages.map(({ id, key }) => [id, key]));
  const messages = thread.messages.map((message) => restoredMessage(message, keys));
  const last = messages.at(-1);
  const arrived = new Set(messages.map(({ key }) => key));
  // What waits for its turn, or for the line, is known to this tab only, or to a copy of it that was faster.
  const waiting =
    state.threadId === thread_id
      ? state.messages.filter(({ key, status }) => /waiting|offline/.test(status) && !arrived.has(key))
      : [];
  if (turnId === null) {
    if (last?.role === 'user')
      messages.push(failed(emptyAnswer(`${last.key}:none`, 'failed', last.createdAt), INTERRUPTED));
    return { ...state, threadId: thread_id, messages: [...messages, ...waiting], turn: null };
  }
  const messageKey = state.turn?.turnId === turnId ? state.turn.messageKey : answerKey(turnId);
  messages.push(emptyAnswer(messageKey, 'streaming', last?.createdAt ?? Date.parse(thread.updated_at)));
  return {
    ...state,
    threadId: thread_id,
    messages: [...messages, ...waiting],
    turn: { clientMessageId: turnId, turnId, messageKey, stopping: false, reconnecting: false },
  };
}

function restoredMessage(
  { message_id, client_message_id, role, parts, created_at, finish, error, feedback }: ThreadMessage,
  keys: ReadonlyMap<string, string>,
): Message {
  const message: Message = {
    id: message_id,
    key: client_message_id === undefined ? (keys.get(message_id) ?? message_id) : questionKey(client_message_id),
    role,
    parts: parts.reduce(withRestored, []),
    status: 'done',
    createdAt: Date.parse(created_at),
  };
  if (role === 'user') return message;
  const suggestions = parts.find((part) => part.type === 'suggestions');
  if (suggestions) message.suggestions = suggestions.data;
  if (feedback) message.feedback = feedback;
  if (error) return failed(message, failureOf(error));
  return finish ? finished(message, finish) : failed(message, INTERRUPTED);
}

/** As if the events had come one after the other. */
function withRestored(parts: readonly Part[], part: MessagePart): readonly Part[] {
  // They stand beside the answer and are no part of it.
  if (part.type === 'suggestions') return parts;
  if (part.type === 'text') return joinText(parts, part.content);
  if (part.type === 'citations') return withCitations(parts, part.data);
  // None for what this widget can't word.
  if (part.type === 'notice') return NOTICE_CODES.includes(part.code) ? [...parts, part] : parts;
  return [...parts, ...(part.type === 'cart' ? actPart(part) : [cardsPart(part)])];
}
