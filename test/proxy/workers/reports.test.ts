import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqlite } from '../../../proxy/storage/index.ts';
import { createReportsThread } from '../../../proxy/workers/reports.ts';
import { tempDir } from '../../temp-dir.ts';

const script = (code: string) => () =>
  new Worker(`const { parentPort } = require('node:worker_threads'); ${code}`, { eval: true });
const usage = { shop: 'pets', from: '2026-11-01', to: '2026-11-21', by: 'day' as const };
const { signal } = new AbortController();

describe('the thread of the reports', () => {
  let dir: ReturnType<typeof tempDir>;
  let logged: object[];
  const log = { error: (fields: object) => void logged.push(fields) };
  beforeEach(async () => {
    dir = tempDir();
    logged = [];
    await openSqlite({ file: dir.file('shop.sqlite') }).close();
  });
  afterEach(() => dir[Symbol.dispose]());

  test('reads, and cannot write', async () => {
    const reports = createReportsThread({ file: dir.file('shop.sqlite'), log });
    expect(await reports.read('usageReport', usage, signal)).toEqual([]);
    expect(await reports.read('conversation', { shop: 'pets', threadId: 'thr_none' }, signal)).toBeUndefined();
    await reports.close();
    await expect(reports.read('usageReport', usage, signal)).rejects.toMatchObject({ code: 'shutting_down' });
    expect(logged).toEqual([]);
  });

  test('is asked one thing at a time, and never what nobody waits for any more', async () => {
    const start = script(
      `let asked = 0; parentPort.on('message', ({ id }) => parentPort.postMessage({ id, result: ++asked }))`,
    );
    const reports = createReportsThread({ file: '', log, start });
    const leaves = new AbortController();
    const first = reports.read('usageReport', usage, signal);
    const second = reports.read('usageReport', usage, leaves.signal);
    const third = reports.read('usageReport', usage, signal);
    leaves.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    expect([await first, await third]).toEqual([1, 2]);
    await expect(reports.read('usageReport', usage, leaves.signal)).rejects.toThrow('gone');
    await reports.close();
  });

  test('takes no more questions than can wait', async () => {
    const start = script(`parentPort.on('message', () => {})`);
    const reports = createReportsThread({ file: '', log, maxWaiting: 2, start });
    const ask = () => reports.read('usageReport', usage, signal);
    const waiting = Promise.allSettled([ask(), ask(), ask()]);
    await expect(ask()).rejects.toMatchObject({ code: 'overloaded', status: 503, retryAfterMs: 1_000 });
    await reports.close();
    expect(await waiting).toMatchObject([1, 2, 3].map(() => ({ reason: { code: 'shutting_down' } })));
  });

  test('lets one question of another shop in where a shop has filled the line, and no more', async () => {
    const start = script(`parentPort.on('message', () => {})`);
    const reports = createReportsThread({ file: '', log, maxWaiting: 2, start });
    const ask = (shop: string) => reports.read('usageReport', { ...usage, shop }, signal);
    const waiting = Promise.allSettled([ask('pets'), ask('pets'), ask('pets'), ask('books')]);
    for (const shop of ['pets', 'books']) await expect(ask(shop)).rejects.toMatchObject({ code: 'overloaded' });
    const more = Promise.allSettled([ask('toys')]);
    await expect(ask('shoes')).rejects.toMatchObject({ code: 'overloaded' });
    await reports.close();
    expect(await waiting).toMatchObject([1, 2, 3, 4].map(() => ({ reason: { code: 'shutting_down' } })));
    expect(await more).toMatchObject([{ reason: { code: 'shutting_down' } }]);
  });

  test('that crashes or hangs is replaced, and only the question that it read fails', async () => {
    for (const fault of [`throw new Error('crash')`, `for (;;);`]) {
      const starts = [
        script(`parentPort.once('message', () => { ${fault} })`),
        script(`parentPort.on('message', ({ id }) => parentPort.postMessage({ id, result: 'read' }))`),
      ];
      const reports = createReportsThread({ file: '', log, longestMs: 200, start: () => starts.shift()!() });
      const [lost, next] = await Promise.allSettled([
        reports.read('usageReport', usage, signal),
        reports.read('usageReport', usage, signal),
      ]);
      expect(lost).toMatchObject({ reason: { code: 'overloaded' } });
      expect(next).toMatchObject({ value: 'read' });
      await reports.close();
    }
    expect(logged).toHaveLength(2);
  });
});
