import type { Product } from '../../proxy/protocol/index.ts';
import { createClientMessageId } from '../controllers/client-message-id.ts';
import type { Chat } from '../controllers/types.ts';
import { sendAddition } from '../transport/errands.ts';
import { TransportError } from '../transport/types.ts';

/** Tells the shop's owner that a card of this answer has sold something. The shopper has it in the cart either way. */
export async function noteAddition({ room }: Chat, messageId: string, { id }: Product): Promise<void> {
  const body = { addition_id: createClientMessageId(), product_id: id, quantity: 1 };
  try {
    await room.session(room.signal());
    await sendAddition(room.transport, messageId, body, room.signal());
  } catch (error) {
    // One that isn't counted is no reason to bother anybody.
    if (!(error instanceof TransportError) && !room.signal().aborted) throw error;
  }
}
