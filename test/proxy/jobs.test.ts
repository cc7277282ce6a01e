import { expect, onTestFinished, test, vi } from 'vitest';
import { startJobs } from '../../proxy/jobs.ts';
import { openSqlite } from '../../proxy/storage/index.ts';
import { tempDir } from '../temp-dir.ts';

test('the cleaning forgets the journal up to what running turns need, and events of turns long ended', async () => {
  const dir = tempDir();
  const storage = openSqlite({ file: dir.file('shop.sqlite') });
  const begun = await storage.beginTurn({
    shop: 'pets',
    visitorId: 'vis_a',
    threadId: null,
    clientMessageId: 'message-1',
    text: 'Hello',
    locale: 'en',
    now: 0,
  });
  const id = begun.outcome === 'started' ? begun.turn.id : '';
  storage.keepEvents(id, 'frames');
  await storage.finishTurn({ turnId: id, finish: 'stop', error: null, parts: [], now: 1_000 });
  const rows = Array.from({ length: 250 }, (_, index) => storage.appendJournal(String(index)));
  const errors: unknown[] = [];
  const log = { error: (fields: object) => void errors.push(fields) };
  let time = 1_000 + 15 * 60_000;
  const stop = startJobs({ storage, turns: { journalNeededFrom: rows[240]! }, log, everyMs: 1, now: () => time });
  onTestFinished(async () => {
    stop();
    await storage.close();
    dir[Symbol.dispose]();
  });
  await vi.waitFor(async () => expect(await storage.journal()).toHaveLength(10));
  expect(await storage.events(id)).toBe('frames');
  time++;
  await vi.waitFor(async () => expect(await storage.events(id)).toBeUndefined());
  expect(errors).toEqual([]);
});
