import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { createSource, urlSource } from '../../../proxy/catalog/index.ts';
import type { CatalogProduct, CatalogSource } from '../../../proxy/catalog/types.ts';
import { product } from '../../fixtures/products.ts';
import { tempDir } from '../../temp-dir.ts';
import { INSIDE, outbound, site } from '../outbound/web.ts';

const products = [product(1, 'A'), product(2, 'B')];
const setIn = 'shops/acme.json';

async function read(source: CatalogSource, signal = new AbortController().signal): Promise<CatalogProduct[]> {
  const all: CatalogProduct[] = [];
  for await (const one of source.products(signal)) all.push(one);
  return all;
}

describe('a catalogue in a file', () => {
  test('is read', async () => {
    using dir = tempDir();
    await writeFile(dir.file('catalog.json'), JSON.stringify({ products }));
    const source = createSource({ type: 'file', file: dir.file('catalog.json') }, { outbound: outbound(), setIn });
    expect(await read(source)).toEqual(products);
  });

  test('that is not there is missed by name, with the place of the setting', async () => {
    using dir = tempDir();
    const source = createSource({ type: 'file', file: dir.file('none.json') }, { outbound: outbound(), setIn });
    await expect(read(source)).rejects.toThrow(
      `The catalogue ${dir.file('none.json')} is not there. It is named in shops/acme.json.`,
    );
  });

  test('that is a folder is refused by name', async () => {
    using dir = tempDir();
    const source = createSource({ type: 'file', file: dir.path }, { outbound: outbound(), setIn });
    await expect(read(source)).rejects.toThrow(`The catalogue ${dir.path} can't be read (EISDIR).`);
  });
});

describe('a catalogue in the web', () => {
  test('is fetched', async () => {
    const shop = await site((_request, response) => response.end(JSON.stringify({ products })));
    const source = createSource({ type: 'url', url: `${shop.origin}/a.json` }, { outbound: outbound(), setIn });
    expect(await read(source)).toEqual(products);
    expect(shop.requests[0]!.headers.accept).toBe('application/json');
  });

  test('that is wrong is refused like a file, without the query', async () => {
    const shop = await site((_request, response) => response.end('{"products":[{}]}'));
    const source = urlSource({ url: `${shop.origin}/a.json?key=secret`, outbound: outbound() });
    await expect(read(source)).rejects.toThrow(`${shop.origin}/a.json is not a catalogue:\n  products.0.`);
  });

  test('that is not there is an error with the answer', async () => {
    const shop = await site((_request, response) => response.writeHead(404).end('no'));
    const source = urlSource({ url: `${shop.origin}/a.json?key=secret`, outbound: outbound() });
    await expect(read(source)).rejects.toThrow(`${shop.origin}/a.json answered 404 instead of a catalogue.`);
  });

  test('that is too large is let go', async () => {
    const shop = await site((_request, response) => response.end(JSON.stringify({ products })));
    const source = urlSource({ url: shop.origin, outbound: outbound(), maxBytes: 100 });
    await expect(read(source)).rejects.toMatchObject({ code: 'too_large' });
  });

  test('that stands inside the network is not fetched', async () => {
    const inside = await site((_request, response) => response.end(JSON.stringify({ products })), INSIDE);
    const source = createSource({ type: 'url', url: inside.origin }, { outbound: outbound(), setIn });
    await expect(read(source)).rejects.toMatchObject({ code: 'address_refused' });
    expect(inside.requests).toEqual([]);
  });
});
