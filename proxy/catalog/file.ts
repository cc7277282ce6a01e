import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { CatalogProduct, CatalogSource } from './types.ts';
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
  availability,
  quantity: z.number().optional(),
  options: list(z.strictObject({ name: label, value: label })),
  image: image.optional(),
  url: url.optional(),
});

const product = z.strictObject({
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
      }),
    )
    .optional(),
});

const catalogFile = z.strictObject({ products: z.array(product) });

export interface FileSourceOptions {
  file: string;
  /** Where the settings that name the file stand, as their owner would look for them. */
  setIn: string;
}

/**
 * A catalogue in a JSON file of ours, `{"products": CatalogProduct[]}`. URLs in it are absolute, or relative to where
 * the proxy is served.
 */
export function fileSource({ file, setIn }: FileSourceOptions): CatalogSource {
  return {
    name: 'file',
    async *products(signal) {
      const { products } = parseCatalog(await readText(file, setIn, signal), file);
      yield* products;
    },
  };
}

async function readText(file: string, setIn: string, signal: AbortSignal): Promise<string> {
  try {
    return await readFile(file, { encoding: 'utf8', signal });
  } catch (cause) {
    signal.throwIfAborted();
    const { code, message } = cause as NodeJS.ErrnoException;
    const problem = code === 'ENOENT' ? 'is not there' : `can't be read (${code ?? message})`;
    throw new Error(`The catalogue ${file} ${problem}. It is named in ${setIn}.`, { cause });
  }
}

/** @throws with the path of every wrong field (the first 20), so that all can be mended at once */
export function parseCatalog(json: string, name: string): { products: CatalogProduct[] } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new Error(`${name} is not JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = catalogFile.safeParse(value);
  if (!parsed.success) {
    const issues = parsed.error.issues;
    const lines = issues.slice(0, 20).map((issue) => `  ${issue.path.join('.') || '(top)'}: ${issue.message}`);
    const rest = issues.length > lines.length ? `\n  … and ${issues.length - lines.length} more` : '';
    throw new Error(`${name} is not a catalogue:\n${lines.join('\n')}${rest}`);
  }
  // Zod writes an optional field as `| undefined`; JSON can't hold an undefined, so the types agree in fact.
  return parsed.data as { products: CatalogProduct[] };
}
