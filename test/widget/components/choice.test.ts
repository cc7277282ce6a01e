import { describe, expect, test } from 'vitest';
import type { Availability, Product, ProductVariant } from '../../../proxy/protocol/index.ts';
import { axesOf, optionsOf, outlook, variantOf } from '../../../widget/components/choice.ts';

function variant(id: string, options: Record<string, string>, availability: Availability = 'in_stock'): ProductVariant {
  return {
    id,
    title: Object.values(options).join(' / '),
    price: { amount: 1000, currency: 'ILS' },
    availability,
    options: Object.entries(options).map(([name, value]) => ({ name, value })),
  };
}

function productOf(options: Record<string, string[]>, ...variants: ProductVariant[]): Product {
  return {
    options: Object.entries(options).map(([name, values]) => ({ name, values })),
    variants,
  } as unknown as Product;
}

const bed = productOf(
  { Size: ['S', 'L'], Colour: ['Grey', 'Sand'], Filling: ['Foam'] },
  variant('1', { Size: 'S', Colour: 'Grey', Filling: 'Foam' }),
  variant('2', { Size: 'L', Colour: 'Grey', Filling: 'Foam' }, 'out_of_stock'),
  variant('3', { Size: 'S', Colour: 'Sand', Filling: 'Foam' }),
);
const [size, colour] = axesOf(bed);

describe('what can be chosen', () => {
  test('is nothing for a product of one variant, and no option of one value', () => {
    expect(axesOf(productOf({ Size: ['S', 'L'] }, variant('1', { Size: 'S' })))).toEqual([]);
    expect(axesOf(bed).map(({ name }) => name)).toEqual(['Size', 'Colour']);
  });

  test('is the variants by their titles where the options don’t tell them apart', () => {
    const odd = productOf({}, variant('1', { a: 'Small' }), variant('2', { a: 'Big' }));
    expect(axesOf(odd)).toEqual([{ name: '', values: ['Small', 'Big'] }]);
    expect(variantOf(odd, { '': 'Big' })?.id).toBe('2');
  });

  test('leads to a variant when everything is chosen, and to none for what isn’t made', () => {
    expect(variantOf(bed, { Size: 'S' })).toBe(null);
    expect(variantOf(bed, { Size: 'S', Colour: 'Sand' })?.id).toBe('3');
    expect(variantOf(bed, { Size: 'L', Colour: 'Sand' })).toBe(null);
  });

  test('is marked as sold out, or as not made, by what is chosen of the rest', () => {
    expect(outlook(bed, {}, size!, 'L')).toBe('sold_out');
    expect(outlook(bed, { Colour: 'Sand' }, size!, 'L')).toBe('none');
    expect(outlook(bed, { Size: 'L' }, colour!, 'Grey')).toBe('sold_out');
    expect(outlook(bed, { Size: 'S', Colour: 'Grey' }, colour!, 'Sand')).toBe('open');
  });

  test('goes into the cart with every option, also where the variant leaves one open', () => {
    const any = productOf(
      { Size: ['S', 'L'], Colour: ['Grey', 'Sand'] },
      variant('1', { Size: 'S' }),
      variant('2', { Size: 'L' }),
    );
    const chosen = { Size: 'L', Colour: 'Sand' };
    const found = variantOf(any, chosen)!;
    expect(found.id).toBe('2');
    expect(optionsOf(any, found, chosen)).toEqual([
      { name: 'Size', value: 'L' },
      { name: 'Colour', value: 'Sand' },
    ]);
    expect(optionsOf(bed, bed.variants[2]!, { Size: 'S', Colour: 'Sand' })).toHaveLength(3);
  });
});
