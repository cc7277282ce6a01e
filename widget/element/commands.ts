/** What few pages ask of the element, loaded when the first of them does. */
import { deleteData, exportData } from '../components/keepsake.ts';
import { selectThread } from '../shopper/threads.ts';
import type { Talking } from './host.ts';

/** Shows a conversation of before. @throws TypeError for the page's author */
export async function select(talk: Talking, id: unknown): Promise<void> {
  if (typeof id !== 'string' || id === '') {
    throw new TypeError('selectThread: the id of a conversation is needed, as shopclerk-thread-change tells it');
  }
  const chat = talk.begin();
  await chat.start();
  await selectThread(chat, id);
}

/** All that is kept of the shopper; null where that is nothing. */
export function exported(talk: Talking): Promise<Blob | null> {
  return exportData(talk.begin());
}

/** Resolves with whether something was kept, and is gone. */
export async function deleted(talk: Talking): Promise<boolean> {
  const gone = await deleteData(talk.begin());
  if (gone) await talk.signOut();
  return gone;
}
