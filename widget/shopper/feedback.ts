import type { Feedback, FeedbackRequest } from '../../proxy/protocol/index.ts';
import type { Chat } from '../controllers/types.ts';
import { failureOf } from '../controllers/failure-of.ts';
import { sendFeedback } from '../transport/errands.ts';

/** What the shopper thinks of an answer is in the conversation from now on. */
function rated({ room }: Chat, id: string, feedback: Feedback | null): void {
  room.dispatch({
    type: 'past_came',
    change: (state) => ({
      ...state,
      messages: state.messages.map((message) => {
        if (message.id !== id) return message;
        const { feedback: _, ...rest } = message;
        return feedback ? { ...rest, feedback } : rest;
      }),
    }),
  });
}

/** Tells the shop; null takes it back. Shown at once, and taken back where the shop couldn't be told. False then. */
export async function rate(chat: Chat, id: string, feedback: Feedback | null): Promise<boolean> {
  const { room } = chat;
  const before = room.state().messages.find((message) => message.id === id)?.feedback ?? null;
  const body: FeedbackRequest = feedback ?? { rating: null };
  rated(chat, id, feedback);
  try {
    await room.session(room.signal());
    await sendFeedback(room.transport, id, body, room.signal());
    return true;
  } catch (error) {
    rated(chat, id, before);
    chat.failBeside(failureOf(error, 'network'));
    return false;
  }
}
