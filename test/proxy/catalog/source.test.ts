import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { createSource, type SourceSettings } from '../../../proxy/catalog/index.ts';
import type { CatalogProduct, CatalogSource } from '../../../proxy/catalog/types.ts';
import { product } from '../../fixtures/products.ts';
import { tempDir } from '../../temp-dir.ts';
import { INSIDE, outbound, site } from '../outbound/web.ts';

const products = [product(1, 'A'), product(2, 'B')];
const make = (settings: SourceSettings) => createSource(settings, { request: outbound().request });

async function read(source: CatalogSource): Promise<CatalogProduct[]> {
  const all: CatalogProduct[] = [];
  const options = { signal: new AbortController().signal, onSkip: () => undefined };
  for await (const one of source.products(options)) all.push(one);
  return all;
}

describe('a catalogue in a file', () => {
  test('is read', async () => {
    using dir = tempDir();
    await writeFile(dir.file('catalog.json'), JSON.stringify({ products }));
    expect(await read(make({ type: 'file', file: dir.file('catalog.json') }))).toEqual(products);
  });

  test('that is not there is missed by name', async () => {
    using dir = tempDir();
    const file = dir.file('none.json');
    await expect(read(make({ type: 'file', file }))).rejects.toThrow(`There is no file ${file}.`);
  });

  test('that is a folder is refused by name', async () => {
    using dir = tempDir();
    await expect(read(make({ type: 'file', file: dir.path }))).rejects.toThrow(`${dir.path} can't be read (EISDIR).`);
  });
});

describe('a catalogue in the web', () => {
  test('is fetched', async () => {
    const shop = await site((_request, response) => response.end(JSON.stringify({ products })));
    expect(await read(make({ type: 'url', url: `${shop.origin}/a.json` }))).toEqual(products);
  });

  test('that is not there is an error with the answer, without the query', async () => {
    const shop = await site((_request, response) => response.writeHead(404).end('no'));
    await expect(read(make({ type: 'url', url: `${shop.origin}/a.json?key=secret` }))).rejects.toThrow(
      `${new URL(shop.origin).host} answered 404 instead of the feed.`,
    );
  });

  test('that stands inside the network is not fetched', async () => {
    const inside = await site((_request, response) => response.end(JSON.stringify({ products })), INSIDE);
    await expect(read(make({ type: 'url', url: inside.origin }))).rejects.toThrow('is not on the public internet');
    expect(inside.requests).toEqual([]);
  });
});
