/**
 * Writes what the demo stores serve: a `catalog.json` each, and `shop/pictures/<id>.svg`. Both are checked in, so that the
 * shop needs no build; run `node demo/catalog/build.ts` after a change here or in `pictures/`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawPicture } from '../pictures/index.ts';
import { entries, STORES, toProduct, type Store } from './index.ts';

const shop = path.resolve(import.meta.dirname, '../shop');
mkdirSync(path.join(shop, 'pictures'), { recursive: true });
for (const { id, picture } of entries) {
  writeFileSync(path.join(shop, 'pictures', `${id}.svg`), drawPicture(...picture));
}
for (const store of Object.keys(STORES) as Store[]) {
  const products = entries.map((entry) => toProduct(entry, store));
  mkdirSync(path.join(shop, store), { recursive: true });
  writeFileSync(path.join(shop, store, 'catalog.json'), `${JSON.stringify({ products }, null, 1)}\n`);
}
