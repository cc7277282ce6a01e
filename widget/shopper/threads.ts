/** What can be done with the conversations of before. All reject as `Transport` does. */
import type { ThreadSummary } from '../../proxy/protocol/index.ts';
import { loadPast } from '../controllers/past.ts';
import type { ChatRoom } from '../controllers/room.ts';
import type { Chat } from '../controllers/types.ts';
import { changeThread, deleteThread, findThreads } from '../transport/errands.ts';

/** What the proxy looks at, in characters. */
const MAX_QUERY = 100;

/** Newest first; with a query, only those that have its words in them. None for somebody who was never here. */
export async function listThreads(room: ChatRoom, query: string, signal: AbortSignal): Promise<ThreadSummary[]> {
  if (!room.known()) return [];
  await room.session(signal);
  return findThreads(room.transport, query.trim().slice(0, MAX_QUERY), signal);
}

export function renameThread(
  { transport }: ChatRoom,
  id: string,
  title: string,
  signal: AbortSignal,
): Promise<ThreadSummary> {
  return changeThread(transport, id, { title }, signal);
}

/** Deleting the one that is shown begins a new one. */
export async function removeThread(chat: Chat, id: string, signal: AbortSignal): Promise<void> {
  await deleteThread(chat.room.transport, id, signal);
  if (chat.state.threadId === id) chat.newThread();
}

/** Shows another conversation; the one before stays as it is, and an answer under way there isn't wanted any more. */
export async function selectThread({ room }: Chat, id: string): Promise<void> {
  if (room.state().threadId === id) return;
  await room.session(room.signal());
  const { oldThread } = await loadPast();
  const old = await oldThread(room.transport, id, room.locale(), room.signal());
  // Not awaited: a turn that runs there may last.
  void room.show(old);
}
