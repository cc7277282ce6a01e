import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { backupCommand } from '../../../proxy/commands/backup.ts';
import { restoreCommand } from '../../../proxy/commands/restore.ts';
import {
  backupSqlite,
  createId,
  databaseIn,
  lockDataDir,
  openSqlite,
  verifySqlite,
} from '../../../proxy/storage/index.ts';
import { tempDir } from '../../temp-dir.ts';

const { signal } = new AbortController();
const NOW = Date.parse('2026-11-21T12:55:01Z');

test('copies what was committed when it began, however much is written meanwhile', async () => {
  using dir = tempDir();
  const file = databaseIn(dir.path);
  const storage = openSqlite({ file });
  const before = await Promise.all([1, 2, 3].map(() => ask(storage)));
  // Another connection, as a proxy's is to the command's; it commits at every step of the copy.
  const proxy = openSqlite({ file });
  let steps = 0;
  const after: Promise<string>[] = [];
  const target = dir.file('backups/one.sqlite');
  const made = await backupSqlite({
    file,
    target,
    signal,
    pagesAStep: 10,
    onProgress() {
      if (++steps > 500) throw new Error('The copy begins anew with each commit.');
      after.push(ask(proxy));
    },
  });
  const late = await Promise.all(after);
  await storage.close();
  await proxy.close();
  expect(steps).toBeGreaterThan(3);
  expect(made).toEqual({ file: target, bytes: statSync(target).size, version: verifySqlite(target).version });
  expect(statSync(target).mode & 0o777).toBe(0o600);
  expect(readdirSync(path.dirname(target))).toEqual(['one.sqlite']);

  const copy = openSqlite({ file: target });
  for (const id of before) expect(await copy.turn(id)).toMatchObject({ id, shop: 'pets' });
  for (const id of late) expect(await copy.turn(id)).toBeUndefined();
  await copy.close();
});

