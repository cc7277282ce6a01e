import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSyncs, SyncRunningError } from '../../../proxy/catalog/index.ts';
import type { SyncOrder } from '../../../proxy/catalog/types.ts';
import { sourceKeyOf } from '../../../proxy/catalog/source.ts';
import type { CatalogState } from '../../../proxy/storage/types.ts';
import type { Shop } from '../../../proxy/shops/types.ts';
import { Secret } from '../../../proxy/shops/index.ts';
import { testShop } from '../../fixtures/shops.ts';
import { tempDir } from '../../temp-dir.ts';

const done = { status: 'skipped', skipped: true, hash: 'h', products: 1 } as const;
const log = { info: () => {}, warn: () => {}, error: () => {} };
let dir: ReturnType<typeof tempDir>;
let clock: number;
let ran: SyncOrder[];
beforeEach(() => {
  dir = tempDir();
  clock = 0;
  ran = [];
});
afterEach(() => dir[Symbol.dispose]());

function syncsOf(shop: Shop, { state, hold }: { state?: Partial<CatalogState>; hold?: Promise<void> } = {}) {
  return createSyncs({
    shops: () => [shop],
    storage: { catalogState: async () => state as CatalogState | undefined },
    log,
    now: () => clock,
    everyMs: 5,
    gatherMs: 5,
    async run(_, order) {
      ran.push(order);
      await hold;
      return done;
    },
  });
}

const remote = (more = {}) => testShop({ catalog: { type: 'url', url: 'https://shop.example/c.json', ...more } });
const pause = () => new Promise((resolve) => setTimeout(resolve, 40));
const MINUTE = 60_000;

describe('by the clock', () => {
  test.each([
    ['hourly', {}, 60],
    ['as often as its settings say', { everyMinutes: 5 }, 5],
  ])('a shop is read %s', async (_, more, minutes) => {
    const syncs = syncsOf(remote(more));
    await syncs.prepare(remote(more));
    clock = minutes * MINUTE - 1;
    await pause();
    expect(ran).toHaveLength(1);
    clock = minutes * MINUTE;
    await vi.waitFor(() => expect(ran).toEqual([{ full: true }, { full: false }]));
    await syncs.close();
  });

  test('a shop is not read that wants to be asked', async () => {
    const syncs = syncsOf(remote({ everyMinutes: 0 }));
    await syncs.prepare(remote());
    clock = 24 * 60 * MINUTE;
    await pause();
    expect(ran).toHaveLength(1);
    await syncs.close();
  });

  test('a file is read when it has changed, and only then', async () => {
    const file = dir.file('catalog.json');
    await writeFile(file, '1');
    const shop = testShop({ catalog: { type: 'file', file } });
    const syncs = syncsOf(shop);
    await syncs.prepare(shop);
    clock = 24 * 60 * MINUTE;
    await pause();
    expect(ran).toHaveLength(1);
    await writeFile(file, 'longer');
    await vi.waitFor(() => expect(ran).toHaveLength(2));
    await syncs.close();
  });
});

test('a shop that has a catalogue is ready before it is read again', async () => {
  let go = () => {};
  const hold = new Promise<void>((resolve) => (go = resolve));
  const syncs = syncsOf(remote(), { hold, state: { products: 3, source: sourceKeyOf(remote().catalog) } });
  await syncs.prepare(remote());
  go();
  await syncs.close();
});

describe('while another process reads it, or was killed at it a moment ago,', () => {
  test.each([
    ['a shop without products waits, and is read as soon as that is over', undefined, true],
    ['a shop with products is read as soon as that is over', { products: 3 }, false],
  ])('%s', async (_, state, full) => {
    const shop = remote();
    let isFree = false;
    const syncs = createSyncs({
      shops: () => [shop],
      storage: {
        catalogState: async () => state && ({ ...state, source: sourceKeyOf(shop.catalog) } as CatalogState),
      },
      log,
      now: () => clock,
      everyMs: 5,
      async run(_, order) {
        if (!isFree) throw new SyncRunningError(shop.slug);
        ran.push(order);
        return done;
      },
    });
    const ready = syncs.prepare(shop);
    await pause();
    isFree = true;
    await ready;
    await vi.waitFor(() => expect(ran).toHaveLength(1));
    expect(ran).toEqual([{ full }]);
    await pause();
    expect(ran).toHaveLength(1);
    await syncs.close();
  });
});

test('a file that has changed while another process reads it is read after that', async () => {
  const file = dir.file('catalog.json');
  await writeFile(file, '1');
  const shop = testShop({ catalog: { type: 'file', file } });
  let isFree = true;
  let tries = 0;
  const syncs = createSyncs({
    shops: () => [shop],
    storage: { catalogState: async () => undefined },
    log,
    everyMs: 5,
    async run(_, order) {
      tries++;
      if (!isFree) throw new SyncRunningError(shop.slug);
      ran.push(order);
      return done;
    },
  });
  await syncs.prepare(shop);
  isFree = false;
  await writeFile(file, 'longer');
  await vi.waitFor(() => expect(tries).toBeGreaterThan(1));
  isFree = true;
  await vi.waitFor(() => expect(ran).toEqual([{ full: true }, { full: false }]));
  await pause();
  expect(ran).toHaveLength(2);
  await syncs.close();
});

describe('products of which a webhook says that they have changed', () => {
  const secret = 'of the webhook';
  const shop = remote({ webhookSecret: new Secret(secret) });

  function changed(syncs: ReturnType<typeof createSyncs>, id: number) {
    const body = Buffer.from(JSON.stringify({ id }));
    const headers = new Headers({
      'x-wc-webhook-topic': 'product.updated',
      'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
    });
    return syncs.deliver(shop, body, headers);
  }

  test('are read together', async () => {
    const syncs = syncsOf(shop);
    for (const id of [1, 1, 2]) expect(changed(syncs, id)).toEqual({ accepted: true });
    await vi.waitFor(() => expect(ran).toEqual([{ full: false, only: ['1', '2'] }]));
    await syncs.close();
  });

  test('are read by a sync of what has changed when they are many', async () => {
    const syncs = syncsOf(shop);
    for (let id = 1; id < 500; id++) changed(syncs, id);
    await vi.waitFor(() => expect(ran).toEqual([{ full: false }]));
    await syncs.close();
  });

  test('wait for the sync that is running', async () => {
    let go = () => {};
    const syncs = syncsOf(shop, { hold: new Promise((resolve) => (go = resolve)) });
    const first = syncs.sync(shop);
    changed(syncs, 7);
    await pause();
    expect(ran).toHaveLength(1);
    go();
    await first;
    await vi.waitFor(() => expect(ran.slice(1)).toEqual([{ full: false, only: ['7'] }]));
    await syncs.close();
  });
});
