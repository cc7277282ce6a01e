import { z } from 'zod';
import { jsonProducts } from './json-products.ts';
import { openSource, type SourceInput } from './open-source.ts';
import { ItemError } from './product-draft.ts';
import { productSchema } from './product-schema.ts';
import { type Item, readItems } from './reading.ts';
import type { CatalogProduct, CatalogSource, ReadOptions } from './types.ts';
import type { WebRequest } from './web.ts';

export type FileSourceOptions = SourceInput & { request?: WebRequest };

/**
 * A catalogue in JSON of ours, `{"products": CatalogProduct[]}`, read product by product. URLs in it are absolute, or
 * relative to where the proxy is served.
 */
export function fileSource(options: FileSourceOptions): CatalogSource {
  const { request } = options;
  return {
    name: 'file',
    async *products(read: ReadOptions) {
      read.signal.throwIfAborted();
      const source = await openSource(options, { request, signal: read.signal });
      try {
        yield* readItems(items(jsonProducts(source)), read);
      } finally {
        await source.close();
      }
    },
  };
}

async function* items(values: AsyncIterable<unknown>): AsyncGenerator<Item> {
  let index = 0;
  for await (const value of values) {
    yield { where: `products.${index++}${nameOf(value)}`, read: () => productFrom(value) };
  }
}

/** @throws ItemError with the path of every wrong field (the first 5), so that all can be mended at once */
function productFrom(value: unknown): CatalogProduct {
  const parsed = productSchema.safeParse(value);
  if (!parsed.success) throw new ItemError(wordingOf(parsed.error, 5).join('; '));
  // Zod writes an optional field as `| undefined`; JSON can't hold an undefined, so the types agree in fact.
  return parsed.data as CatalogProduct;
}

function nameOf(value: unknown): string {
  const named = z.object({ title: z.string().min(1) }).safeParse(value);
  return named.success ? ` "${named.data.title.slice(0, 60)}"` : '';
}

const catalogFile = z.strictObject({ products: z.array(productSchema) });

/**
 * A whole catalogue at once, for a file that must be right in every field.
 * @throws with the path of every wrong field (the first 20)
 */
export function parseCatalog(json: string, name: string): { products: CatalogProduct[] } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new Error(`${name} is not JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = catalogFile.safeParse(value);
  if (!parsed.success) {
    const lines = wordingOf(parsed.error, 20).map((line) => `\n  ${line}`);
    throw new Error(`${name} is not a catalogue:${lines.join('')}`);
  }
  return parsed.data as { products: CatalogProduct[] };
}

function wordingOf({ issues }: z.ZodError, limit: number): string[] {
  const lines = issues.slice(0, limit).map(({ path, message }) => {
    const words = message.endsWith('received undefined') ? 'is missing' : message;
    return `${path.join('.') || '(top)'}: ${words}`;
  });
  return issues.length > limit ? [...lines, `… and ${issues.length - limit} more`] : lines;
}
