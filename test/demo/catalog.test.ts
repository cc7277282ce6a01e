import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { entries, STORES, toProduct, type Store } from '../../demo/catalog/index.ts';
import { drawPicture } from '../../demo/pictures/index.ts';
import { fileSource } from '../../proxy/catalog/file.ts';
import { readAll } from '../proxy/catalog/source-suite.ts';

const shop = path.resolve(import.meta.dirname, '../../demo/shop');
const { products, skipped, error } = await readAll(fileSource({ file: path.join(shop, 'catalog.json') }));
const HEBREW = /[\u05d0-\u05ea]/;

describe('the demo catalogue', () => {
  test('is what its source says: after a change, run node demo/catalog/build.ts', () => {
    for (const store of Object.keys(STORES) as Store[]) {
      const kept = readFileSync(path.join(shop, store, 'catalog.json'), 'utf8');
      expect(JSON.parse(kept)).toEqual({ products: entries.map((entry) => toProduct(entry, store)) });
    }
  });

  test('can be read, every product of it', () => {
    expect({ skipped, error }).toEqual({ skipped: [], error: undefined });
  });

  test('has at least 60 products for every kind of pet, with dense ids from 101', () => {
    expect(products.length).toBeGreaterThanOrEqual(60);
    expect(products.map(({ id }) => id)).toEqual(products.map((_, index) => 101 + index));
    const animals = new Set(products.map(({ categories }) => categories[0]));
    expect([...animals]).toEqual(['Dogs', 'Cats', 'Small pets', 'Birds', 'Fish']);
  });

  test('has sales, products that are sold out, and some to be ordered ahead', () => {
    const variants = products.flatMap((product) => product.variants);
    expect(products.filter(({ listPrice }) => listPrice).length).toBeGreaterThanOrEqual(8);
    expect(products.some(({ availability }) => availability === 'out_of_stock')).toBe(true);
    expect(variants.some(({ availability }) => availability === 'backorder')).toBe(true);
    expect(products.filter((product) => product.variants.length > 1).length).toBeGreaterThanOrEqual(30);
  });

  test('has no two variants, titles or SKUs alike', () => {
    const variants = products.flatMap((product) => product.variants);
    for (const names of [
      products.map(({ title }) => title),
      variants.map(({ id }) => id),
      variants.map(({ sku }) => sku),
    ]) {
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe.each(products.map((product) => [product.title, product] as const))('%s', (_, product) => {
  test('is told in Hebrew as well', () => {
    const { title, description, categories, labels = {} } = product.translations?.['he'] ?? {};
    expect(title).toMatch(HEBREW);
    expect(description).toMatch(HEBREW);
    expect(categories).toHaveLength(product.categories.length);
    for (const category of categories ?? []) expect(category).toMatch(HEBREW);
    for (const { name, values } of product.options) {
      expect(labels[name]).toMatch(HEBREW);
      // "XL" is the same in both.
      for (const value of values) if (/[a-z]{2}/.test(value)) expect(labels[value]).toMatch(HEBREW);
    }
    expect(`${product.title} ${product.description}`).not.toMatch(HEBREW);
  });

  test('has prices that follow from its variants', () => {
    const amounts = product.variants.map(({ price }) => price.amount);
    expect(product.price.min.amount).toBe(Math.min(...amounts));
    expect(product.price.max.amount).toBe(Math.max(...amounts));
    const cheapest = product.variants.find(({ price }) => price.amount === product.price.min.amount);
    expect(product.listPrice).toEqual(cheapest?.listPrice);
    for (const { price, listPrice } of product.variants) {
      expect(price).toEqual({ amount: expect.toSatisfy(isPositiveInteger), currency: 'ILS' });
      // Without a sale there is nothing to compare.
      expect(listPrice?.amount ?? Infinity).toBeGreaterThan(price.amount);
      expect(listPrice?.currency ?? 'ILS').toBe('ILS');
    }
  });

  test('has variants that differ in the options it names, and in nothing else', () => {
    for (const variant of product.variants) {
      expect(variant.options.map(({ name }) => name)).toEqual(product.options.map(({ name }) => name));
      for (const [index, { value }] of variant.options.entries())
        expect(product.options[index]?.values).toContain(value);
    }
    expect(product.options.length > 0 || product.variants.length === 1).toBe(true);
  });

  test('is in stock when any of its variants is', () => {
    const stocks = product.variants.map(({ availability }) => availability);
    expect(product.availability === 'in_stock').toBe(stocks.includes('in_stock'));
    expect(product.availability === 'out_of_stock').toBe(stocks.every((stock) => stock === 'out_of_stock'));
  });

  test('has a small picture that its source draws', () => {
    const svg = readFileSync(path.join(shop, 'pictures', `${product.id}.svg`), 'utf8');
    const entry = entries.find(({ id }) => id === product.id);
    expect(svg).toBe(drawPicture(...entry!.picture));
    expect(product.images[0]?.url).toBe(`/demo/pictures/${product.id}.svg`);
    expect(Buffer.byteLength(svg)).toBeLessThan(3072);
    expect(svg).not.toMatch(/NaN|undefined|href|<script/);
  });
});

test('there is no picture without a product', () => {
  expect(readdirSync(path.join(shop, 'pictures'))).toHaveLength(products.length);
});

function isPositiveInteger(amount: number): boolean {
  return Number.isInteger(amount) && amount > 0;
}
