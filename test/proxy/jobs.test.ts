import { expect, onTestFinished, test, vi } from 'vitest';
import { startJobs, type JobsDeps } from '../../proxy/jobs.ts';
import type { Storage } from '../../proxy/storage/types.ts';
import { openFresh } from '../fresh-database.ts';
import { tempDir } from '../temp-dir.ts';
import { contacted } from './storage/contact-suite.ts';
import { call } from './storage/spending-calls.ts';

const DAY = 24 * 60 * 60_000;

function open() {
  const dir = tempDir();
  const storage = openFresh({ file: dir.file('shop.sqlite') });
  const errors: { err?: unknown; message: string }[] = [];
  const stops: (() => void)[] = [];
  onTestFinished(async () => {
    stops.forEach((stop) => stop());
    await storage.close();
    dir[Symbol.dispose]();
  });
  function start(deps: Partial<JobsDeps>): void {
    const log = { error: (fields: object, message: string) => void errors.push({ ...fields, message }) };
    const turns = { journalNeededFrom: 0 };
    stops.push(startJobs({ storage, turns, shops: () => [], log, everyMs: 1, now: () => 0, ...deps }));
  }
  return { storage, errors, start };
}

/** A thread with one answered question. */
async function thread(storage: Storage, shop: string, now: number, ended = true) {
  const begun = await storage.beginTurn({
    shop,
    visitorId: 'vis_a',
    address: 'hash',
    threadId: null,
    clientMessageId: crypto.randomUUID(),
    text: 'Hello',
    locale: 'en',
    maxThreads: 1_000,
    maxMessages: 1_000,
    now,
  });
  if (begun.outcome !== 'started') throw new Error(begun.outcome);
  const { id, threadId } = begun.turn;
  if (ended) await storage.finishTurn({ turnId: id, finish: 'stop', error: null, parts: [], now });
  return { turnId: id, threadId };
}

test('the cleaning forgets the journal up to what running turns need, and events of turns long ended', async () => {
  const { storage, errors, start } = open();
  const { turnId } = await thread(storage, 'pets', 1_000);
  storage.keepEvents(turnId, 'frames');
  const rows = Array.from({ length: 250 }, (_, index) => storage.appendJournal(String(index)));
  let time = 1_000 + 15 * 60_000;
  start({ turns: { journalNeededFrom: rows[240]! }, now: () => time });
  await vi.waitFor(async () => expect(await storage.journal()).toHaveLength(10));
  expect(await storage.events(turnId)).toBe('frames');
  time++;
  await vi.waitFor(async () => expect(await storage.events(turnId)).toBeUndefined());
  expect(errors).toEqual([]);
});

test('threads that nobody touched for the days of their shop are deleted, in steps, with all that hangs on them', async () => {
  const { storage, errors, start } = open();
  const idle = [];
  for (let n = 0; n < 45; n++) idle.push(await thread(storage, 'pets', 1_000));
  storage.keepEvents(idle[0]!.turnId, 'frames');
  const running = await thread(storage, 'pets', 1_000, false);
  const younger = await thread(storage, 'pets', 1_001);
  const patient = await thread(storage, 'books', 1_000);
  const steps: [string, number][] = [];
  async function pruneThreads(shop: string, idleSince: number, limit: number): Promise<number> {
    const deleted = await storage.pruneThreads(shop, idleSince, limit);
    if (deleted > 0) steps.push([shop, deleted]);
    return deleted;
  }
  const kept = async (shop: string) => (await storage.threads(shop, 'vis_a', 100)).map(({ id }) => id).sort();

  let shops = [{ slug: 'books', retentionDays: 60 }];
  start({ storage: { ...pruning(storage), pruneThreads }, shops: () => shops, now: () => 1_001 + 30 * DAY });
  // A shop that comes while the proxy runs.
  shops = [...shops, { slug: 'pets', retentionDays: 30 }];
  await vi.waitFor(async () => expect(await kept('pets')).toEqual([running.threadId, younger.threadId].sort()));
  expect(await kept('books')).toEqual([patient.threadId]);
  expect(steps.length).toBeGreaterThan(20);
  expect(steps.reduce((sum, [, deleted]) => sum + deleted, 0)).toBe(45);
  expect(await storage.turn(idle[0]!.turnId)).toBeUndefined();
  expect(await storage.messages(idle[0]!.threadId, 10)).toEqual([]);
  expect(await storage.events(idle[0]!.turnId)).toBeUndefined();
  expect(errors).toEqual([]);
});

test('threads of a shop that is served no longer are deleted after thirty days', async () => {
  const { storage, errors, start } = open();
  await thread(storage, 'closed', 1_000);
  const younger = await thread(storage, 'closed', 1_001);
  start({ shops: () => [], now: () => 1_001 + 30 * DAY });
  const kept = async () => (await storage.threads('closed', 'vis_a', 10)).map(({ id }) => id);
  await vi.waitFor(async () => expect(await kept()).toEqual([younger.threadId]));
  expect(errors).toEqual([]);
});

