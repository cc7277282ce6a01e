/** What brings a conversation of before back: loaded when there is one. */
import type { Product, Thread } from '../../proxy/protocol/index.ts';
import { withParts, type Action } from './reducer.ts';
import { refreshedPart, shownProducts, type Refresh } from './refresh.ts';
import { restored } from './restore.ts';
import type { ChatState } from './state.ts';

/** The thread as the proxy has it takes the place of what is shown. Its running turn, if any, becomes the current one. */
export function threadRestored(thread: Thread): Action {
  return { type: 'past_came', change: (state) => restored(state, thread) };
}

/** The products of these ids as they are today; those that are not among them are gone. */
export function productsRefreshed(refresh: Refresh): Action {
  return { type: 'past_came', change: (state) => withParts(state, (part) => refreshedPart(part, refresh)) };
}

/** What the proxy tells at once. */
const MAX_REFRESHED = 50;

/** Looks the latest of the cards up again; null where there are none. */
export async function refreshed(
  messages: ChatState['messages'],
  /** The products of today. */
  products: (ids: readonly number[]) => Promise<Product[]>,
): Promise<Action | null> {
  const ids = shownProducts({ messages }).slice(-MAX_REFRESHED);
  return ids.length === 0 ? null : productsRefreshed({ ids, products: await products(ids) });
}
