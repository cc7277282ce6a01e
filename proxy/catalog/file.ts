import { z } from 'zod';
import { jsonProducts } from './json-products.ts';
import { openSource, type SourceInput } from './open-source.ts';
import { ItemError } from './product-draft.ts';
import { productSchema } from './product-schema.ts';
import { type Item, readItems } from './reading.ts';
import type { CatalogProduct, CatalogSource, ReadOptions } from './types.ts';
import type { WebRequest } from './web.ts';

/** Of one product, that are told. */
const MAX_PROBLEMS = 5;

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

/** @throws ItemError with the path of every wrong field, as far as they are told, so that all can be mended at once */
function productFrom(value: unknown): CatalogProduct {
  const parsed = productSchema.safeParse(value);
  if (!parsed.success) throw new ItemError(wordingOf(parsed.error).join('; '));
  // Zod writes an optional field as `| undefined`; JSON can't hold an undefined, so the types agree in fact.
  return parsed.data as CatalogProduct;
}

function nameOf(value: unknown): string {
  const named = z.object({ title: z.string().min(1) }).safeParse(value);
  return named.success ? ` "${named.data.title.slice(0, 60)}"` : '';
}

function wordingOf({ issues }: z.ZodError): string[] {
  const lines = issues.slice(0, MAX_PROBLEMS).map(({ path, message }) => {
    const words = message.endsWith('received undefined') ? 'is missing' : message;
    return `${path.join('.') || '(top)'}: ${words}`;
  });
  return issues.length > MAX_PROBLEMS ? [...lines, `… and ${issues.length - MAX_PROBLEMS} more`] : lines;
}
