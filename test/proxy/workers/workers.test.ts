import { writeFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { runSync } from '../../../proxy/workers/run-sync.ts';
import { createSearchThread } from '../../../proxy/workers/search.ts';
import { openSqlite } from '../../../proxy/storage/index.ts';
import { product } from '../../fixtures/products.ts';
import { tempDir } from '../../temp-dir.ts';

let dir: ReturnType<typeof tempDir>;
let logged: object[];
const log = { error: (fields: object) => void logged.push(fields) };
beforeEach(async () => {
  dir = tempDir();
  logged = [];
  await openSqlite({ file: dir.file('shop.sqlite') }).close();
  await writeFile(dir.file('catalog.json'), JSON.stringify({ products: [product(1, 'Bed'), product(2, 'Bowl')] }));
});
afterEach(() => dir[Symbol.dispose]());

function job(file = dir.file('catalog.json')) {
  const source = { type: 'file' as const, file };
  return {
    file: dir.file('shop.sqlite'),
    shop: 'pets',
    source,
    sourceKey: 'file',
    full: false,
    allowPrivate: false,
    version: '0.0.0',
  };
}

describe('threads', () => {
  test('sync a catalogue and search it', async () => {
    const { signal } = new AbortController();
    expect(await runSync(job(), { signal })).toMatchObject({ status: 'synced', added: 2 });
    expect(await runSync(job(), { signal })).toMatchObject({ status: 'skipped' });
    const threads = createSearchThread({ file: dir.file('shop.sqlite'), log });
    const [hit] = await threads.search('pets', { query: 'bowl' });
    expect(hit?.product.title).toBe('Bowl');
    expect(await threads.facets('pets', { query: '' })).toMatchObject({ counted: 2 });
    await threads.close();
    expect(logged).toEqual([]);
  });

  test('tell in words why a catalogue could not be read, and stop when told', async () => {
    await expect(runSync(job(dir.file('gone.json')), { signal: new AbortController().signal })).rejects.toThrow(
      /There is no file .*gone\.json/,
    );
    await expect(runSync(job(), { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped');
  });
});

describe('the search thread', () => {
  const script = (code: string) => () => new Worker(code, { eval: true });
  const query = { query: 'bed' };

  test('that crashes fails its questions as overloaded, and is replaced', async () => {
    await runSync(job(), { signal: new AbortController().signal });
    const starts = [
      script(`require('node:worker_threads').parentPort.once('message', () => { throw new Error('crash') })`),
      () =>
        new Worker(new URL('../../../proxy/workers/search-thread.ts', import.meta.url), {
          workerData: { file: dir.file('shop.sqlite') },
        }),
    ];
    const threads = createSearchThread({ file: '', log, start: () => starts.shift()!() });
    await expect(threads.search('pets', query)).rejects.toMatchObject({ code: 'overloaded', retryAfterMs: 1_000 });
    expect(await threads.search('pets', query)).toHaveLength(1);
    expect(logged).toHaveLength(1);
    await threads.close();
  });

  test('that hangs is ended', async () => {
    const start = script(`require('node:worker_threads').parentPort.once('message', () => { for (;;); })`);
    const threads = createSearchThread({ file: '', log, longestMs: 100, start });
    await expect(threads.search('pets', query)).rejects.toMatchObject({ code: 'overloaded' });
    await threads.close();
  });

  test('that has answered is none that hangs, however long nobody asks', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const answering = script(
      `const { parentPort } = require('node:worker_threads'); parentPort.on('message', ({ id }) => parentPort.postMessage({ id, result: [] }))`,
    );
    let started = 0;
    const start = () => {
      started++;
      return answering();
    };
    const threads = createSearchThread({ file: '', log, start });
    await threads.search('pets', query);
    vi.advanceTimersByTime(60_000);
    await threads.search('pets', query);
    expect([started, logged]).toEqual([1, []]);
    await threads.close();
  });

  test('takes no more questions than can wait', async () => {
    const start = script(`require('node:worker_threads').parentPort.on('message', () => {})`);
    const threads = createSearchThread({ file: '', log, maxWaiting: 2, start });
    const waiting = Promise.allSettled([threads.search('pets', query), threads.search('pets', query)]);
    await expect(threads.search('pets', query)).rejects.toMatchObject({ code: 'overloaded' });
    await threads.close();
    expect(await waiting).toMatchObject([{ reason: { code: 'shutting_down' } }, { reason: { code: 'shutting_down' } }]);
  });
});
