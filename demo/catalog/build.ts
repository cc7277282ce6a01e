/**
 * Writes what the demo shop serves: `shop/catalog.json` and `shop/pictures/<id>.svg`. Both are checked in, so that the
 * shop needs no build; run `node demo/catalog/build.ts` after a change here or in `pictures/`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawPicture } from '../pictures/index.ts';
import { entries, toProduct } from './index.ts';

const shop = path.resolve(import.meta.dirname, '../shop');
mkdirSync(path.join(shop, 'pictures'), { recursive: true });
for (const { id, picture } of entries) {
  writeFileSync(path.join(shop, 'pictures', `${id}.svg`), drawPicture(...picture));
}
writeFileSync(path.join(shop, 'catalog.json'), `${JSON.stringify({ products: entries.map(toProduct) }, null, 1)}\n`);
