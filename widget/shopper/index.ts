/** What comes with the later pieces: what shoppers can do with their conversations and with an answer. */
import './actions.ts';
export { openThreads } from './thread-list.ts';
export { selectThread } from './threads.ts';
export { tidy } from './tidy.ts';
