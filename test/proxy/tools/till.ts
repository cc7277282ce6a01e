import { tools } from '../../../proxy/tools/index.ts';
import type { ToolContext, ToolResult } from '../../../proxy/tools/types.ts';
import type { Shop } from '../../../proxy/shops/types.ts';
import { product } from '../../fixtures/products.ts';
import { scriptedModel } from '../../fakes/scripted-model.ts';
import { shop, workshop } from '../chat/workshop.ts';

const ILS = (amount: number) => ({ amount, currency: 'ILS' });

const size = (id: string, value: string, amount: number, rest = {}) => ({
  id,
  title: value,
  price: ILS(amount),
  availability: 'in_stock' as const,
  options: [{ name: 'Size', value }],
  ...rest,
});

/** A simple thing, one to choose a size of, one that is sold out, one that is only to look at. */
export const goods = [
  product(1, 'Bowl', { description: 'Stoneware, 40 cm.', rating: { value: 4.5, count: 12 } }),
  product(2, 'Raincoat', {
    price: { min: ILS(9_900), max: ILS(12_900) },
    options: [{ name: 'Size', values: ['S', 'M', 'L'] }],
    variants: [
      size('2-s', 'S', 9_900, { quantity: 2 }),
      size('2-m', 'M', 9_900, { listPrice: ILS(11_900) }),
      size('2-l', 'L', 12_900, { availability: 'out_of_stock' }),
    ],
    translations: { he: { title: 'מעיל גשם', labels: { Size: 'מידה', S: 'קטן' } } },
  }),
  product(3, 'Rug', { availability: 'out_of_stock' }),
  product(4, 'Showpiece', { purchasable: false }),
];

/** The shop with all its tools and a cart. */
export const open: Shop = { ...shop, tools: tools.map(({ name }) => name), cart: { kind: 'event' } };

/** Calls a tool as a turn does, with its arguments checked by its schema. */
export async function till(theShop: Shop = open) {
  const { deps } = await workshop(scriptedModel(), {}, theShop, goods);
  return async (name: string, args: unknown, changes: Partial<ToolContext> = {}): Promise<ToolResult> => {
    const tool = tools.find((one) => one.name === name)!;
    return tool.run(tool.input.parse(args), {
      shop: theShop,
      catalog: deps.catalog,
      knowledge: deps.knowledge,
      citable: () => 1,
      locale: 'en',
      shown: new Set([1, 2, 3, 4]),
      orders: deps.orders,
      mayTryOrder: async () => true,
      now: deps.now,
      signal: new AbortController().signal,
      ...changes,
    });
  };
}
