import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { openSqlite } from '../../../proxy/storage/index.ts';
import type { Storage } from '../../../proxy/storage/types.ts';
import { migrate, migrations } from '../../../proxy/storage/migrations/index.ts';
import { openFresh } from '../../fresh-database.ts';
import { tempDir } from '../../temp-dir.ts';
import { account, call, reservation } from './spending-calls.ts';
import { testStorage } from './suite.ts';

const cleanUp: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

function temp() {
  const dir = tempDir();
  cleanUp.push(() => dir[Symbol.dispose]());
  return dir;
}

const files = new WeakMap<Storage, string>();

async function open(file: string, opened = openSqlite): Promise<Storage> {
  const storage = opened({ file });
  files.set(storage, file);
  cleanUp.push(() => storage.close());
  return storage;
}

testStorage(
  'SQLite',
  () => open(temp().file('shop.sqlite'), openFresh),
  (storage) => open(files.get(storage)!),
);

describe('the SQLite file', () => {
  test('makes the folders above it', async () => {
    const file = temp().file('deep/down/shop.sqlite');
    await openSqlite({ file }).close();
    expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3');
  });

  test('keeps everything over a restart', async () => {
    const file = temp().file('shop.sqlite');
    const first = openSqlite({ file });
    const begun = await first.beginTurn({
      shop: 'pets',
      visitorId: 'vis_a',
      address: 'hash-of-an-address',
      threadId: null,
      clientMessageId: 'message-1',
      text: 'Hello',
      locale: 'en',
      maxThreads: 10,
      maxMessages: 10,
      now: 1,
    });
    await first.close();
    const second = openSqlite({ file });
    cleanUp.push(() => second.close());
    expect(await second.runningTurns()).toEqual([begun.outcome === 'started' && begun.turn]);
  });

  test('still holds after a crash what calls may cost, and settles it then', async () => {
    const file = temp().file('shop.sqlite');
    const crashed = openSqlite({ file });
    const begun = await crashed.beginUsage(call(), reservation({ tokens: 70 }, account({ maxTokens: 100 })));
    await crashed.close();
    const storage = openSqlite({ file });
    cleanUp.push(() => storage.close());
    const again = reservation({ tokens: 40 }, account({ maxTokens: 100 }));
    expect(await storage.beginUsage(call(), again)).toMatchObject({ outcome: 'spent' });
    const [open] = await storage.usageOfTurn('trn_1');
    expect(open).toMatchObject({ id: begun.outcome === 'begun' && begun.id, outcome: 'running' });
    await storage.endUsage(open!.id, {
      ...call(),
      inputTokens: 10,
      outputTokens: 5,
      estimated: false,
      outcome: 'error',
    });
    expect(await storage.spent([account()])).toEqual([{ tokens: 15, microUsd: 0 }]);
    expect(await storage.beginUsage(call(), again)).toMatchObject({ outcome: 'begun' });
  });

  test('of the first release keeps all its rows and takes new ones', async () => {
    const file = temp().file('shop.sqlite');
    const old = new Database(file);
    migrate(old, migrations.slice(0, 1));
    old.exec(`
      INSERT INTO threads VALUES ('thr_1', 'pets', 'vis_a', 'Hello', 1, 2);
      INSERT INTO messages VALUES (1, 'msg_1', 'thr_1', 'user', '[]', 1, 'message-1', NULL, NULL);
      INSERT INTO turns VALUES ('trn_1', 'thr_1', 'pets', 'vis_a', 'msg_1', 'msg_2', 'message-1', 'en', 'running', 1, 1, NULL);
      INSERT INTO turn_events VALUES ('trn_1', 'said');
      INSERT INTO usage VALUES (7, 'pets', 'thr_1', 'trn_1', 'gpt-6-luna', 100, 0, 0, 20, 0, 0, 9, 90, 'running', 1);
    `);
    old.close();
    const storage = openSqlite({ file });
    cleanUp.push(() => storage.close());
    expect(await storage.turn('trn_1')).toMatchObject({ address: '', status: 'running', startedAt: 1, endedAt: null });
    expect(await storage.usageOfTurn('trn_1')).toMatchObject([
      { id: 7, inputTokens: 100, costMicroUsd: null, createdAt: 1 },
    ]);
    // It held nothing, so there is nothing to give back.
    await storage.endUsage(7, { ...call(), outcome: 'error' });
    expect(await storage.spent([account()])).toEqual([{ tokens: 0, microUsd: 0 }]);
    expect(await storage.beginUsage(call(), reservation({ tokens: 1 }, account()))).toMatchObject({ id: 8 });
    expect(await storage.deleteThread('pets', 'vis_a', 'thr_1')).toBe(true);
    expect(await storage.turn('trn_1')).toBeUndefined();
    expect(await storage.events('trn_1')).toBeUndefined();
  });

  test('sums every call once, whenever the process is killed', async () => {
    const file = temp().file('shop.sqlite');
    const writer = path.join(import.meta.dirname, 'usage-writer.ts');
    for (const enough of [1, 40, 90]) {
      const child = spawn(process.execPath, [writer, file], { stdio: ['ignore', 'pipe', 'inherit'] });
      cleanUp.push(() => void child.kill('SIGKILL'));
      let said = '';
      for await (const chunk of child.stdout) {
        said += String(chunk);
        if (said.split('\n').length > enough) break;
      }
      child.kill('SIGKILL');
      await once(child, 'exit');
      const storage = await open(file);
      for (const { id, ...row } of await storage.openUsage(10))
        await storage.endUsage(id, { ...row, outcome: 'error' });
      const rows = await storage.usageOfTurn('trn_1');
      expect(rows.length).toBeGreaterThanOrEqual(enough);
      const days = await storage.usageSums({ from: '2026-11-01', to: '2026-11-30', by: 'day' });
      const months = await storage.usageSums({ from: '2026-11-01', to: '2026-11-30', by: 'month' });
      const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0);
      for (const sums of [days, months]) {
        expect(sum(sums.map(({ calls }) => calls))).toBe(rows.length);
        expect(sum(sums.map(({ inputTokens }) => inputTokens))).toBe(sum(rows.map(({ inputTokens }) => inputTokens)));
        expect(sum(sums.map((one) => one.costMicroUsd))).toBe(sum(rows.map((row) => row.costMicroUsd ?? 0)));
      }
    }
  }, 60_000);

  test('keeps no reservation of a call that has ended', async () => {
    const file = temp().file('shop.sqlite');
    const storage = openSqlite({ file });
    cleanUp.push(() => storage.close());
    const begun = await storage.beginUsage(call(), reservation({ tokens: 70 }, account()));
    if (begun.outcome !== 'begun') throw new Error(begun.outcome);
    const db = new Database(file, { readonly: true });
    cleanUp.push(() => void db.close());
    const held = db.prepare('SELECT count(*) FROM held').pluck();
    expect(held.get()).toBe(1);
    await storage.endUsage(begun.id, { ...call(), outcome: 'ok' });
    expect(held.get()).toBe(0);
  });

  test('finds what it deletes by an index, however many threads there are', () => {
    const db = new Database(temp().file('shop.sqlite'));
    cleanUp.push(() => void db.close());
    migrate(db);
    const plan = (sql: string) =>
      db
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => detail)
        .join('\n');
    expect(plan(`SELECT id FROM threads WHERE shop = '' AND updated_at < 1 ORDER BY updated_at`)).toMatch(
      /^SEARCH threads USING INDEX threads_by_age \(shop=\? AND updated_at<\?\)$/,
    );
    // What the foreign keys of a deleted thread look for.
    expect(plan(`SELECT 1 FROM turns WHERE thread_id = ''`)).toMatch(/^SEARCH turns USING .*turns_by_thread/);
    expect(plan(`SELECT 1 FROM messages WHERE thread_id = ''`)).toMatch(/^SEARCH messages USING .*messages_by_thread/);
    expect(plan(`SELECT 1 FROM held WHERE usage_id = 1`)).toMatch(/^SEARCH held USING PRIMARY KEY/);
    expect(plan(`SELECT payer FROM spending WHERE period < '' ORDER BY period`)).toMatch(
      /^SEARCH spending USING .*spending_by_period/,
    );
  });

  test('holds no letter of a thread any more once it is deleted', async () => {
    const file = temp().file('shop.sqlite');
    const storage = openSqlite({ file });
    const begun = await storage.beginTurn({
      shop: 'pets',
      visitorId: 'vis_a',
      address: 'hash-of-an-address',
      threadId: null,
      clientMessageId: 'message-1',
      text: 'My secret is Rumpelstiltskin',
      locale: 'en',
      maxThreads: 10,
      maxMessages: 10,
      now: 1,
    });
    if (begun.outcome !== 'started') throw new Error(begun.outcome);
    await storage.deleteThread('pets', 'vis_a', begun.turn.threadId);
    // Closing writes the log back into the file.
    await storage.close();
    expect(readFileSync(file).includes('Rumpelstiltskin')).toBe(false);
  });

  test('is in WAL mode, so that readers and the writer do not wait for each other', async () => {
    const file = temp().file('shop.sqlite');
    await openSqlite({ file }).close();
    const db = new Database(file);
    cleanUp.push(() => void db.close());
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  });

  test('of a newer release is refused with what to do about it, and left as it was', () => {
    const file = temp().file('shop.sqlite');
    const db = new Database(file);
    db.pragma('user_version = 99');
    db.close();
    expect(() => openSqlite({ file })).toThrow(/schema version 99.*newer Shop Clerk.*DATA_DIR/);
    const after = new Database(file);
    cleanUp.push(() => void after.close());
    expect(after.pragma('user_version', { simple: true })).toBe(99);
    expect(after.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(0);
  });

  test('is not changed at all by a migration that fails half-way', () => {
    const db = new Database(temp().file('shop.sqlite'));
    cleanUp.push(() => void db.close());
    migrate(db);
    const broken = [...migrations, 'CREATE TABLE later (id INTEGER); SELECT no_such_function();'];
    expect(() => migrate(db, broken)).toThrow(/no_such_function/);
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(db.prepare(`SELECT name FROM sqlite_schema WHERE name = 'later'`).get()).toBeUndefined();
  });
});
