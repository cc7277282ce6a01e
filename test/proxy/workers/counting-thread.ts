/** A thread for job-threads.test.ts: tells which thread it is, and does what the job says. */
import { threadId } from 'node:worker_threads';
import { doJobs } from '../../../proxy/workers/do-jobs.ts';

export interface CountingJob {
  what: 'count' | 'wait' | 'hang' | 'die' | 'leave';
  bytes?: Uint8Array;
}

export type CountingMessage =
  | { kind: 'begun' }
  | { kind: 'counted'; thread: number; bytes: number }
  | { kind: 'stopped'; thread: number };

doJobs<CountingJob, CountingMessage>(async ({ what, bytes }, send, signal) => {
  send({ kind: 'begun' });
  if (what === 'leave') process.exit();
  if (what === 'die') throw new Error('Out of breath.');
  if (what === 'hang') await new Promise(() => undefined);
  if (what === 'wait') {
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    return send({ kind: 'stopped', thread: threadId });
  }
  send({ kind: 'counted', thread: threadId, bytes: bytes?.length ?? 0 });
});
