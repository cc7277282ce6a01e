import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { backupSqlite, databaseIn } from '../storage/index.ts';

const USAGE = `Usage: npm run backup -- [file] [--json]

Copies the database, while the proxy runs or not: conversations, usage, documents, accounts, catalogues. The copy is checked
before it gets its name. Without a file it goes to the folder "backups" in DATA_DIR, named by the time.
  --json  prints a line of JSON`;

export interface BackupCommandOptions {
  config: Pick<Config, 'dataDir'>;
  signal: AbortSignal;
  print: (line: string) => void;
  /** Shows a line that the next one replaces. */
  show?: (line: string) => void;
  now?: () => number;
}

/** `shop-clerk backup`. @returns the exit code: 0 done, 1 there is no backup, 2 called wrongly */
export async function backupCommand(args: readonly string[], options: BackupCommandOptions): Promise<number> {
  const { config, signal, print, show, now = Date.now } = options;
  const called = argumentsOf(args);
  if (!called || called.help) {
    print(USAGE);
    return called ? 0 : 2;
  }
  const target = called.file ?? path.join(config.dataDir, 'backups', `shop-clerk-${stampOf(now())}.sqlite`);
  try {
    const made = await backupSqlite({
      file: databaseIn(config.dataDir),
      target,
      signal,
      onProgress: (done, total) => show?.(`${Math.floor((100 * done) / Math.max(1, total))} % of ${total} pages`),
    });
    show?.('');
    if (called.json) print(JSON.stringify({ status: 'done', file: target, bytes: made.bytes, schema: made.version }));
    else {
      print(`${target}: ${(made.bytes / 1e6).toFixed(1)} MB, schema ${made.version}, checked.`);
      print(`Keep session-secret and address-key of ${config.dataDir} with it, where they are not in the environment.`);
    }
    return 0;
  } catch (error) {
    show?.('');
    const reason = (error as Error).message;
    print(called.json ? JSON.stringify({ status: 'failed', error: reason }) : `There is no backup. ${reason}`);
    return 1;
  }
}

/** `20261121-125501`, in UTC: names sort by age. */
export function stampOf(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}

function argumentsOf(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, help: { type: 'boolean' } },
    });
    if (positionals.length > 1) return undefined;
    return { file: positionals[0], json: values.json ?? false, help: values.help ?? false };
  } catch {
    // What it can't read, it wasn't told how to write: the usage is shown.
    return undefined;
  }
}
