import { failureOf } from '../controllers/failure-of.ts';
import type { Chat } from '../controllers/types.ts';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import { deleteThread, deleteVisitor, exportThread, exportVisitor } from '../transport/errands.ts';
import type { Transport } from '../transport/types.ts';
import { announce } from './announcer.ts';

/** Null when it fails, which is said beside the conversation and changes nothing in it. */
async function beside<T>(chat: Chat, act: Promise<T>): Promise<T | null> {
  try {
    return await act;
  } catch (error) {
    chat.failBeside(failureOf(error, 'network'));
    return null;
  }
}

/** Gives the shopper the conversation as a file. */
export async function download(chat: Chat, name: string): Promise<void> {
  const { threadId } = chat.state;
  if (threadId === null) return;
  const { transport, signal } = chat.room;
  const file = await beside(chat, exportThread(transport, threadId, signal()));
  if (!file) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Resolves with whether the conversation is gone, which is said below `root`. */
export async function remove(chat: Chat, root: ParentNode, strings: Strings): Promise<boolean> {
  const { threadId } = chat.state;
  if (threadId === null) return false;
  const { transport, signal } = chat.room;
  const gone = await beside(
    chat,
    deleteThread(transport, threadId, signal()).then(() => true),
  );
  if (!gone) return false;
  if (chat.state.threadId === threadId) chat.newThread();
  announce(root, laterStrings(strings).removed);
  return true;
}

type OfVisitor<T> = (transport: Transport, signal: AbortSignal) => Promise<T>;

/** Null, too, for who was never here. */
async function ofVisitor<T>(chat: Chat, act: OfVisitor<T>): Promise<T | null> {
  const { transport, session, signal, known } = chat.room;
  if (!known()) return null;
  const life = signal();
  return beside(
    chat,
    session(life).then(() => act(transport, life)),
  );
}

/** All that is kept of the shopper; null where that is nothing. */
export function exportData(chat: Chat): Promise<Blob | null> {
  return ofVisitor(chat, exportVisitor);
}

/** Resolves with whether the proxy had something of the shopper, and now has nothing. */
export async function deleteData(chat: Chat): Promise<boolean> {
  return (await ofVisitor(chat, (...line) => deleteVisitor(...line).then(() => true))) ?? false;
}
