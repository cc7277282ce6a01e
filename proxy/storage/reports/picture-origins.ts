import type { Database } from 'better-sqlite3';
import type { CatalogProduct } from '../../catalog/types.ts';
import type { ReportReader } from '../types.ts';

/** Some thirty milliseconds; a catalogue's pictures rarely come from more places than those of so many. */
const MAX_PRODUCTS = 2_000;

export function createPictureOrigins(db: Database): Pick<ReportReader, 'pictureOrigins'> {
  const shown = db
    .prepare<[string, number], string>(
      `SELECT json FROM catalogs CROSS JOIN products ON products.shop = catalogs.shop
         AND products.since <= catalogs.generation
         AND (products.until IS NULL OR products.until > catalogs.generation)
       WHERE catalogs.shop = ? LIMIT ?`,
    )
    .pluck();
  return {
    pictureOrigins({ shop }) {
      const counts = new Map<string, number>();
      for (const json of shown.iterate(shop, MAX_PRODUCTS)) {
        const { images, variants } = JSON.parse(json) as CatalogProduct;
        for (const { url } of [...images, ...variants.flatMap(({ image }) => image ?? [])]) {
          // Those of the proxy's own demo have no origin of their own.
          if (!/^https?:/.test(url) || !URL.canParse(url)) continue;
          const { origin } = new URL(url);
          counts.set(origin, (counts.get(origin) ?? 0) + 1);
        }
      }
      return [...counts].toSorted(([, a], [, b]) => b - a).map(([origin]) => origin);
    },
  };
}
