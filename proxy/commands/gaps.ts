import { parseArgs } from 'node:util';
import { databaseIn, openSqlite } from '../storage/index.ts';
import type { GapRow } from '../storage/types.ts';

const USAGE = `Usage: npm run gaps -- [shop] [--json]

Lists what shoppers asked and the shop had no answer to, in the words in which it was searched for, the newest first, a hundred
of each shop: in its documents, where the answer then cited none of them, and in its catalogue, where there was nothing, or only
in other words. What is often asked belongs into a document, or into a product's description.
  --json  prints a line of JSON for each`;

const MOST = 100;
const KIND: Record<GapRow['kind'], string> = {
  documents: 'documents',
  search: 'catalogue',
  no_result: 'other words',
};

export interface GapsCommandOptions {
  /** Slugs. */
  shops: readonly string[];
  dataDir: string;
  print: (line: string) => void;
}

/** `shop-clerk gaps`. @returns the exit code: 0 done, 2 called wrongly */
export async function gapsCommand(
  args: readonly string[],
  { shops, dataDir, print }: GapsCommandOptions,
): Promise<number> {
  const called = argumentsOf(args);
  const wanted = called?.shop === undefined ? shops : shops.filter((slug) => slug === called.shop);
  if (!called || called.help || wanted.length === 0) {
    print(called && !called.help ? `There is no shop "${called.shop}"; there are ${shops.join(', ')}.` : USAGE);
    return called?.help ? 0 : 2;
  }
  const storage = openSqlite({ file: databaseIn(dataDir) });
  try {
    for (const shop of wanted) {
      const found = await storage.gaps(shop, MOST);
      for (const row of found) print(called.json ? JSON.stringify(row) : lineOf(row));
      if (found.length === 0 && !called.json) print(`${shop}: every question found an answer.`);
    }
  } finally {
    await storage.close();
  }
  return 0;
}

function lineOf({ createdAt, shop, kind, query, threadId }: GapRow): string {
  const time = new Date(createdAt).toISOString().slice(0, 16).replace('T', ' ');
  // The words are a model's: no control characters on a terminal.
  return `${time}  ${shop}  ${KIND[kind]}  ${JSON.stringify(query)}  in ${threadId}`;
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
