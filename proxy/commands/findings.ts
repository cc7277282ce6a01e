import type { FindingRow } from '../storage/types.ts';
import { listKeptRows, type KeptRowsOptions } from './kept-rows.ts';

const USAGE = `Usage: npm run findings -- [shop] [--json]

Lists what the model claimed and no tool had returned: prices, percentages and codes that were taken out of answers, the newest
first, a hundred of each shop. What a shop's assistant often makes up belongs into its "knowledge", or out of its "prompt".
  --json  prints a line of JSON for each`;

const KIND: Record<FindingRow['kind'], string> = { amount: 'price', percentage: 'percentage', code: 'code' };

/** `shop-clerk findings`. @returns the exit code: 0 done, 2 called wrongly */
export function findingsCommand(args: readonly string[], options: KeptRowsOptions): Promise<number> {
  return listKeptRows(args, options, {
    usage: USAGE,
    rowsOf: (storage, shop, limit) => storage.findings(shop, limit),
    lineOf,
    none: 'nothing was taken out of an answer.',
  });
}

function lineOf({ createdAt, shop, kind, text, threadId }: FindingRow): string {
  const time = new Date(createdAt).toISOString().slice(0, 16).replace('T', ' ');
  // The text is a model's: no control characters on a terminal.
  return `${time}  ${shop}  ${KIND[kind]}  ${JSON.stringify(text)}  in ${threadId}`;
}
