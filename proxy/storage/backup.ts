import { chmodSync, closeSync, existsSync, linkSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { migrations } from './migrations/index.ts';
import { checkSchema } from './schema-check.ts';

export interface Snapshot {
  file: string;
  bytes: number;
  /** Of its schema. */
  version: number;
}

export interface BackupOptions {
  /** The database, in use or not. */
  file: string;
  /** Where the copy goes; nothing may be there yet. */
  target: string;
  signal: AbortSignal;
  /** Both in pages. */
  onProgress?: (done: number, total: number) => void;
  pagesAStep?: number;
}

/** Copied in one go; a step takes a few milliseconds, and the signal is looked at between two. */
const PAGES_A_STEP = 2_000;

/**
 * Copies a database that others go on writing: what was committed when it begins is in the copy, nothing later is, and
 * nobody waits for it. It is checked before it gets its name, so what stands under that name is whole.
 * @throws with the reason, the target untouched
 */
export async function backupSqlite(options: BackupOptions): Promise<Snapshot> {
  const { file, target, signal, onProgress, pagesAStep = PAGES_A_STEP } = options;
  if (existsSync(target)) throw new Error(`${target} is there already. Choose another name.`);
  if (!existsSync(file)) throw new Error(`There is no database at ${file}. Is DATA_DIR right?`);
  mkdirSync(path.dirname(target), { recursive: true });
  const partial = `${target}.partial`;
  for (const end of ENDS) rmSync(partial + end, { force: true });
  const db = new Database(file, { readonly: true, timeout: 5_000 });
  try {
    // An open transaction keeps the copy at this moment. Without it SQLite begins anew whenever another process commits,
    // and a busy proxy commits a hundred times a second.
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    createPrivate(partial);
    await db.backup(partial, {
      progress({ totalPages, remainingPages }) {
        signal.throwIfAborted();
        onProgress?.(totalPages - remainingPages, totalPages);
        return pagesAStep;
      },
    });
    const { version } = verifySqlite(partial);
    await flush(partial);
    // Fails where somebody else took the name meanwhile.
    linkSync(partial, target);
    return { file: target, bytes: statSync(target).size, version };
  } finally {
    db.close();
    for (const end of ENDS) rmSync(partial + end, { force: true });
  }
}

/** How each of its files begins. */
const MAGIC = 'SQLite format 3\0';
/** What SQLite keeps beside a database. */
const ENDS = ['', '-wal', '-shm', '-journal'] as const;

/** Reads every page. @throws what is wrong with it, also when it is no database of ours or a newer release's */
export function verifySqlite(file: string): Snapshot {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { fileMustExist: true });
    // Read as it is: no files beside it, and nothing in it is changed.
    db.pragma('journal_mode = DELETE');
    const problems = db.pragma('integrity_check(3)', { simple: false }) as { integrity_check: string }[];
    const [first] = problems;
    if (first?.integrity_check !== 'ok') {
      throw new Error(`${file} is damaged: ${problems.map((problem) => problem.integrity_check).join('; ')}`);
    }
    const version = db.pragma('user_version', { simple: true }) as number;
    const isOurs = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'turns'").get();
    if (version === 0 || !isOurs) throw new Error(`${file} is no database of Shop Clerk's.`);
    if (version > migrations.length) {
      throw new Error(
        `${file} has schema version ${version}, made by a newer Shop Clerk; this one knows up to ${migrations.length}. ` +
          'Use the release that made it.',
      );
    }
    return { file, bytes: statSync(file).size, version };
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'SQLITE_NOTADB') throw new Error(`${file} is no SQLite database.`, { cause: error });
    if (code?.startsWith('SQLITE_CORRUPT')) throw new Error(`${file} is damaged.`, { cause: error });
    throw error;
  } finally {
    db?.close();
  }
}

export interface RestoreOptions {
  /** A backup. */
  from: string;
  /** The database whose place it takes; nobody may have it open. */
  file: string;
  /** What the replaced one is kept as. */
  aside: string;
}

/**
 * Puts a backup in the place of the database; the one before is kept. At every moment there is a whole database under the
 * name, the old one or the new.
 * @throws with the reason, the database untouched
 */
export async function restoreSqlite({ from, file, aside }: RestoreOptions): Promise<Snapshot> {
  if (existsSync(aside)) throw new Error(`${aside} is there already.`);
  mkdirSync(path.dirname(file), { recursive: true });
  const incoming = `${file}.incoming`;
  for (const end of ENDS) rmSync(incoming + end, { force: true });
  try {
    // A copy is checked, not the backup itself: what is checked is what is used.
    await copy(from, incoming);
    const snapshot = verifySqlite(incoming);
    checkSchema(incoming, { version: snapshot.version, name: from });
    await flush(incoming);
    if (existsSync(file)) {
      if (await isSqlite(file)) settle(file);
      linkSync(file, aside);
      // Left only by a database that can't be opened: it must not be taken for the new one's.
      for (const end of ['-wal', '-shm', '-journal']) if (existsSync(file + end)) renameSync(file + end, aside + end);
    }
    renameSync(incoming, file);
    return { ...snapshot, file };
  } finally {
    for (const end of ENDS) rmSync(incoming + end, { force: true });
  }
}

/** One that is not would lose its log as soon as SQLite opens it. */
async function isSqlite(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    return buffer.toString('latin1') === MAGIC;
  } finally {
    await handle.close();
  }
}

/** Brings all that was written into the file itself. @throws when somebody has it open */
function settle(file: string): void {
  const db = new Database(file, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE; COMMIT');
    db.pragma('journal_mode = DELETE');
  } catch (error) {
    const { code } = error as { code?: string };
    if (code?.startsWith('SQLITE_BUSY'))
      throw new Error(`Another program has ${file} open. Stop it first.`, { cause: error });
    // One that is damaged is put aside as it is: that may be why somebody restores.
    if (code !== 'SQLITE_NOTADB' && !code?.startsWith('SQLITE_CORRUPT')) throw error;
  } finally {
    db.close();
  }
}

/** With what may still be in its write-ahead log: a copy made by hand may have one. */
async function copy(from: string, to: string): Promise<void> {
  if (!existsSync(from)) throw new Error(`There is no file ${from}.`);
  const db = new Database(from, { readonly: true });
  try {
    createPrivate(to);
    await db.backup(to);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'SQLITE_NOTADB') throw new Error(`${from} is no SQLite database.`, { cause: error });
    if (code?.startsWith('SQLITE_CORRUPT')) throw new Error(`${from} is damaged.`, { cause: error });
    throw error;
  } finally {
    db.close();
  }
}

/** Before anything is in it: conversations are nobody else's to read, not even while they are copied. */
function createPrivate(file: string): void {
  closeSync(openSync(file, 'wx', 0o600));
  // Whatever the umask says.
  chmodSync(file, 0o600);
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
