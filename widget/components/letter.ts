import { createClientMessageId } from '../controllers/client-message-id.ts';
import { failureOf } from '../controllers/failure-of.ts';
import type { Chat, Letter } from '../controllers/types.ts';
import { consentNeeded, type Failure } from '../state/state.ts';
import { sendLetter } from '../transport/errands.ts';

/** The last letter of each conversation, as text, and its id. */
const last = new WeakMap<Chat, { text: string; id: string }>();

/** To the people of the shop; null when they have it. The same letter again is one letter. */
export async function deliver(chat: Chat, { name, email, message, talk }: Letter): Promise<Failure | null> {
  if (consentNeeded(chat.state)) return { code: 'consent_required', retryable: false };
  const { threadId } = chat.state;
  const { transport, session } = chat.room;
  const locale = chat.room.locale();
  const signal = chat.room.signal();
  const thread = talk && threadId !== null && { thread_id: threadId };
  const letter = { email, message, ...(name && { name }), ...thread, ...(locale !== undefined && { locale }) };
  const text = JSON.stringify(letter);
  const known = last.get(chat);
  const id = known?.text === text ? known.id : createClientMessageId();
  last.set(chat, { text, id });
  try {
    await session(signal);
    await sendLetter(transport, { client_message_id: id, ...letter }, signal);
    return null;
  } catch (error) {
    return failureOf(error, 'network');
  }
}