test('what was spent stays known for this month and three before it', async () => {
  const { storage, start } = open();
  const { turnId, threadId } = await thread(storage, 'pets', 0);
  const periods = ['2025-09', '2025-09-30', '2025-10', '2025-10-01', '2026-01', '2026-01-31'];
  const accounts = periods.map((period) => ({ payer: 'shop:pets', period, maxTokens: null, maxMicroUsd: null }));
  await storage.beginUsage(call({ threadId, turnId }), { tokens: 7, microUsd: 7, accounts });
  const known = async () => (await storage.spent(accounts)).map(({ tokens }) => tokens);
  expect(await known()).toEqual([7, 7, 7, 7, 7, 7]);
  start({ now: () => Date.parse('2026-01-31T23:59:59Z') });
  await vi.waitFor(async () => expect(await known()).toEqual([0, 0, 7, 7, 7, 7]));
});

test('single calls are kept for this month and thirteen before it, and their sums for good', async () => {
  const { storage, start } = open();
  for (const day of ['2024-12-31', '2025-01-01']) {
    const createdAt = Date.parse(day);
    const begun = await storage.beginUsage(call({ createdAt }), { tokens: 0, microUsd: 0, accounts: [] });
    if (begun.outcome === 'begun') await storage.endUsage(begun.id, { ...call(), outcome: 'ok' });
  }
  const kept = async () => (await storage.usageOfTurn('trn_1')).map(({ createdAt }) => createdAt);
  expect(await kept()).toHaveLength(2);
  start({ now: () => Date.parse('2026-02-28T23:59:59Z') });
  await vi.waitFor(async () => expect(await kept()).toEqual([Date.parse('2025-01-01')]));
  expect(await storage.usageSums({ from: '2024-01-01', to: '2026-12-31', by: 'day' })).toHaveLength(2);
});

test('a job that fails is told of and does not keep the others from their work', async () => {
  const { storage, errors, start } = open();
  const { threadId } = await thread(storage, 'pets', 0);
  const failing = { ...pruning(storage), pruneEvents: () => Promise.reject(new Error('disk full')) };
  start({ storage: failing, shops: () => [{ slug: 'pets', retentionDays: 1 }], now: () => DAY + 1 });
  await vi.waitFor(async () => expect(await storage.thread('pets', 'vis_a', threadId)).toBeUndefined());
  expect(errors[0]).toMatchObject({ err: new Error('disk full'), message: 'old events could not be removed' });
});

test('a cleaning that takes long is not overtaken by the next one', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { storage, start } = open();
  const steps: PromiseWithResolvers<number>[] = [];
  function pruneEvents(): Promise<number> {
    steps.push(Promise.withResolvers());
    return steps.at(-1)!.promise;
  }
  start({ storage: { ...pruning(storage), pruneEvents } });
  await vi.advanceTimersByTimeAsync(10);
  expect(steps).toHaveLength(1);
  steps[0]!.resolve(0);
  await vi.advanceTimersByTimeAsync(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(steps).toHaveLength(2);
  steps[1]!.resolve(0);
});

test('messages to a shop are forgotten after the days of their shop, whatever became of the conversation', async () => {
  const { storage, errors, start } = open();
  const fresh = await contacted(storage, { now: 1_001, delivery: 'kept' });
  await contacted(storage, { now: 1_000, delivery: 'kept' });
  const waiting = await contacted(storage, { now: 1_000 });
  const patient = await contacted(storage, { shop: 'books', now: 1_000, delivery: 'kept' });
  await contacted(storage, { shop: 'gone', now: 1_000 - 20 * DAY, delivery: 'kept' });
  const shops = () => [
    { slug: 'pets', retentionDays: 10 },
    { slug: 'books', retentionDays: 90 },
  ];
  start({ shops, now: () => 1_001 + 10 * DAY });
  const left = async (shop: string) => (await storage.contactMessages(shop, { limit: 10 })).map(({ id }) => id);
  await vi.waitFor(async () => expect(await left('pets')).toEqual([fresh.id, waiting.id]));
  await vi.waitFor(async () => expect(await left('gone')).toEqual([]));
  expect(await left('books')).toEqual([patient.id]);
  expect(errors).toEqual([]);
});

function pruning(storage: Storage): JobsDeps['storage'] {
  return {
    pruneJournal: (before, limit) => storage.pruneJournal(before, limit),
    pruneEvents: (before, limit) => storage.pruneEvents(before, limit),
    pruneThreads: (shop, idleSince, limit) => storage.pruneThreads(shop, idleSince, limit),
    shopsWithThreads: () => storage.shopsWithThreads(),
    pruneDesk: (ends, limit) => storage.pruneDesk(ends, limit),
    pruneContactMessages: (shop, before, limit) => storage.pruneContactMessages(shop, before, limit),
    shopsWithContactMessages: () => storage.shopsWithContactMessages(),
    pruneSpending: (period, limit) => storage.pruneSpending(period, limit),
    pruneUsage: (before, limit) => storage.pruneUsage(before, limit),
    pruneTurnFigures: (before, limit) => storage.pruneTurnFigures(before, limit),
    pruneCartAdditions: (before, limit) => storage.pruneCartAdditions(before, limit),
  };
}
