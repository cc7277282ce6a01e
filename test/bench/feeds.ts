/**
 * How long feeds of 100,000 products take to read, and how much memory: `node test/bench/feeds.ts`. Each runs in a
 * process of its own, so that one's memory isn't counted to the next.
 */
import { execFileSync } from 'node:child_process';
import { createWriteStream, rmSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileSource } from '../../proxy/catalog/file.ts';
import { createGoogleMerchantSource } from '../../proxy/catalog/google-merchant.ts';
import { createShopifyCsvSource } from '../../proxy/catalog/shopify-csv.ts';
import type { CatalogSource } from '../../proxy/catalog/types.ts';
import { createWooCommerceCsvSource } from '../../proxy/catalog/woocommerce-csv.ts';
import { product } from '../fixtures/products.ts';
import { tempDir } from '../temp-dir.ts';

const ROWS = 100_000;
const SHOP = { currency: 'USD', shopUrl: 'https://shop.example' };
const text =
  '<p>A <b>heavy</b> bowl for dogs that push theirs around, of glazed stoneware &amp; with a rubber foot.</p> '.repeat(
    5,
  );
const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const cells = (n: number, group = '') => [
  n,
  `Bowl ${n}`,
  text,
  `https://shop.example/${n}`,
  '5.00 USD',
  'in_stock',
  group,
];
const COLUMNS = ['id', 'title', 'description', 'link', 'price', 'availability', 'item_group_id'];
const table = (separator: string, row: (n: number) => unknown[]) => ({
  head: `${COLUMNS.join(separator)}\n`,
  row: (n: number) => `${row(n).join(separator)}\n`,
});

interface Feed {
  head: string;
  row: (n: number) => string;
  foot?: string;
  source: (input: { file: string }) => CatalogSource;
}

const FEEDS: Record<string, Feed> = {
  'Google CSV': { ...table(',', (n) => cells(n).map((cell) => `"${cell}"`)), source: createGoogleMerchantSource },
  'Google TSV': { ...table('\t', (n) => cells(n)), source: createGoogleMerchantSource },
  // Sorted so that the rows of a group stand as far apart as can be.
  'Google TSV, 20,000 groups': {
    ...table('\t', (n) => cells(n, `g${n % 20_000}`)),
    source: createGoogleMerchantSource,
  },
  'Google XML': {
    head: '<rss xmlns:g="http://base.google.com/ns/1.0"><channel>',
    row: (n) =>
      `<item><g:id>${n}</g:id><g:title>Bowl ${n}</g:title><link>https://shop.example/${n}</link>` +
      `<g:price>5.00 USD</g:price><description>${escaped}</description></item>\n`,
    foot: '</channel></rss>',
    source: createGoogleMerchantSource,
  },
  "Shopify's CSV": {
    head: 'Handle,Title,Body (HTML),Variant Price\n',
    row: (n) => `bowl-${n},Bowl ${n},"${text}",5.00\n`,
    source: (input) => createShopifyCsvSource({ ...SHOP, ...input }),
  },
  "WooCommerce's CSV": {
    head: 'ID,Type,SKU,Name,Published,In stock?,Regular price,Description,Parent\n',
    row: (n) =>
      n % 2 === 1 ? `${n},variable,,Bowl ${n},1,1,,"${text}",\n` : `${n},variation,,Bowl ${n},1,1,5,,id:${n - 1}\n`,
    source: (input) => createWooCommerceCsvSource({ ...SHOP, ...input }),
  },
  'JSON of ours': {
    head: '{"products":[',
    row: (n) => `${n === 1 ? '' : ',\n'}${JSON.stringify(product(n, `Bowl ${n}`, { description: text }))}`,
    foot: ']}',
    source: fileSource,
  },
};

const [name] = process.argv.slice(2);
if (name === undefined) {
  const results: Record<string, object> = {};
  for (const feed of Object.keys(FEEDS)) {
    results[feed] = JSON.parse(
      execFileSync(process.execPath, [import.meta.filename, feed], { encoding: 'utf8' }),
    ) as object;
  }
  console.log(`Feeds of ${ROWS.toLocaleString('en')} rows`);
  console.table(results);
} else {
  await read(FEEDS[name]!);
}

async function read({ head, row, foot = '', source }: Feed): Promise<void> {
  const dir = tempDir();
  const file = dir.file('feed');
  await pipeline(
    Readable.from(
      (function* () {
        yield head;
        for (let n = 1; n <= ROWS; n++) yield row(n);
        yield foot;
      })(),
    ),
    createWriteStream(file),
  );
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const started = performance.now();
  let products = 0;
  let skipped = 0;
  for await (const _ of source({ file }).products({ signal: new AbortController().signal, onSkip: () => skipped++ }))
    products++;
  clearInterval(watch);
  const MB = 1024 ** 2;
  const seconds = Number(((performance.now() - started) / 1_000).toFixed(1));
  const memory = {
    'peak RSS, MB': Math.round(Math.max(peak, process.memoryUsage.rss()) / MB),
    'before, MB': Math.round(before / MB),
  };
  console.log(
    JSON.stringify({ 'file, MB': Math.round(statSync(file).size / MB), products, skipped, seconds, ...memory }),
  );
  rmSync(dir.path, { recursive: true });
}
