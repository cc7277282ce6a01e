import { onTestFinished } from 'vitest';
import { createCatalog, syncCatalog } from '../../../proxy/catalog/index.ts';
import type { CatalogProduct } from '../../../proxy/catalog/types.ts';
import { modelTools } from '../../../proxy/chat/context.ts';
import type { Log, TurnDeps } from '../../../proxy/chat/types.ts';
import type { Model } from '../../../proxy/models/types.ts';
import { createShops } from '../../../proxy/shops/index.ts';
import type { Shop } from '../../../proxy/shops/types.ts';
import { openSqlite } from '../../../proxy/storage/index.ts';
import { tools } from '../../../proxy/tools/index.ts';
import { product } from '../../fixtures/products.ts';
import { tempDir } from '../../temp-dir.ts';

export const shop: Shop = {
  slug: 'pets',
  name: 'Pets & Co',
  locale: 'en',
  origins: [],
  prompt: 'Be brief.',
  greeting: {},
  prompts: {},
  model: 'scripted',
  catalogFile: '',
};

const ILS = (amount: number) => ({ amount, currency: 'ILS' });
export const products: CatalogProduct[] = [
  product(1, 'Puppy food', { price: { min: ILS(5_990), max: ILS(19_900) }, description: 'Chicken and oats.' }),
  product(2, 'Dog bed', { price: { min: ILS(24_900), max: ILS(24_900) }, listPrice: ILS(29_900) }),
  product(3, 'Cat bed', { availability: 'out_of_stock' }),
];

/** Everything a turn needs, real but for the model: a database in a folder of its own with three products in it. */
export async function workshop(model: Model, limits: Partial<TurnDeps['limits']> = {}) {
  const dir = tempDir();
  const storage = openSqlite({ file: dir.file('shop.sqlite') });
  onTestFinished(async () => {
    await storage.close();
    dir[Symbol.dispose]();
  });
  const source = {
    name: 'test',
    async *products() {
      yield* products;
    },
  };
  await syncCatalog({ storage, shop: shop.slug, source, signal: new AbortController().signal });
  const logged: { level: string; fields: object; message: string }[] = [];
  const write = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
  const log: Log = { info: write('info'), warn: write('warn'), error: write('error') };
  let clock = 1_000;
  const deps: TurnDeps = {
    storage,
    catalog: createCatalog({ storage }),
    shops: createShops([shop]),
    tools,
    modelTools: modelTools(tools),
    modelFor: () => model,
    log,
    limits: { maxRounds: 3, maxOutputTokens: 500, historyMessages: 20, ...limits },
    now: () => (clock += 10),
  };
  return { deps, storage, logged };
}

let count = 0;

/** A question of visitor `vis_a`, in a new thread unless told otherwise. */
export function question(text: string, threadId: string | null = null) {
  return { visitorId: 'vis_a', threadId, clientMessageId: `message-${++count}`, text, locale: 'en' };
}
