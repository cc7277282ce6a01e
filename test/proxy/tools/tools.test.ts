import { describe, expect, test } from 'vitest';
import { modelTools, promptFor, toolsFor } from '../../../proxy/chat/context/prompt.ts';
import { Secret } from '../../../proxy/shops/secret.ts';
import type { CatalogSettings } from '../../../proxy/shops/types.ts';
import { tools } from '../../../proxy/tools/index.ts';
import { open, till } from './till.ts';

const withKey: CatalogSettings = {
  type: 'woocommerce_rest',
  url: 'https://shop.example',
  key: new Secret('ck_1'),
  secret: new Secret('cs_1'),
};

describe('a shop offers', () => {
  const names = (shop = open) => toolsFor(shop, tools).map(({ name }) => name);

  test('no cart tools without a cart, and no orders without a key', () => {
    expect(names({ ...open, cart: { kind: 'none' } })).toEqual([
      'search_products',
      'show_products',
      'get_product',
      'compare_products',
      'get_store_info',
      'suggest_questions',
    ]);
    expect(names()).toContain('add_to_cart');
    expect(names()).not.toContain('get_order_status');
    expect(names({ ...open, catalog: withKey })).toContain('get_order_status');
  });

  test('no orders where e-mail addresses are masked: there is nothing to compare', () => {
    const masked = { ...open.privacy, mask: ['email' as const] };
    expect(names({ ...open, catalog: withKey, privacy: masked })).not.toContain('get_order_status');
  });

  test('the same tools, byte for byte, in every turn', () => {
    const toolbox = { tools, modelTools: modelTools(tools) };
    const first = JSON.stringify(promptFor(open, toolbox).tools);
    expect(JSON.stringify(promptFor({ ...open }, toolbox).tools)).toBe(first);
    expect(first).toContain('compare_products');
  });

  test('tools that a strict provider takes: every key required, nothing else allowed', () => {
    const strict = (schema: unknown): void => {
      if (typeof schema !== 'object' || schema === null) return;
      if ('properties' in schema) {
        expect(schema).toMatchObject({ additionalProperties: false });
        const required = 'required' in schema ? schema.required : [];
        expect(required).toEqual(Object.keys(schema.properties as object));
      }
      for (const part of Object.values(schema)) strict(part);
    };
    for (const { parameters } of modelTools(tools)) strict(parameters);
  });
});

describe('get_product', () => {
  test('tells every variant with its options, price and stock', async () => {
    const call = await till();
    const { output, named } = await call('get_product', { product_id: 2 }, { locale: 'he' });
    expect(output).toMatchObject({
      id: 2,
      title: 'מעיל גשם',
      price: '99.00',
      highest_price: '129.00',
      currency: 'ILS',
      variants: [
        { variant_id: '2-s', options: { Size: 'S' }, price: '99.00', availability: 'in_stock', in_stock: 2 },
        { variant_id: '2-m', regular_price: '119.00' },
        { variant_id: '2-l', availability: 'out_of_stock' },
      ],
    });
    expect(named).toEqual([2]);
  });

  test('of what is not there says so, and names nothing', async () => {
    const call = await till();
    const result = await call('get_product', { product_id: 99 });
    expect(result.output).toMatchObject({ error: expect.stringContaining('no product 99') });
    expect(result).not.toHaveProperty('named');
  });
});

describe('compare_products', () => {
  test('puts cards side by side with a row for each option', async () => {
    const call = await till();
    const { output, events } = await call('compare_products', { product_ids: [2, 1, 2], title: 'Which?' });
    expect(events).toMatchObject([
      {
        type: 'comparison',
        title: 'Which?',
        data: [{ id: 2 }, { id: 1 }],
        rows: [{ name: 'Size', values: ['S, M, L', null] }],
      },
    ]);
    expect(output).toMatchObject({
      compared: [
        { id: 2, price: '99.00' },
        { id: 1, rating: 4.5, ratings: 12 },
      ],
    });
    const hebrew = await call('compare_products', { product_ids: [2, 1], title: null }, { locale: 'he' });
    expect(hebrew.events).toMatchObject([{ rows: [{ name: 'מידה', values: ['קטן, M, L', null] }] }]);
  });

  test('shows nothing when less than two are there', async () => {
    const call = await till();
    const result = await call('compare_products', { product_ids: [1, 99], title: null });
    expect(result).toMatchObject({ output: { unknown: [99] } });
    expect(result).not.toHaveProperty('events');
    await expect(call('compare_products', { product_ids: [1], title: null })).rejects.toThrow();
  });
});

