/** The thread that searches: words are matched and ranked here, in a connection that only reads. */
import { parentPort, workerData } from 'node:worker_threads';
import { createSearch } from '../catalog/search.ts';
import { openSqliteReader } from '../storage/index.ts';
import type { SearchAnswer, SearchTask } from './types.ts';

const search = createSearch({ storage: openSqliteReader(workerData as { file: string }) });

parentPort!.on('message', (task: SearchTask) => void answer(task));

async function answer({ id, what, shop, query }: SearchTask): Promise<void> {
  let message: SearchAnswer;
  try {
    message = { id, result: await search[what](shop, query) };
  } catch (error) {
    message = { id, error: (error as Error).message };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort!.postMessage(message);
}
