/** What brings a conversation of before back: loaded when there is one. */
import type { Thread } from '../../proxy/protocol/index.ts';
import { withParts, type Action } from './reducer.ts';
import { refreshedPart, type Refresh } from './refresh.ts';
import { restored } from './restore.ts';

export { shownProducts } from './refresh.ts';

/** The thread as the proxy has it takes the place of what is shown. Its running turn, if any, becomes the current one. */
export function threadRestored(thread: Thread): Action {
  return { type: 'past_came', change: (state) => restored(state, thread) };
}

/** The products of these ids as they are today; those that are not among them are gone. */
export function productsRefreshed(refresh: Refresh): Action {
  return { type: 'past_came', change: (state) => withParts(state, (part) => refreshedPart(part, refresh)) };
}
