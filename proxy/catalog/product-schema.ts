import { z } from 'zod';
import { isWebUrl } from './web-url.ts';

// Generous for any shop; what is longer is a mistake, and would travel with every card and every question of the model.
const url = z.string().refine(isWebUrl, 'must be an http(s) URL, absolute or relative, of at most 2000 characters');
const label = z.string().max(300);
const longText = z.string().max(50_000);
const list = <T>(item: z.ZodType<T>) => z.array(item).max(1_000);

const money = z.strictObject({
  amount: z.int().nonnegative(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as "ILS"'),
});
const image = z.strictObject({
  url,
  alt: label.optional(),
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
});
const availability = z.enum(['in_stock', 'out_of_stock', 'backorder', 'preorder', 'discontinued', 'unknown']);

const variant = z.strictObject({
  id: label.min(1),
  title: label,
  sku: label.optional(),
  price: money,
  listPrice: money.optional(),
  unitPrice: z.strictObject({ price: money, per: z.string().min(1).max(30) }).optional(),
  availability,
  quantity: z.number().optional(),
  options: list(z.strictObject({ name: label, value: label })),
  image: image.optional(),
  url: url.optional(),
});

/** A product as every source gives it. */
export const productSchema = z.strictObject({
  externalId: label.min(1),
  id: z.int().positive().optional(),
  title: label.min(1),
  url,
  description: longText,
  brand: label.optional(),
  categories: list(label),
  tags: list(label),
  price: z.strictObject({ min: money, max: money }),
  listPrice: money.optional(),
  availability,
  purchasable: z.boolean(),
  images: list(image),
  options: list(z.strictObject({ name: label, values: list(label) })),
  variants: z.array(variant).min(1).max(1_000),
  rating: z.strictObject({ value: z.number().min(0).max(5), count: z.int().nonnegative() }).optional(),
  lang: label.optional(),
  translations: z
    .record(
      z.string(),
      z.strictObject({
        title: label.optional(),
        description: longText.optional(),
        categories: list(label).optional(),
        labels: z
          .record(label, label)
          .refine((labels) => Object.keys(labels).length <= 1_000, 'must be 1000 labels at most')
          .optional(),
      }),
    )
    .optional(),
});