test('loses nothing that a process at full speed had committed before it', async () => {
  using dir = tempDir();
  const file = databaseIn(dir.path);
  await openSqlite({ file }).close();
  const writer = spawn(process.execPath, [path.resolve(import.meta.dirname, 'usage-writer.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void writer.kill('SIGKILL'));
  try {
    let committed = 0;
    let more = () => {};
    createInterface({ input: writer.stdout }).on('line', (line) => {
      committed = Number(line);
      more();
    });
    const until = (count: number) =>
      new Promise<void>((resolve) => {
        more = () => void (committed >= count && resolve());
        more();
      });
    await until(100);
    const atLeast = committed;
    await backupSqlite({ file, target: dir.file('copy.sqlite'), signal, pagesAStep: 1 });
    await until(committed + 20); // it was held up by nothing
    const copy = openSqlite({ file: dir.file('copy.sqlite') });
    const sums = await copy.usageSums({ from: '2026-11-01', to: '2026-11-30', by: 'month' });
    await copy.close();
    const calls = sums.reduce((sum, { calls, fromCache }) => sum + calls - fromCache, 0);
    expect(calls).toBeGreaterThanOrEqual(atLeast);
  } finally {
    writer.kill('SIGKILL');
    await once(writer, 'exit');
  }
}, 60_000);

test('a backup that is stopped leaves nothing behind, and no name is taken twice', async () => {
  using dir = tempDir();
  const file = databaseIn(dir.path);
  await openSqlite({ file }).close();
  const target = dir.file('b/copy.sqlite');
  const stop = new AbortController();
  const stopped = backupSqlite({
    file,
    target,
    signal: stop.signal,
    pagesAStep: 1,
    onProgress: () => stop.abort(new Error('Stopped.')),
  });
  await expect(stopped).rejects.toThrow('Stopped.');
  expect(readdirSync(dir.file('b'))).toEqual([]);
  await backupSqlite({ file, target, signal });
  await expect(backupSqlite({ file, target, signal })).rejects.toThrow('is there already');
  await expect(backupSqlite({ file: dir.file('no.sqlite'), target: dir.file('c'), signal })).rejects.toThrow(
    'There is no database at',
  );
});

test('the commands: a backup, a restore that keeps what it replaces, and what either refuses', async () => {
  using dir = tempDir();
  const config = { dataDir: dir.path };
  const file = databaseIn(dir.path);
  const lines: string[] = [];
  const options = { config, signal, print: (line: string) => void lines.push(line), now: () => NOW };
  const said = () => lines.splice(0).join('\n');

  let storage = openSqlite({ file });
  const kept = await ask(storage);
  expect(await backupCommand([], options)).toBe(0);
  const backup = dir.file('backups/shop-clerk-20261121-125501.sqlite');
  expect(said()).toContain(`${backup}: `);
  expect(await backupCommand(['--json'], options)).toBe(1);
  expect(JSON.parse(said())).toEqual({ status: 'failed', error: `${backup} is there already. Choose another name.` });
  const later = await ask(storage);

  const unlock = lockDataDir(dir.path);
  expect(await restoreCommand([backup], options)).toBe(1);
  expect(said()).toContain('Nothing was changed. Another Shop Clerk is using');
  unlock();
  expect(await restoreCommand([backup], options)).toBe(1);
  expect(said()).toContain('Stop it first');
  await storage.close();
  expect(await restoreCommand([backup], options)).toBe(0);
  const aside = dir.file('shop-clerk.before-20261121-125501.sqlite');
  expect(said()).toContain(aside);

  storage = openSqlite({ file });
  expect(await storage.turn(kept)).toMatchObject({ id: kept });
  expect(await storage.turn(later)).toBeUndefined();
  await storage.close();
  const replaced = openSqlite({ file: aside });
  expect(await replaced.turn(later)).toMatchObject({ id: later });
  await replaced.close();

  for (const args of [[], ['a', 'b'], ['--x']]) expect(await restoreCommand(args, options)).toBe(2);
  for (const args of [['a', 'b'], ['--x']]) expect(await backupCommand(args, options)).toBe(2);
});

test('nothing that is no whole database of ours takes its place', async () => {
  using dir = tempDir();
  const file = databaseIn(dir.path);
  const storage = openSqlite({ file });
  const kept = await ask(storage);
  await storage.close();
  const good = dir.file('good.sqlite');
  await backupSqlite({ file, target: good, signal });
  const lines: string[] = [];
  const options = { config: { dataDir: dir.path }, print: (line: string) => void lines.push(line), now: () => NOW };
  writeFileSync(dir.file('text'), 'not a database '.repeat(1_000));
  writeFileSync(dir.file('empty'), '');
  const bytes = readFileSync(good);
  bytes.fill(0x5a, 4096 * 3, 4096 * 9);
  writeFileSync(dir.file('damaged'), bytes);
  const newer = readFileSync(good);
  newer.writeUInt32BE(9_999, 60);
  writeFileSync(dir.file('newer'), newer);
  for (const [name, reason] of [
    ['text', 'is no SQLite database'],
    ['empty', "is no database of Shop Clerk's"],
    ['damaged', 'is damaged'],
    ['newer', 'made by a newer Shop Clerk'],
    ['missing', 'There is no file'],
  ] as const) {
    expect(await restoreCommand([dir.file(name)], options), name).toBe(1);
    expect(lines.pop(), name).toContain(reason);
  }
  const still = openSqlite({ file });
  expect(await still.turn(kept)).toMatchObject({ id: kept });
  await still.close();
});

test('a copy is nobody else’s to read, from its first byte on', async () => {
  using dir = tempDir();
  const file = databaseIn(dir.path);
  await openSqlite({ file }).close();
  const target = dir.file('copy.sqlite');
  const modes = new Set<number>();
  const onProgress = () => void modes.add(statSync(`${target}.partial`).mode & 0o777);
  await backupSqlite({ file, target, signal, pagesAStep: 1, onProgress });
  expect([...modes]).toEqual([0o600]);
});

const KEPT_OPEN = `PRAGMA writable_schema = ON;
  UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', 'NOT  NULL DEFAULT 0') WHERE name = 'admin_sessions'`;

test.each([
  ['CREATE TRIGGER helpful AFTER INSERT ON admin_sessions BEGIN DELETE FROM audit_log; END', 'has not made'],
  ['CREATE TRIGGER "chunks_gone2" AFTER DELETE ON chunks BEGIN DELETE FROM turns; END', 'has not made'],
  ['CREATE VIEW mine AS SELECT * FROM admin_accounts', 'has not made'],
  ['CREATE TABLE notes (text TEXT)', 'a table "notes" that Shop Clerk has not made'],
  ['CREATE INDEX slow ON turns (shop)', 'an index "slow" that Shop Clerk has not made'],
  ['ALTER TABLE admin_sessions ADD COLUMN password TEXT', 'another table "admin_sessions"'],
  ['ALTER TABLE admin_sessions RENAME COLUMN user_agent TO agent', 'another table "admin_sessions"'],
  [KEPT_OPEN, 'another table "admin_sessions"'],
  ['DROP TABLE audit_log', 'lacks the '],
  ['DROP TRIGGER chunks_gone', 'lacks the trigger "chunks_gone"'],
])('a backup with another schema than its release makes is not put back: %s', async (sql, reason) => {
  using dir = tempDir();
  const file = databaseIn(dir.path);
  await openSqlite({ file }).close();
  const poisoned = dir.file('poisoned.sqlite');
  await backupSqlite({ file, target: poisoned, signal });
  const db = new Database(poisoned);
  db.unsafeMode();
  db.exec(sql);
  db.close();
  const lines: string[] = [];
  const options = { config: { dataDir: dir.path }, print: (line: string) => void lines.push(line), now: () => NOW };
  expect(await restoreCommand([poisoned], options)).toBe(1);
  expect(lines.join()).toContain(reason);
});

test('a damaged database is put aside as it is', async () => {
  using dir = tempDir();
  const file = databaseIn(dir.path);
  const storage = openSqlite({ file });
  const kept = await ask(storage);
  await storage.close();
  await backupSqlite({ file, target: dir.file('good'), signal });
  writeFileSync(file, 'gone');
  writeFileSync(`${file}-wal`, 'gone too');
  const options = { config: { dataDir: dir.path }, print: () => undefined, now: () => NOW };
  expect(await restoreCommand([dir.file('good')], options)).toBe(0);
  const restored = openSqlite({ file });
  expect(await restored.turn(kept)).toMatchObject({ id: kept });
  await restored.close();
  expect(readdirSync(dir.path)).toEqual(
    expect.arrayContaining([
      'shop-clerk.before-20261121-125501.sqlite',
      'shop-clerk.before-20261121-125501.sqlite-wal',
    ]),
  );
});

async function ask(storage: ReturnType<typeof openSqlite>): Promise<string> {
  const begun = await storage.beginTurn({
    shop: 'pets',
    visitorId: 'vis_1',
    address: 'address',
    threadId: null,
    clientMessageId: createId('vis'),
    text: 'Which beds are there?',
    locale: 'en',
    maxThreads: 1_000,
    maxMessages: 100,
    now: NOW,
  });
  if (begun.outcome !== 'started') throw new Error(begun.outcome);
  return begun.turn.id;
}
