import { z } from '@hono/zod-openapi';
import type { Citation, GoneProduct, Money, Product } from '../../protocol/index.ts';
import { exactly } from './exactly.ts';

export const money = exactly<Money>()(
  z.object({ amount: z.int(), currency: z.string() }).openapi('Money', {
    description: 'In the smallest unit of its currency.',
    example: { amount: 21990, currency: 'ILS' },
  }),
);

const availability = z.enum(['in_stock', 'out_of_stock', 'backorder', 'preorder', 'discontinued', 'unknown']);
const image = z.object({
  url: z.string(),
  alt: z.string().exactOptional(),
  width: z.number().exactOptional(),
  height: z.number().exactOptional(),
});
const range = z.object({ min: money, max: money });

const variant = z.object({
  id: z.string(),
  title: z.string(),
  sku: z.string().exactOptional(),
  price: money,
  list_price: money.exactOptional(),
  unit_price: z.object({ price: money, per: z.string() }).exactOptional(),
  availability,
  options: z.array(z.object({ name: z.string(), value: z.string() })),
  image: image.exactOptional(),
  url: z.string().exactOptional(),
});

/** A card. */
export const product = exactly<Product>()(
  z
    .object({
      id: z.int(),
      external_id: z.string(),
      title: z.string(),
      url: z.string(),
      brand: z.string().exactOptional(),
      price: range,
      list_price: money.exactOptional(),
      availability,
      images: z.array(image),
      options: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
      variants: z.array(variant),
      labels: z.record(z.string(), z.string()).exactOptional(),
      rating: z.object({ value: z.number(), count: z.number() }).exactOptional(),
      lang: z.string().exactOptional(),
      then: z
        .object({
          title: z.string().exactOptional(),
          price: range.exactOptional(),
          availability: availability.exactOptional(),
        })
        .exactOptional(),
    })
    .openapi('Product'),
);

export const goneProduct = exactly<GoneProduct>()(z.object({ id: z.int(), title: z.string() }));

export const citation = exactly<Citation>()(
  z
    .object({
      number: z.int(),
      title: z.string(),
      section: z.string().exactOptional(),
      quote: z.string().exactOptional(),
      url: z.string().exactOptional(),
    })
    .openapi('Citation'),
);
