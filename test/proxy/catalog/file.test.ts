import { describe, expect, test } from 'vitest';
import { parseCatalog } from '../../../proxy/catalog/file.ts';
import { product } from '../../fixtures/products.ts';

describe('a catalogue file', () => {
  test('that is right is read as it is', () => {
    const products = [product(1, 'A'), product(2, 'B', { translations: { he: { title: 'ב' } } })];
    expect(parseCatalog(JSON.stringify({ products }), 'catalog.json')).toEqual({ products });
  });

  test('that is wrong is refused with every problem and its place', () => {
    const wrong = product(1, '', {
      price: { min: { amount: 1.5, currency: 'ILS' }, max: { amount: 2, currency: 'shekel' } },
    });
    const read = () =>
      parseCatalog(JSON.stringify({ products: [wrong, { ...product(2, 'B'), variants: [] }] }), 'catalog.json');
    expect(read).toThrow(/^catalog.json is not a catalogue:/);
    expect(read).toThrow(/products\.0\.title/);
    expect(read).toThrow(/products\.0\.price\.min\.amount/);
    expect(read).toThrow(/products\.0\.price\.max\.currency: must be an ISO 4217 code/);
    expect(read).toThrow(/products\.1\.variants/);
  });

  test('with a misspelt field is refused: it would be lost without a word', () => {
    const read = () =>
      parseCatalog(JSON.stringify({ products: [{ ...product(1, 'A'), avalability: 'in_stock' }] }), 'catalog.json');
    expect(read).toThrow(/avalability/);
  });

  test('that is no JSON is refused by name', () => {
    expect(() => parseCatalog('{', 'my.json')).toThrow(/^my.json is not JSON/);
  });
});
