/** How waiting questions are sent, and where a conversation goes on after a reload: loaded when there is a line for it. */
import { textOf } from '../state/reducer.ts';
import { clientMessageIdOf, lastAsked } from '../state/state.ts';
import type { OldThread, Turns } from './following.ts';
import type { Outbox } from './outbox.ts';
import type { Chat } from './types.ts';

export interface Sender {
  outbox: Outbox;
  turns: Turns;
  chat: Chat;
  /** Asks under the id that the question has. Never rejects. */
  ask: (text: string, clientMessageId: string) => Promise<void>;
}

const sending = new WeakSet<Outbox>();

/**
 * Sends what has waited for the line: one after the other, each under the id that it had from the beginning. One that failed
 * and may be tried again holds up those behind it, until something new happens (`afresh`): then it goes first.
 */
export async function sendWaiting({ outbox, turns, chat, ask }: Sender, afresh: boolean): Promise<void> {
  if (sending.has(outbox)) return;
  sending.add(outbox);
  let mayGo = afresh && !turns.lost;
  if (afresh && turns.lost) await chat.retry();
  while (navigator.onLine && !chat.state.turn && (mayGo || !lastAsked(chat.state)?.failure?.retryable)) {
    mayGo = false;
    const [message] = outbox.waiting();
    if (!message) break;
    await ask(textOf(message), clientMessageIdOf(message.key)!);
    // Something else was in its way; it goes on waiting.
    if (chat.state.messages.includes(message)) break;
  }
  sending.delete(outbox);
}

/**
 * The page went away with questions on their way, and is back: under the same ids they are asked once, whatever has come of
 * them, and in order. The first may have been under way, and is asked whatever else has happened.
 */
export async function goOn(old: OldThread | null, sender: Sender): Promise<void> {
  const { outbox, turns } = sender;
  const arrived = new Set(old?.thread.messages.map((message) => message.client_message_id));
  const [first, ...others] = outbox.asking.filter(({ clientMessageId }) => !arrived.has(clientMessageId));
  outbox.asking = first ? [first] : [];
  const over = old ? turns.show(old, first) : first && turns.ask(first, false);
  outbox.show(others);
  await over;
  await sendWaiting(sender, false);
}
