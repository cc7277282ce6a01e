import type { GapRow } from '../storage/types.ts';
import { listKeptRows, type KeptRowsOptions } from './kept-rows.ts';

const USAGE = `Usage: npm run gaps -- [shop] [--json]

Lists what shoppers asked and the shop had no answer to, in the words in which it was searched for, the newest first, a hundred
of each shop: in its documents, where the answer then cited none of them, and in its catalogue, where there was nothing, or only
in other words. What is often asked belongs into a document, or into a product's description.
  --json  prints a line of JSON for each`;

const KIND: Record<GapRow['kind'], string> = {
  documents: 'documents',
  search: 'catalogue',
  no_result: 'other words',
};

/** `shop-clerk gaps`. @returns the exit code: 0 done, 2 called wrongly */
export function gapsCommand(args: readonly string[], options: KeptRowsOptions): Promise<number> {
  return listKeptRows(args, options, {
    usage: USAGE,
    rowsOf: (storage, shop, limit) => storage.gaps(shop, limit),
    lineOf,
    none: 'every question found an answer.',
  });
}

function lineOf({ createdAt, shop, kind, query, threadId }: GapRow): string {
  const time = new Date(createdAt).toISOString().slice(0, 16).replace('T', ' ');
  // The words are a model's: no control characters on a terminal.
  return `${time}  ${shop}  ${KIND[kind]}  ${JSON.stringify(query)}  in ${threadId}`;
}
