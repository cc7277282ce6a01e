import { parentPort } from 'node:worker_threads';

/**
 * The inside of a thread of job-threads.ts: does the jobs that it is sent, one after the other.
 * @param work says by `send` how it goes, and at the end, whatever happens, what the other side takes for the last; throws nothing
 */
export function doJobs<Job, Message>(
  work: (job: Job, send: (message: Message) => void, signal: AbortSignal) => Promise<void>,
): void {
  const port = parentPort!;
  let stop: AbortController | undefined;
  port.on('message', (message: { job: Job } | 'stop') => {
    // A word that comes when the job is done already is meant for nobody.
    if (message === 'stop') return stop?.abort(new Error('It was stopped.'));
    stop = new AbortController();
    void work(message.job, (said) => port.postMessage(said, []), stop.signal).finally(() => (stop = undefined));
  });
}
