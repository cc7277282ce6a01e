/** The thread that searches: words are matched and ranked here, in a connection that only reads. */
import { parentPort, workerData } from 'node:worker_threads';
import { createSearch } from '../catalog/search.ts';
import { createPassageSearch, createVectorSearch } from '../knowledge/index.ts';
import { openSqliteReader } from '../storage/index.ts';
import type { SearchAnswer, SearchTask } from './types.ts';

const storage = openSqliteReader(workerData as { file: string });
const search = createSearch({ storage });
const searchPassages = createPassageSearch({ storage, vectors: createVectorSearch({ storage }) });

parentPort!.on('message', (task: SearchTask) => void answer(task));

async function answer(task: SearchTask): Promise<void> {
  const { id, shop } = task;
  let message: SearchAnswer;
  try {
    const found = task.what === 'passages' ? searchPassages(shop, task.query) : search[task.what](shop, task.query);
    message = { id, result: await found };
  } catch (error) {
    message = { id, error: (error as Error).message };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort!.postMessage(message);
}
