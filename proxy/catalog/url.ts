import type { Outbound } from '../outbound/types.ts';
import { parseCatalog } from './file.ts';
import type { CatalogSource } from './types.ts';

export interface UrlSourceOptions {
  url: string;
  outbound: Outbound;
  /** Largest catalogue, decompressed. */
  maxBytes?: number;
  /** Longest time for all of it. */
  timeoutMs?: number;
}

/** The same catalogue as `fileSource` reads, from the web. */
export function urlSource({
  url,
  outbound,
  maxBytes = 64 * 2 ** 20,
  timeoutMs = 60_000,
}: UrlSourceOptions): CatalogSource {
  return {
    name: 'url',
    async *products(signal) {
      const answer = await outbound.get(url, { signal, maxBytes, timeoutMs, accept: 'application/json' });
      // The query of the address may be a key.
      const { origin, pathname } = new URL(answer.url);
      const name = origin + pathname;
      if (answer.status !== 200) throw new Error(`${name} answered ${answer.status} instead of a catalogue.`);
      const { products } = parseCatalog(answer.body.toString(), name);
      yield* products;
    },
  };
}
