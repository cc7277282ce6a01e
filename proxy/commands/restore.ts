import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { databaseIn, lockDataDir, restoreSqlite } from '../storage/index.ts';
import { stampOf } from './backup.ts';

const USAGE = `Usage: npm run restore -- <file>

Puts a backup in the place of the database in DATA_DIR. Stop the proxy first; it starts with what was there when the backup
was made. The database of now is kept beside it, and its name is printed.`;

export interface RestoreCommandOptions {
  config: Pick<Config, 'dataDir'>;
  print: (line: string) => void;
  now?: () => number;
}

/** `shop-clerk restore`. @returns the exit code: 0 done, 1 nothing was changed, 2 called wrongly */
export async function restoreCommand(
  args: readonly string[],
  { config: { dataDir }, print, now = Date.now }: RestoreCommandOptions,
): Promise<number> {
  const called = argumentsOf(args);
  if (!called || called.help) {
    print(USAGE);
    return called ? 0 : 2;
  }
  const file = databaseIn(dataDir);
  const aside = path.join(dataDir, `shop-clerk.before-${stampOf(now())}.sqlite`);
  try {
    // Held until it is done, so that no proxy starts in between.
    const unlock = lockDataDir(dataDir, { waitMs: 0 });
    try {
      const { bytes, version } = await restoreSqlite({ from: called.file, file, aside });
      print(`${file} is now ${called.file}: ${(bytes / 1e6).toFixed(1)} MB, schema ${version}, checked.`);
      print(`What was there before is kept as ${aside}, if there was anything; delete it when you need it no more.`);
      return 0;
    } finally {
      unlock();
    }
  } catch (error) {
    print(`Nothing was changed. ${(error as Error).message}`);
    return 1;
  }
}

function argumentsOf(args: readonly string[]): { file: string; help: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: 'boolean' } },
    });
    const [file, ...more] = positionals;
    if (values.help) return { file: '', help: true };
    return file === undefined || more.length > 0 ? undefined : { file, help: false };
  } catch {
    // What it can't read, it wasn't told how to write: the usage is shown.
    return undefined;
  }
}
