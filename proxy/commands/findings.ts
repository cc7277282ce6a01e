import { parseArgs } from 'node:util';
import { databaseIn, openSqlite } from '../storage/index.ts';
import type { FindingRow } from '../storage/types.ts';

const USAGE = `Usage: npm run findings -- [shop] [--json]

Lists what the model claimed and no tool had returned: prices, percentages and codes that were taken out of answers, the newest
first, a hundred of each shop. What a shop's assistant often makes up belongs into its "knowledge", or out of its "prompt".
  --json  prints a line of JSON for each`;

const MOST = 100;
const KIND: Record<FindingRow['kind'], string> = { amount: 'price', percentage: 'percentage', code: 'code' };

export interface FindingsCommandOptions {
  /** Slugs. */
  shops: readonly string[];
  dataDir: string;
  print: (line: string) => void;
}

/** `shop-clerk findings`. @returns the exit code: 0 done, 2 called wrongly */
export async function findingsCommand(
  args: readonly string[],
  { shops, dataDir, print }: FindingsCommandOptions,
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
      const found = await storage.findings(shop, MOST);
      for (const row of found) print(called.json ? JSON.stringify(row) : lineOf(row));
      if (found.length === 0 && !called.json) print(`${shop}: nothing was taken out of an answer.`);
    }
  } finally {
    await storage.close();
  }
  return 0;
}

function lineOf({ createdAt, shop, kind, text, threadId }: FindingRow): string {
  const time = new Date(createdAt).toISOString().slice(0, 16).replace('T', ' ');
  // The text is a model's: no control characters on a terminal.
  return `${time}  ${shop}  ${KIND[kind]}  ${JSON.stringify(text)}  in ${threadId}`;
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
