import { expect, test } from 'vitest';
import { shopFiles } from './shop-files.ts';

async function read(documents: object[]) {
  const files = shopFiles();
  files.write('acme.json', { documents });
  const [reading] = await files.read();
  return { ...reading!, sources: reading!.shop?.documents.sources };
}

test('a document may say where shoppers read it, by a URL or by a path of the shop’s own pages', async () => {
  const file = '../catalog.json';
  const { sources, problems } = await read([
    { file, url: '/pages/returns' },
    { file, url: 'https://acme.example/returns' },
  ]);
  expect(problems).toEqual([]);
  expect(sources).toMatchObject([{ url: '/pages/returns' }, { url: 'https://acme.example/returns' }]);
});

test.each([
  [{ url: '/pages/returns' }, 'documents.sources.0.url'],
  [{ file: '../catalog.json', url: '//acme.example/returns' }, 'documents.sources.0.url'],
  [{ file: '../catalog.json', url: 'javascript:alert(1)' }, 'documents.sources.0.url'],
])('what can’t be read or followed is refused: %o', async (source, place) => {
  const { problems } = await read([source]);
  expect(problems.join('\n')).toContain(place);
});
