import { createHmac } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import type { CatalogProduct, CatalogSource } from '../../../proxy/catalog/types.ts';
import { Secret } from '../../../proxy/shops/index.ts';
import { product } from '../../fixtures/products.ts';
import { serveProxy } from './served.ts';

const adminToken = 'an admin token that only a test may know';
const admin = { token: undefined, headers: { authorization: `Bearer ${adminToken}` } };

/** A shop whose products a test changes. */
function shelf(products: CatalogProduct[]) {
  let wait: Promise<void> | undefined;
  const shelf = {
    products,
    hold(until: Promise<void>) {
      wait = until;
    },
    source: (): CatalogSource => ({
      name: 'shelf',
      async *products() {
        await wait;
        yield* shelf.products;
      },
      product: async (id) => shelf.products.find(({ externalId }) => externalId === id) ?? null,
    }),
  };
  return shelf;
}

describe('POST /api/sync', () => {
  test('reads the catalogue and tells what has changed, or that nothing has', async () => {
    const shop = shelf([product(1, 'Bed')]);
    const { api } = await serveProxy([], { adminToken, source: shop.source });
    const call = () => api('POST', '/api/sync', { headers: admin.headers, json: { shop: 'pets' } });
    expect((await call()).body).toMatchObject({ status: 'skipped', skipped: true, products: 1 });
    shop.products.push(product(2, 'Bowl'));
    expect((await call()).body).toMatchObject({ status: 'synced', skipped: false, added: 1, removed: 0 });
  });

  test('is in the log of changes', async () => {
    const { api, deps } = await serveProxy([], { adminToken });
    await api('POST', '/api/sync', { token: adminToken, json: { shop: 'pets' } });
    const [noted] = await deps.storage.audit({ shops: '*', who: '', limit: 5 });
    expect(noted).toMatchObject({ who: 'operator', action: 'catalogue.synced', shop: 'pets' });
  });

  test('refuses all but the admin token, unknown shops, and everything while no token is set', async () => {
    const { api, session } = await serveProxy([], { adminToken });
    const json = { shop: 'pets' };
    expect((await api('POST', '/api/sync', { json })).status).toBe(401);
    expect((await api('POST', '/api/sync', { json, token: (await session()).token })).status).toBe(401);
    expect((await api('POST', '/api/sync', { json: { shop: 'x' }, headers: admin.headers })).status).toBe(404);
    expect((await api('GET', '/api/sync', { headers: admin.headers })).status).toBe(405);
    const without = await serveProxy([]);
    const answer = await without.api('POST', '/api/sync', { json, headers: admin.headers });
    expect(answer).toMatchObject({ status: 404, body: { error: { message: expect.stringContaining('ADMIN_TOKEN') } } });
  });

  test('runs once at a time for a shop', async () => {
    const shop = shelf([product(1, 'Bed')]);
    const { api } = await serveProxy([], { adminToken, source: shop.source });
    let go = () => {};
    shop.hold(new Promise((resolve) => (go = resolve)));
    const call = () => api('POST', '/api/sync', { headers: admin.headers, json: { shop: 'pets' } });
    const first = call();
    await vi.waitFor(async () => expect((await call()).body).toMatchObject({ error: { code: 'sync_running' } }));
    go();
    expect((await first).status).toBe(200);
  });

  test('says why a catalogue could not be read, and the old one stays', async () => {
    const shop = shelf([product(1, 'Bed')]);
    const { api, deps } = await serveProxy([], { adminToken, source: shop.source });
    const shut = Promise.reject(new Error('the shop is shut'));
    shut.catch(() => undefined);
    shop.hold(shut);
    const answer = await api('POST', '/api/sync', { headers: admin.headers, json: { shop: 'pets' } });
    expect(answer).toMatchObject({ status: 502, body: { error: { code: 'sync_failed' } } });
    expect(JSON.stringify(answer.body)).toContain('the shop is shut');
    expect(await deps.catalog.count('pets')).toBe(1);
  });
});

describe('a webhook of WooCommerce', () => {
  const secret = 'a secret of the webhook';
  const catalog = { type: 'file' as const, file: 'x', webhookSecret: new Secret(secret) };

  async function shop() {
    const goods = shelf([product(1, 'Bed', { externalId: '1' }), product(2, 'Bowl', { externalId: '2' })]);
    const served = await serveProxy([], { source: goods.source, pets: { catalog } });
    const deliver = (
      topic: string,
      body: string,
      signature = createHmac('sha256', secret).update(body).digest('base64'),
    ) =>
      served.api('POST', '/api/webhooks/woocommerce/pets', {
        body,
        headers: {
          'content-type': 'application/json',
          'x-wc-webhook-topic': topic,
          'x-wc-webhook-delivery-id': '1',
          ...(signature !== '' && { 'x-wc-webhook-signature': signature }),
        },
      });
    const titles = async () => (await served.deps.catalog.byIds('pets', [1, 2])).map(({ title }) => title);
    return { goods, deliver, titles, ...served };
  }

  test('has the product read again that was changed, and drops the one that was deleted', async () => {
    const { goods, deliver, titles } = await shop();
    goods.products[0] = product(1, 'Bed, new', { externalId: '1' });
    goods.products[1] = product(2, 'Bowl, not told of', { externalId: '2' });
    expect((await deliver('product.updated', '{"id":1}')).status).toBe(200);
    await vi.waitFor(async () => expect(await titles()).toEqual(['Bed, new', 'Bowl']));
    goods.products.shift();
    await deliver('product.deleted', '{"id":1}');
    await vi.waitFor(async () => expect(await titles()).toEqual(['Bowl']));
  });

  test('is understood when it is the unsigned ping, and refused when its signature is wrong', async () => {
    const { deliver, api } = await shop();
    expect((await deliver('', 'webhook_id=7', '')).status).toBe(200);
    expect((await deliver('product.updated', '{"id":1}', 'AAAA')).status).toBe(401);
    expect((await deliver('product.updated', '{"id":1}', '')).status).toBe(401);
    expect((await api('POST', '/api/webhooks/woocommerce/nobody', { body: 'webhook_id=7' })).status).toBe(404);
    expect((await deliver('product.updated', `{"id":1,"x":"${'y'.repeat(1_100_000)}"}`)).status).toBe(413);
  });
});
