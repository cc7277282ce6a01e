/** Large catalogues: how long a sync takes and what it needs, how long a search takes, and whether a stream would feel it. */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { CatalogProduct } from '../../proxy/catalog/types.ts';
import { openSqlite } from '../../proxy/storage/index.ts';
import { runSync } from '../../proxy/workers/run-sync.ts';
import { createSearchThread } from '../../proxy/workers/search.ts';
import { tempDir } from '../temp-dir.ts';
import { measureRecall } from './recall.ts';

const KINDS = [
  'bed',
  'bowl',
  'leash',
  'collar',
  'harness',
  'food',
  'treats',
  'ball',
  'brush',
  'shampoo',
  'carrier',
  'toy',
];
const HEBREW = ['מיטה', 'קערה', 'רצועה', 'קולר', 'רתמה', 'מזון', 'חטיפים', 'כדור', 'מברשת', 'שמפו', 'תיק', 'צעצוע'];
const LOOKS = [
  'soft',
  'large',
  'small',
  'blue',
  'grey',
  'natural',
  'cotton',
  'rubber',
  'quiet',
  'folding',
  'round',
  'light',
];
const ANIMALS = ['dog', 'cat', 'rabbit', 'hamster', 'parrot', 'fish', 'puppy', 'kitten'];
const QUESTIONS = [
  'large dog bed',
  'soft blue toy',
  'cat food',
  'רצועה לכלב',
  'מיטה',
  'bed',
  'SKU-777',
  'quiet folding carrier for a kitten',
];

function generated(n: number): CatalogProduct {
  const of = (list: readonly string[], step: number) => list[Math.floor(n / step) % list.length]!;
  const price = { amount: 500 + ((n * 7_919) % 90_000), currency: 'ILS' };
  const title = `${of(LOOKS, 12)} ${of(LOOKS, 7)} ${of(ANIMALS, 5)} ${of(KINDS, 1)} ${n}`;
  return {
    externalId: `p-${n}`,
    title,
    url: `https://shop.example/p/${n}`,
    description: `${title}. `.repeat(2) + 'Made to last, easy to clean, and tried by animals of all sizes. '.repeat(5),
    categories: [of(ANIMALS, 5), of(KINDS, 1)],
    tags: [of(LOOKS, 3)],
    price: { min: price, max: price },
    availability: n % 9 === 0 ? 'out_of_stock' : 'in_stock',
    purchasable: true,
    images: [],
    options: [{ name: 'Size', values: ['S', 'M', 'L'] }],
    variants: [{ id: `v-${n}`, title: '', sku: `SKU-${n}`, price, availability: 'in_stock', options: [] }],
    translations: { he: { title: `${of(HEBREW, 1)} לכלב ${n}` } },
  };
}

/** Written a product at a time, so that this process doesn't spoil the figure of what the sync needs. */
async function writeCatalogue(file: string, count: number): Promise<void> {
  const out = createWriteStream(file);
  out.write('{"products":[');
  for (let n = 1; n <= count; n++) {
    if (!out.write(`${n === 1 ? '' : ','}${JSON.stringify(generated(n))}`)) await once(out, 'drain');
  }
  out.end(']}');
  await once(out, 'close');
}

export async function benchCatalogue(sizes: readonly number[] = [10_000, 100_000]): Promise<void> {
  const recall = await measureRecall();
  const of = (share: number) => `${(share * 100).toFixed(1)} %`;
  console.log(`\nSearch: recall@5 on ${recall.questions.length} judged questions: ${of(recall.at5)}`);
  console.log(`  English ${of(recall.byLanguage.en)}, Hebrew ${of(recall.byLanguage.he)}`);
  for (const size of sizes) await benchSize(size);
}

async function benchSize(size: number): Promise<void> {
  using dir = tempDir();
  const file = dir.file('shop.sqlite');
  await writeCatalogue(dir.file('catalog.json'), size);
  const main = openSqlite({ file });
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  const job = {
    file,
    shop: 'bench',
    source: { type: 'file' as const, file: dir.file('catalog.json') },
    sourceKey: 'bench',
    full: false,
    allowPrivate: false,
    version: '0.0.0',
  };
  const { signal } = new AbortController();
  const sync = async () => {
    const began = performance.now();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const { status } = await runSync(job, { signal });
    delay.disable();
    return `${((performance.now() - began) / 1000).toFixed(1)} s (${status}, longest stop of the main thread ${(delay.max / 1e6).toFixed(0)} ms)`;
  };
  console.log(`\n${size} products`);
  console.log(`  first sync   ${await sync()}`);
  const mb = (bytes: number) => Math.round(bytes / 1024 ** 2);
  console.log(`  memory       ${mb(peak)} MB at the most, ${mb(peak - before)} MB more than before`);
  console.log(`  second sync  ${await sync()}`);
  clearInterval(watch);

  const { search, facets, close } = createSearchThread({ file, log: { error: (...all) => console.error(...all) } });
  await search('bench', { query: 'warm up' });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  for (const [name, ask] of [
    ['search', search],
    ['facets', facets],
  ] as const) {
    const times: number[] = [];
    for (let n = 0; n < 200; n++) {
      const began = performance.now();
      await ask('bench', { query: QUESTIONS[n % QUESTIONS.length]!, limit: 10 });
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    console.log(`  ${name.padEnd(12)} p50 ${times[100]!.toFixed(1)} ms, p95 ${times[190]!.toFixed(1)} ms`);
  }
  delay.disable();
  console.log(`  meanwhile    longest stop of the main thread ${(delay.max / 1e6).toFixed(1)} ms`);
  await close();
  await main.close();
}
