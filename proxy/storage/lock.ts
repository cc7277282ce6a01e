import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/** How long a restart waits for the process before it to end. Longer than that one's bounded shutdown. */
const WAIT_MS = 20_000;

export interface LockOptions {
  waitMs?: number;
  /** Called once when somebody else holds it, before the wait. */
  onWait?: () => void;
}

/**
 * Makes this process the only one that runs turns on a data folder, so that at boot every turn that is still running is
 * known to be an orphan. SQLite's own file lock does it: the system lets go of it when the process ends, however it ends.
 * @returns lets go of it
 * @throws when another process holds it and does not end in time
 */
export function lockDataDir(dir: string, { waitMs = WAIT_MS, onWait = () => {} }: LockOptions = {}): () => void {
  mkdirSync(dir, { recursive: true });
  const db = new Database(path.join(dir, 'lock.sqlite'), { timeout: 0 });
  const take = () => db.exec('BEGIN EXCLUSIVE');
  try {
    try {
      take();
    } catch {
      onWait();
      db.pragma(`busy_timeout = ${waitMs}`);
      take();
    }
  } catch (cause) {
    db.close();
    throw new Error(`Another Shop Clerk is using ${dir}. Stop it, or give this one a DATA_DIR of its own.`, { cause });
  }
  return () => db.close();
}
