import {
  ConnectionChangeEvent,
  ConsentChangeEvent,
  FailureEvent,
  IdentityExpiredEvent,
  MessageSendEvent,
  ProductsShownEvent,
  ResponseEndEvent,
  ResponseStartEvent,
  ThreadChangeEvent,
  type Connection,
  type Source,
} from './events.ts';
import type { ChatState, Failure, Message } from './state/state.ts';

function isOpen({ status }: Message): boolean {
  return status === 'sending' || status === 'streaming';
}

/** A turn that was found running goes by its own id; a question that has waited for its turn was asked before. */
function isAsked({ turn: old, messages }: ChatState, { turn, messages: now }: ChatState): boolean {
  if (!turn || turn.clientMessageId === old?.clientMessageId || turn.clientMessageId === turn.turnId) return false;
  const question = now.findLast(({ role }) => role === 'user');
  return !messages.some(({ key }) => key === question?.key);
}

function connectionOf({ connection, turn }: ChatState): Connection {
  return turn?.reconnecting ? 'reconnecting' : connection;
}

function failed(source: Source, failure: Failure): Event[] {
  const events: Event[] = [new FailureEvent(source, failure)];
  if (failure.code === 'identity_invalid') events.push(new IdentityExpiredEvent(source));
  return events;
}

/** The public events that a change of the conversation means. Messages that come back with a reload are no news. */
export function report(before: ChatState, after: ChatState, by: Source): Event[] {
  if (before === after) return [];
  const source: Source = { ...by, source: 'assistant' };
  const events: Event[] = [];
  const connection = connectionOf(after);
  if (connection !== connectionOf(before)) events.push(new ConnectionChangeEvent(source, connection));
  if (after.agreed !== before.agreed) events.push(new ConsentChangeEvent(by, after.agreed));
  if (after.threadId !== before.threadId) events.push(new ThreadChangeEvent(by));
  if (after.failure && after.failure !== before.failure) events.push(...failed(source, after.failure));
  if (isAsked(before, after)) events.push(new MessageSendEvent(by));

  for (const message of after.messages) {
    const old = before.messages.find(({ key }) => key === message.key);
    if (!old || old === message || !isOpen(old)) continue;
    if (old.status === 'sending' && message.status !== 'failed')
      events.push(new ResponseStartEvent(source, message.id));
    for (const part of message.parts.slice(old.parts.length)) {
      if (part.type === 'products' || part.type === 'comparison')
        events.push(new ProductsShownEvent(source, part.products));
    }
    if (isOpen(message)) continue;
    if (message.failure) events.push(...failed(source, message.failure));
    events.push(new ResponseEndEvent(source, message.id, message.status));
  }
  return events;
}
