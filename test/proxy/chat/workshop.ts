import { onTestFinished } from 'vitest';
import { createCatalog, syncCatalog } from '../../../proxy/catalog/index.ts';
import type { CatalogProduct } from '../../../proxy/catalog/types.ts';
import { AnswerCache } from '../../../proxy/chat/answer-cache/answer-cache.ts';
import { TokenCounts } from '../../../proxy/chat/context/token-counts.ts';
import { ClientActs, type ClientActsOptions } from '../../../proxy/chat/client-acts.ts';
import { modelTools } from '../../../proxy/chat/context/prompt.ts';
import type { Log, TurnDeps } from '../../../proxy/chat/types.ts';
import { createLimits } from '../../../proxy/limits/index.ts';
import { billOf } from '../../../proxy/models/pricing.ts';
import type { Model, ModelItem } from '../../../proxy/models/types.ts';
import type { Shop } from '../../../proxy/shops/types.ts';
import { createShops } from '../../../proxy/shops/index.ts';
import type { TurnRow } from '../../../proxy/storage/types.ts';
import { tools } from '../../../proxy/tools/index.ts';
import type { OrderDesk } from '../../../proxy/tools/types.ts';
import { NO_DOCUMENTS } from '../../fakes/fake-knowledge.ts';
import { product } from '../../fixtures/products.ts';
import { testShop } from '../../fixtures/shops.ts';
import { openFresh } from '../../fresh-database.ts';
import { tempDir } from '../../temp-dir.ts';

export const shop: Shop = testShop({
  slug: 'pets',
  name: 'Pets & Co',
  prompt: 'Be brief.',
  models: { ...testShop().models, default: { ...testShop().models.default, model: 'scripted' } },
});

const ILS = (amount: number) => ({ amount, currency: 'ILS' });
export const products: CatalogProduct[] = [
  product(1, 'Puppy food', { price: { min: ILS(5_990), max: ILS(19_900) }, description: 'Chicken and oats.' }),
  product(2, 'Dog bed', { price: { min: ILS(24_900), max: ILS(24_900) }, listPrice: ILS(29_900) }),
  product(3, 'Cat bed', { availability: 'out_of_stock' }),
];

/** A desk in a shop that lets nobody read its orders. */
export const NO_ORDERS: OrderDesk = { order: async () => null, countTry: async () => true };

/** Everything a turn needs, real but for the model: a database in a folder of its own with three products in it. */
export async function workshop(
  model: Model,
  limits: Partial<TurnDeps['limits']> = {},
  theShop: Shop = shop,
  goods: readonly CatalogProduct[] = products,
) {
  const dir = tempDir();
  const storage = openFresh({ file: dir.file('shop.sqlite') });
  onTestFinished(async () => {
    await storage.close();
    dir[Symbol.dispose]();
  });
  const source = {
    name: 'test',
    async *products() {
      yield* goods;
    },
  };
  await syncCatalog({ storage, shop: theShop.slug, source, signal: new AbortController().signal });
  const logged: { level: string; fields: object; message: string }[] = [];
  const write = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
  const log: Log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  let clock = Date.UTC(2026, 10, 21);
  const now = () => (clock += 10);
  const deps: TurnDeps = {
    storage,
    catalog: createCatalog({ storage }),
    knowledge: NO_DOCUMENTS,
    shops: createShops([theShop]),
    orders: NO_ORDERS,
    tools,
    modelTools: modelTools(tools),
    modelFor: () => model,
    moderationFor: () => ({ check: async () => [] }),
    log,
    limits: { maxRounds: 3, maxOutputTokens: 500, historyMessages: 20, ...limits },
    answers: new AnswerCache({ now }),
    counts: new TokenCounts(),
    allowances: createLimits({ storage, billOf, now }),
    now,
  };
  return { deps, storage, logged };
}

/** What a tool told the model. */
export function unfenced(item: ModelItem): Record<string, unknown> {
  const [, json = 'null'] = /^<data>\n(.*)\n<\/data>$/.exec('output' in item ? item.output : '') ?? [];
  return JSON.parse(json) as Record<string, unknown>;
}

let count = 0;

/** A question of visitor `vis_a`, in a new thread unless told otherwise. */
export function question(text: string, threadId: string | null = null) {
  return { visitorId: 'vis_a', address: 'adr_a', threadId, clientMessageId: `message-${++count}`, text, locale: 'en' };
}

/** What a turn asks of the page, when nothing is asked in the test or the page is played by it. */
export function actsOf({ id, attempts }: TurnRow, options: Partial<ClientActsOptions> = {}): ClientActs {
  return new ClientActs({ turnId: id, attempt: attempts, ...options });
}

/** The turn of a question, written down and not yet run. */
export async function begin(deps: TurnDeps, input = question('Something for my dog?')): Promise<TurnRow> {
  const bounds = { maxThreads: 100, maxMessages: 100 };
  const begun = await deps.storage.beginTurn({ ...input, ...bounds, shop: shop.slug, now: deps.now() });
  if (begun.outcome !== 'started') throw new Error(begun.outcome);
  return begun.turn;
}