describe('add_to_cart', () => {
  const add = async (args: object, changes = {}) =>
    (await till())('add_to_cart', { variant_id: null, quantity: 1, ...args }, changes);

  test('asks the page, with the card and the variant of the catalogue', async () => {
    expect(await add({ product_id: 1, quantity: 3 })).toMatchObject({
      client: {
        name: 'add_to_cart',
        arguments: { product: { id: 1, external_id: 'sku-1' }, variant_id: 'sku-1', quantity: 3 },
      },
    });
    expect(await add({ product_id: 2, variant_id: '2-m' })).toMatchObject({
      client: { arguments: { variant_id: '2-m' } },
    });
  });

  test.each([
    ['a product that this conversation has not named', { product_id: 1 }, { shown: new Set([2]) }, 'not_purchasable'],
    ['a product that is gone', { product_id: 99 }, { shown: new Set([99]) }, 'not_purchasable'],
    ['a product that is not sold online', { product_id: 4 }, {}, 'not_purchasable'],
    ['a product that is sold out', { product_id: 3 }, {}, 'out_of_stock'],
    ['a variant that is sold out', { product_id: 2, variant_id: '2-l' }, {}, 'out_of_stock'],
    ['no variant where there is a choice', { product_id: 2 }, {}, 'choose_option'],
    ["another product's variant", { product_id: 2, variant_id: 'sku-1' }, {}, 'choose_option'],
    ['more than there are', { product_id: 2, variant_id: '2-s', quantity: 3 }, {}, 'quantity'],
  ])('bothers nobody for %s', async (_, args, changes, code) => {
    const result = await add(args, changes);
    expect(result).not.toHaveProperty('client');
    expect(result.output).toMatchObject({ ok: false, code });
  });

  test('says what there is to choose from, and only what can be had', async () => {
    const { output } = await add({ product_id: 2 });
    expect(output).toMatchObject({
      reason: 'Ask the shopper to choose (Size: S, M, L).',
      variants: [{ variant_id: '2-s' }, { variant_id: '2-m' }],
    });
    expect((output as { variants: object[] }).variants).toHaveLength(2);
  });

  test.each([0, 21, 1.5])('takes no quantity of %s', async (quantity) => {
    await expect(add({ product_id: 1, quantity })).rejects.toThrow(/quantity/);
  });
});

test('search_products says by what the search could be narrowed', async () => {
  const call = await till();
  const args = {
    query: '',
    synonyms: [],
    category: null,
    options: [{ name: 'Size', value: 'M' }],
    min_price: null,
    max_price: null,
    in_stock_only: false,
    on_sale_only: false,
    sort: 'price_down',
    limit: 20,
  };
  const { output, named } = await call('search_products', args);
  expect(output).toMatchObject({
    found: 1,
    products: [{ id: 2 }],
    narrow_by: { counted: 1, options: { Size: { S: 1, M: 1 } }, lowest_price: '99.00' },
  });
  expect(named).toEqual([2]);
});

test('get_store_info tells what the shop says of itself', async () => {
  const knowledge = [{ title: 'Returns', text: 'Within 14 days.' }];
  const call = await till({ ...open, knowledge, locales: ['en', 'he'], contact: { phone: '+972 3 555 0100' } });
  const { output } = await call('get_store_info', {});
  expect(output).toEqual({
    name: 'Pets & Co',
    languages: ['en', 'he'],
    currency: 'ILS',
    contact: { phone: '+972 3 555 0100' },
    texts: knowledge,
  });
});

test('view_cart asks the page', async () => {
  expect(await (await till())('view_cart', {})).toEqual({ client: { name: 'view_cart', arguments: {} } });
});
