import type { Chat } from '../controllers/types.ts';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import { announce } from './announcer.ts';

/** Gives the shopper the conversation as a file. */
export async function download(chat: Chat, name: string): Promise<void> {
  const file = await chat.exportThread();
  if (!file) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Resolves with whether the conversation is gone, which is said below `root`. */
export async function remove(chat: Chat, root: ParentNode, strings: Strings): Promise<boolean> {
  const gone = await chat.deleteThread();
  if (gone) announce(root, laterStrings(strings).removed);
  return gone;
}
