import { FailureEvent, MessageSendEvent, ProductsShownEvent, ResponseEndEvent, type Source } from './events.ts';
import type { ChatState, Message } from './state/state.ts';

function isOpen({ status }: Message): boolean {
  return status === 'sending' || status === 'streaming';
}

/** The public events that a change of the conversation means. Messages that come back with a reload are no news. */
export function report(before: ChatState, after: ChatState, shop: string): Event[] {
  if (before === after) return [];
  const source: Source = { shop, threadId: after.threadId };
  const events: Event[] = [];
  if (after.failure && after.failure !== before.failure) events.push(new FailureEvent(source, after.failure));
  if (after.turn && after.turn.clientMessageId !== before.turn?.clientMessageId) {
    events.push(new MessageSendEvent(source));
  }

  for (const message of after.messages) {
    const old = before.messages.find(({ key }) => key === message.key);
    if (!old || old === message || !isOpen(old)) continue;
    for (const part of message.parts.slice(old.parts.length)) {
      if (part.type === 'products') events.push(new ProductsShownEvent(source, part.products));
    }
    if (isOpen(message)) continue;
    if (message.failure) events.push(new FailureEvent(source, message.failure));
    events.push(new ResponseEndEvent(source, message.id, message.status));
  }
  return events;
}
