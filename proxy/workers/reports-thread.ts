/** The thread that reads reports, in a connection that cannot write. */
import { parentPort, workerData } from 'node:worker_threads';
import { openSqliteReports } from '../storage/index.ts';
import type { ReportAnswer, ReportTask } from './types.ts';

const reports = openSqliteReports(workerData as { file: string });

parentPort!.on('message', ({ id, name, query }: ReportTask) => {
  let message: ReportAnswer;
  try {
    message = { id, result: reports[name](query as never) };
  } catch (error) {
    message = { id, error: (error as Error).message };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort!.postMessage(message);
});
