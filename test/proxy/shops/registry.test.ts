import { describe, expect, onTestFinished, test } from 'vitest';
import { createShopRegistry } from '../../../proxy/shops/index.ts';
import type { Shop } from '../../../proxy/shops/types.ts';
import { shopFiles } from './shop-files.ts';

/** A registry over two shops in files that it watches. `edited` resolves once a reading has brought what is expected. */
async function registry({ prepare = async () => {} }: { prepare?: (shop: Shop, before?: Shop) => Promise<void> } = {}) {
  const files = shopFiles();
  files.write('acme.json', { name: 'Acme' });
  files.write('books.json', { name: 'Books' });
  const shops = (await files.read()).flatMap(({ shop }) => shop ?? []);
  let told: (() => void) | undefined;
  const registry = await createShopRegistry({
    shops,
    read: () => files.read(),
    folder: files.folder,
    prepare,
    onReload: () => told?.(),
    settleMs: 5,
  });
  onTestFinished(() => registry.close());
  const edited = (edit: () => void, brought: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      told = () => brought() && resolve();
      edit();
    });
  return { files, registry, edited };
}

describe('while the proxy runs', () => {
  test('an edit is served at once, and who has the shop of before keeps it', async () => {
    const { files, registry: shops, edited } = await registry();
    const before = shops.bySlug('acme');
    await edited(
      () => files.write('acme.json', { name: 'Acme & Sons' }),
      () => shops.bySlug('acme')?.name === 'Acme & Sons',
    );
    expect(shops.bySlug('acme')?.name).toBe('Acme & Sons');
    expect(before?.name).toBe('Acme');
    expect(shops.bySlug('books')?.name).toBe('Books');
  });

  test('a new file adds a shop, and one that is removed takes its away', async () => {
    const { files, registry: shops, edited } = await registry();
    await edited(
      () => files.write('tea.json', { name: 'Tea' }),
      () => shops.all().length === 3,
    );
    expect(shops.all().map(({ slug }) => slug)).toEqual(['acme', 'books', 'tea']);
    await edited(
      () => files.remove('books.json'),
      () => shops.all().length === 2,
    );
    expect(shops.bySlug('books')).toBeUndefined();
  });

  test('a bad edit keeps the shop as it was, and is told with every problem until it is mended', async () => {
    const { files, registry: shops, edited } = await registry();
    await edited(
      () => files.write('acme.json', { name: 'Broken', greting: {}, retention_days: -1 }),
      () => shops.problems().length === 2,
    );
    expect(shops.bySlug('acme')?.name).toBe('Acme');
    expect(shops.problems()).toEqual([
      'shops/acme.json: retention_days: must be a number above 0',
      'shops/acme.json: greting: is no setting; did you mean "greeting"?',
    ]);
    await edited(
      () => files.writeText('books.json', '{'),
      () => shops.problems().length === 3,
    );
    expect(shops.problems()).toHaveLength(3);
    expect(shops.bySlug('books')?.name).toBe('Books');
    files.write('acme.json', { name: 'Mended' });
    await edited(
      () => files.write('books.json', {}),
      () => shops.problems().length === 0,
    );
    expect(shops.problems()).toEqual([]);
    expect(shops.bySlug('acme')?.name).toBe('Mended');
  });

  test('nobody takes the slug of a shop whose edit went wrong', async () => {
    const { files, registry: shops } = await registry();
    files.writeText('acme.json', '{');
    files.write('books.json', { name: 'Pirates', slug: 'acme' });
    await shops.reload();
    expect(
      shops
        .all()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['Acme', 'Books']);
    expect(shops.problems().join()).toContain('the slug "acme" is taken');
  });

  test('a shop is served when it is ready, and stays as it was when it never gets so', async () => {
    const seen: [string, string | undefined][] = [];
    const { files, registry: shops } = await registry({
      async prepare(shop, before) {
        seen.push([shop.name, before?.name]);
        if (shop.name === 'Broken') throw new Error('the catalogue has no products');
      },
    });
    files.write('acme.json', { name: 'Broken' });
    files.write('books.json', { name: 'Books & More' });
    await shops.reload();
    expect(seen).toEqual([
      ['Acme', undefined],
      ['Books', undefined],
      ['Broken', 'Acme'],
      ['Books & More', 'Books'],
    ]);
    expect(shops.all().map(({ name }) => name)).toEqual(['Acme', 'Books & More']);
    expect(shops.problems()).toEqual(['shops/acme.json: the catalogue has no products']);
  });

  test('those who ask for a reading while one is under way share the next', async () => {
    let readings = 0;
    const shops = await createShopRegistry({
      shops: [],
      prepare: async () => {},
      read: async () => {
        readings++;
        return [];
      },
    });
    await Promise.all(Array.from({ length: 50 }, () => shops.reload()));
    expect(readings).toBe(1);
    const first = shops.reload();
    await Promise.resolve();
    await Promise.all([first, shops.reload(), shops.reload()]);
    expect(readings).toBe(3);
  });
});
