import { failureOf } from '../controllers/failure-of.ts';
import type { Chat } from '../controllers/types.ts';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import { deleteThread, exportThread } from '../transport/errands.ts';
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
  const { transport, signal } = chat.line;
  const file = await beside(chat, exportThread(transport, threadId, signal));
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
  const { transport, signal } = chat.line;
  const gone = await beside(
    chat,
    deleteThread(transport, threadId, signal).then(() => true),
  );
  if (!gone) return false;
  if (chat.state.threadId === threadId) chat.newThread();
  announce(root, laterStrings(strings).removed);
  return true;
}
