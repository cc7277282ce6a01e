import { describe, expect, test } from 'vitest';
import { createCatalog } from '../../../proxy/catalog/index.ts';
import type { Catalog, StoredProduct } from '../../../proxy/catalog/types.ts';
import { Answer } from '../../../proxy/chat/answer.ts';
import { LiveCards } from '../../../proxy/chat/live-cards.ts';
import type { ChatEvent, Product } from '../../../proxy/protocol/index.ts';
import type { StoredPart } from '../../../proxy/storage/types.ts';
import { product } from '../../fixtures/products.ts';

const ILS = (amount: number) => ({ amount, currency: 'ILS' });
const bowl = product(1, 'Bowl', {
  price: { min: ILS(4_990), max: ILS(4_990) },
  translations: { he: { title: 'קערה' } },
});
const rug = product(2, 'Rug', { options: [{ name: 'Size', values: ['S'] }] });

/** A catalogue of what is sold today. */
function today(...products: StoredProduct[]): Catalog {
  const storage = { products: async () => products } as unknown as Parameters<typeof createCatalog>[0]['storage'];
  const catalog = createCatalog({ storage });
  return { ...catalog, byIds: async (_, ids) => products.filter(({ id }) => ids.includes(id)) };
}

const card = (one: StoredProduct, locale = 'en'): Product => today().card(one, locale);

/** What is kept of an event on the day on which it was shown. */
function kept(event: ChatEvent): StoredPart {
  const answer = new Answer();
  answer.add(event);
  return JSON.parse(JSON.stringify(answer.parts[0])) as StoredPart;
}

async function view(part: StoredPart, sold: StoredProduct[], locale = 'en') {
  const shop = { slug: 'pets', contact: null };
  return (await LiveCards.of([part], { catalog: today(...sold), shop, locale })).view(part);
}

const shown = kept({ type: 'products', data: [card(bowl), card(rug)], title: 'For you' });

describe('cards of an old conversation', () => {
  test('are of today, and say nothing more when nothing has changed', async () => {
    expect(await view(shown, [bowl, rug])).toEqual({
      type: 'products',
      title: 'For you',
      data: [card(bowl), card(rug)],
    });
  });

  test("have today's price and stock, and say what they were", async () => {
    const dearer = { ...bowl, price: { min: ILS(5_990), max: ILS(5_990) } };
    const soldOut = { ...rug, availability: 'out_of_stock' as const };
    expect(await view(shown, [dearer, soldOut])).toMatchObject({
      data: [
        { price: { min: ILS(5_990) }, then: { price: { min: ILS(4_990), max: ILS(4_990) } } },
        { availability: 'out_of_stock', then: { availability: 'in_stock' } },
      ],
    });
  });

  test('call what is gone by the name it had', async () => {
    expect(await view(shown, [rug])).toEqual({
      type: 'products',
      title: 'For you',
      data: [card(rug)],
      gone: [{ id: 1, title: 'Bowl' }],
    });
  });

  test('tell another name from the same one in another language', async () => {
    expect(await view(shown, [bowl, rug], 'he')).not.toHaveProperty('data.0.then');
    const renamed = { ...bowl, title: 'Basin', translations: {} };
    expect(await view(shown, [renamed, rug])).toHaveProperty('data.0.then', { title: 'Bowl' });
  });

  test('that were kept before there was this memory are shown as they are today', async () => {
    const old: StoredPart = { type: 'products', ids: [1, 2] };
    expect(await view(old, [rug])).toEqual({ type: 'products', data: [card(rug)] });
  });

  test('side by side lose the column of what is gone', async () => {
    const rows = [{ name: 'Size', values: [null, 'S'] }];
    const part = kept({ type: 'comparison', data: [card(bowl), card(rug)], rows });
    expect(await view(part, [bowl, rug])).toEqual({ type: 'comparison', data: [card(bowl), card(rug)], rows });
    expect(await view(part, [rug])).toMatchObject({
      data: [{ id: 2 }],
      rows: [{ name: 'Size', values: ['S'] }],
      gone: [{ id: 1, title: 'Bowl' }],
    });
  });
});

describe('what went into the cart', () => {
  const part = kept({
    type: 'cart',
    call_id: 'act_1',
    name: 'add_to_cart',
    arguments: { product: card(bowl), variant_id: 'sku-1', quantity: 2 },
    outcome: { ok: true },
  });

  test('is told again with the product of today', async () => {
    expect(await view(part, [bowl])).toEqual({
      type: 'cart',
      call_id: 'act_1',
      name: 'add_to_cart',
      arguments: { product: card(bowl), variant_id: 'sku-1', quantity: 2 },
      outcome: { ok: true },
    });
  });

  test('still has its name when the shop has it no more', async () => {
    expect(await view(part, [])).toMatchObject({
      arguments: { product: { id: 1, title: 'Bowl', availability: 'discontinued' }, quantity: 2 },
    });
  });

  test('and looks into it stay looks', async () => {
    const look = kept({
      type: 'cart',
      call_id: 'act_2',
      name: 'view_cart',
      arguments: {},
      outcome: { ok: false, code: 'network' },
    });
    expect(await view(look, [])).toMatchObject({ name: 'view_cart', arguments: {}, outcome: { code: 'network' } });
  });
});
