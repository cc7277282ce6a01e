import { parseArgs } from 'node:util';
import { databaseIn, openSqlite } from '../storage/index.ts';
import type { UsageSum } from '../storage/types.ts';
import { usageCsv, usageTable } from './usage-table.ts';

const USAGE = `Usage: npm run usage -- [shop] [--from 2026-11-01] [--to 2026-11-21] [--by day|month] [--json|--csv]

Shows what the shops' models were asked, what that cost, and how much of it our own cache answered: by model, arm of a test and
purpose. Calls count for the day (UTC) on which they began. Without dates it shows this month.
  --by    the length of a period: month (the default) or day
  --json  prints a line of JSON for each
  --csv   prints a table for spreadsheets; money in dollars
Into a file: npm run -s usage -- --csv > usage.csv. Without -s, npm writes a line of its own into it.`;

export interface UsageCommandOptions {
  /** Slugs of the shops that are served; what others have cost is kept as well. */
  shops: readonly string[];
  dataDir: string;
  print: (line: string) => void;
  now?: () => number;
}

interface Called {
  shop: string | undefined;
  from: string;
  to: string;
  by: 'day' | 'month';
  as: 'table' | 'json' | 'csv';
}

/** `shop-clerk usage`. @returns the exit code: 0 done, 2 called wrongly */
export async function usageCommand(
  args: readonly string[],
  { shops, dataDir, print, now = Date.now }: UsageCommandOptions,
): Promise<number> {
  const called = calledWith(args, now());
  if (typeof called === 'string') {
    print(called);
    return called === USAGE && args.includes('--help') ? 0 : 2;
  }
  const { shop, as, ...period } = called;
  const sums = await sumsOf(dataDir, { ...period, ...(shop !== undefined && { shop }) });
  if (shop !== undefined && sums.length === 0 && !shops.includes(shop)) {
    print(`There is no shop "${shop}"; there are ${shops.join(', ')}.`);
    return 2;
  }
  if (as === 'json') for (const sum of sums) print(JSON.stringify(sum));
  else if (as === 'csv') for (const line of usageCsv(sums)) print(line);
  else if (sums.length === 0) print(`No model was called from ${called.from} to ${called.to}.`);
  else for (const line of usageTable(sums)) print(line);
  return 0;
}

async function sumsOf(
  dataDir: string,
  query: { shop?: string; from: string; to: string; by: 'day' | 'month' },
): Promise<UsageSum[]> {
  const storage = openSqlite({ file: databaseIn(dataDir) });
  try {
    return await storage.usageSums(query);
  } finally {
    await storage.close();
  }
}

/** @returns what to tell who called it wrongly */
function calledWith(args: readonly string[], now: number): Called | string {
  const given = argumentsOf(args);
  if (!given || given.values.help) return USAGE;
  const { values, positionals } = given;
  const today = new Date(now).toISOString().slice(0, 10);
  const { from = `${today.slice(0, 7)}-01`, to = today, by = 'month', json, csv } = values;
  for (const [name, day] of Object.entries({ from, to })) {
    if (!isDay(day)) return `--${name} is "${day}", which is no day; write it as ${today}.`;
  }
  if (from > to) return `--from ${from} is after --to ${to}.`;
  if (by !== 'day' && by !== 'month') return `--by is "${by}"; it can be day or month.`;
  if (json && csv) return 'Choose --json or --csv.';
  return { shop: positionals[0], from, to, by, as: json ? 'json' : csv ? 'csv' : 'table' };
}

function argumentsOf(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const options = { from: text, to: text, by: text, json: flag, csv: flag, help: flag };
    const parsed = parseArgs({ args: [...args], allowPositionals: true, options });
    return parsed.positionals.length > 1 ? undefined : parsed;
  } catch {
    return undefined;
  }
}

/** 2026-02-30 has the form of a day, and is none. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
