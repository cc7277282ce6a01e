import { describe, expect, test } from 'vitest';
import { createCatalog } from '../../../../proxy/catalog/index.ts';
import type { StoredProduct } from '../../../../proxy/catalog/types.ts';
import { Answer } from '../../../../proxy/chat/answer.ts';
import { replayed } from '../../../../proxy/chat/answer-cache/cached-answer.ts';
import type { Catalog } from '../../../../proxy/catalog/types.ts';
import type { ProductReader, StoredPart } from '../../../../proxy/storage/types.ts';
import { product } from '../../../fixtures/products.ts';

const bed: StoredProduct = { ...product(2, 'Dog bed'), id: 2 };

/** Today's catalogue has these. */
function catalogOf(...products: StoredProduct[]): Catalog {
  const storage = { products: async () => products } as unknown as ProductReader;
  return createCatalog({ storage });
}

const options = (...products: StoredProduct[]) => ({
  catalog: catalogOf(...products),
  shop: { slug: 'pets', contact: null },
  locale: 'en',
});

/** An answer as it is kept. */
function partsOf(...content: string[]): StoredPart[] {
  const answer = new Answer();
  for (const text of content) answer.add({ type: 'text', content: text });
  answer.add({ type: 'products', data: [catalogOf().card(bed, 'en')], title: 'Soft' });
  answer.add({ type: 'suggestions', data: ['How large is it?'] });
  return answer.parts;
}

describe('a kept answer', () => {
  test('is told as a fresh one, and leaves the same parts', async () => {
    const parts = partsOf('A bed ', 'to sleep in.');
    const again = new Answer();
    for (const event of (await replayed(parts, options(bed)))!) again.add(event);
    expect(again.parts).toEqual(parts);
  });

  test('shows a card as it looks today', async () => {
    const events = await replayed(partsOf('A bed.'), options({ ...bed, images: [{ url: '/new.png' }] }));
    expect(events).toMatchObject([{}, { type: 'products', data: [{ images: [{ url: '/new.png' }] }] }, {}]);
  });

  test.each<[string, StoredProduct[]]>([
    ['is gone', []],
    ['is sold out', [{ ...bed, availability: 'out_of_stock' }]],
    [
      'has another price',
      [{ ...bed, price: { min: { amount: 1, currency: 'ILS' }, max: { amount: 1, currency: 'ILS' } } }],
    ],
    ['has another name', [{ ...bed, title: 'Cat bed' }]],
  ])('is not told when something it shows %s', async (_, today) => {
    expect(await replayed(partsOf('A bed.'), options(...today))).toBeNull();
  });

  test('keeps every sign of its text, whatever it is made of', async () => {
    for (const text of [
      '',
      'x'.repeat(500),
      `x${'🐶'.repeat(100)}`,
      'a\n\n- b\n- c\n'.repeat(30),
      ' מיטה רכה '.repeat(30),
    ]) {
      const events = (await replayed([{ type: 'text', content: text }], options()))!;
      const pieces = events.map((event) => (event.type === 'text' ? event.content : ''));
      expect(pieces.join('')).toBe(text);
      for (const piece of pieces) expect(piece.isWellFormed()).toBe(true);
    }
  });
});
