import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { openSqlite } from '../../../proxy/storage/index.ts';
import { migrate, migrations } from '../../../proxy/storage/migrations/index.ts';
import { tempDir } from '../../temp-dir.ts';
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

testStorage('SQLite', async () => {
  const storage = openSqlite({ file: temp().file('deep/shop.sqlite') });
  cleanUp.push(() => storage.close());
  return storage;
});

describe('the SQLite file', () => {
  test('keeps everything over a restart', async () => {
    const file = temp().file('shop.sqlite');
    const first = openSqlite({ file });
    const begun = await first.beginTurn({
      shop: 'pets',
      visitorId: 'vis_a',
      threadId: null,
      clientMessageId: 'message-1',
      text: 'Hello',
      locale: 'en',
      now: 1,
    });
    await first.close();
    const second = openSqlite({ file });
    cleanUp.push(() => second.close());
    expect(await second.runningTurns()).toEqual([begun.outcome === 'started' && begun.turn]);
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
