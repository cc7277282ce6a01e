import { parseArgs } from 'node:util';
import { createSource, revealed, sourceKeyOf, syncCatalog } from '../catalog/index.ts';
import { createOutbound } from '../outbound/index.ts';
import type { SyncResponse } from '../protocol/index.ts';
import type { Shop } from '../shops/types.ts';
import { didYouMean } from '../spelling.ts';
import { databaseIn, openSqlite } from '../storage/index.ts';
import type { ReadingCommandOptions } from './types.ts';

const USAGE = `Usage: npm run sync -- [shop] [--full] [--json]

Reads the catalogue of a shop, or of all shops. A proxy that runs meanwhile serves the old one until the new one is whole.
  --full  reads everything, also where the source could tell what has changed
  --json  prints a line of JSON for each shop`;

/** `shop-clerk sync`. @returns the exit code: 0 done, 1 a catalogue could not be read, 2 called wrongly */
export async function syncCommand(args: readonly string[], options: ReadingCommandOptions): Promise<number> {
  const { shops, print, config } = options;
  const called = argumentsOf(args);
  if (!called || called.help) {
    print(USAGE);
    return called ? 0 : 2;
  }
  const wanted = called.shop === undefined ? shops : shops.filter(({ slug }) => slug === called.shop);
  if (wanted.length === 0) {
    const slugs = shops.map(({ slug }) => slug);
    const meant = didYouMean(called.shop ?? '', slugs);
    print(`There is no shop "${called.shop}"; ${meant ? `did you mean ${meant}?` : `there are ${slugs.join(', ')}.`}`);
    return 2;
  }
  const storage = openSqlite({ file: databaseIn(config.dataDir) });
  const { request } = createOutbound({ allowPrivate: config.allowPrivateNetwork, version: options.version });
  let failed = 0;
  try {
    for (const shop of wanted) {
      try {
        const result = await syncCatalog({
          storage,
          shop: shop.slug,
          source: createSource(revealed(shop.catalog), { request }),
          sourceKey: sourceKeyOf(shop.catalog),
          full: called.full,
          signal: options.signal,
          onProgress: (phase, read, total) =>
            options.show?.(`${shop.name}: ${phase} ${read}${total === undefined ? '' : ` of ${total}`}`),
        });
        options.show?.('');
        if (called.json) print(JSON.stringify({ shop: shop.slug, ...result }));
        else for (const line of linesOf(shop, result)) print(line);
      } catch (error) {
        failed++;
        options.show?.('');
        const reason = (error as Error).message;
        print(
          called.json
            ? JSON.stringify({ shop: shop.slug, status: 'failed', error: reason })
            : `${shop.name}: ${reason} The catalogue stays as it was.`,
        );
        if (options.signal.aborted) break;
      }
    }
  } finally {
    await storage.close();
  }
  return failed === 0 ? 0 : 1;
}

function argumentsOf(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { full: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
    });
    if (positionals.length > 1) return undefined;
    const { full = false, json = false, help = false } = values;
    return { full, json, help, shop: positionals[0] };
  } catch {
    // What it can't read, it wasn't told how to write: the usage is shown.
    return undefined;
  }
}

function* linesOf({ name }: Shop, result: SyncResponse): Generator<string> {
  if (result.status === 'skipped') {
    yield `${name}: nothing has changed, ${result.products} products.`;
    return;
  }
  const { products, added, changed, removed, left_out, left_out_count, took_ms } = result;
  const seconds = (took_ms / 1000).toFixed(1);
  yield `${name}: ${products} products in ${seconds} s: ${added} added, ${changed} changed, ${removed} removed.`;
  if (left_out_count > 0) yield `  ${left_out_count} left out:`;
  for (const { item, reason } of left_out) yield `  ${item}: ${reason}`;
  if (left_out_count > left_out.length) yield `  … and ${left_out_count - left_out.length} more`;
}
