import { readFileSync, writeFileSync } from 'node:fs';
import { openSqlite } from '../proxy/storage/index.ts';
import type { Storage } from '../proxy/storage/types.ts';
import { tempDir } from './temp-dir.ts';

/**
 * A new database, opened. It is a copy of one that was made once in this process: running every migration for each of two
 * thousand tests took longer than the tests.
 * @param file where it shall be; its folder is there
 */
export function openFresh({ file }: { file: string }): Storage {
  writeFileSync(file, empty);
  return openSqlite({ file });
}

const empty = await make();

async function make(): Promise<Buffer> {
  using dir = tempDir();
  const file = dir.file('empty.sqlite');
  // Closed, it is one file.
  await openSqlite({ file }).close();
  return readFileSync(file);
}
