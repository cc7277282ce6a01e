import { parseArgs } from 'node:util';
import { databaseIn, openSqlite } from '../storage/index.ts';
import type { Storage } from '../storage/types.ts';

/** Of each shop. */
const MOST = 100;

export interface KeptRowsOptions {
  /** Slugs. */
  shops: readonly string[];
  dataDir: string;
  print: (line: string) => void;
}

interface Listing<Row> {
  usage: string;
  rowsOf(storage: Storage, shop: string, limit: number): Promise<readonly Row[]>;
  lineOf(row: Row): string;
  /** What is said of a shop that has none. */
  none: string;
}

/** A command that lists what is kept of each shop, the newest first. @returns the exit code: 0 done, 2 called wrongly */
export async function listKeptRows<Row>(
  args: readonly string[],
  { shops, dataDir, print }: KeptRowsOptions,
  { usage, rowsOf, lineOf, none }: Listing<Row>,
): Promise<number> {
  const called = argumentsOf(args);
  const wanted = called?.shop === undefined ? shops : shops.filter((slug) => slug === called.shop);
  if (!called || called.help || wanted.length === 0) {
    print(called && !called.help ? `There is no shop "${called.shop}"; there are ${shops.join(', ')}.` : usage);
    return called?.help ? 0 : 2;
  }
  const storage = openSqlite({ file: databaseIn(dataDir) });
  try {
    for (const shop of wanted) {
      const found = await rowsOf(storage, shop, MOST);
      for (const row of found) print(called.json ? JSON.stringify(row) : lineOf(row));
      if (found.length === 0 && !called.json) print(`${shop}: ${none}`);
    }
  } finally {
    await storage.close();
  }
  return 0;
}

function argumentsOf(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, help: { type: 'boolean' } },
    });
    if (positionals.length > 1) return undefined;
    return { shop: positionals[0], json: values.json === true, help: values.help === true };
  } catch {
    return undefined;
  }
}
