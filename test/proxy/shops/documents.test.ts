import { expect, test } from 'vitest';
import { secretsOf } from '../../../proxy/shops/index.ts';
import { shopFiles } from './shop-files.ts';

async function shopOf(documents: object, changes: Parameters<ReturnType<typeof shopFiles>['read']>[0] = {}) {
  const shops = shopFiles();
  shops.write('acme.json', { documents });
  const [{ shop, problems } = { shop: undefined, problems: [] }] = await shops.read(changes);
  return { shop, problems };
}

test('a vector store has the key of the shop’s model, or a server and a key of its own, which is hidden like all keys', async () => {
  const { shop } = await shopOf({ store: { type: 'openai', vector_store_id: 'vs_1' } });
  expect(shop!.documents.store).toMatchObject({
    type: 'openai',
    id: 'vs_1',
    baseUrl: 'https://api.openai.com/v1',
    guarded: false,
  });
  expect(shop!.documents.store!.apiKey.reveal()).toBe('sk-of-the-house');
  const own = { type: 'openai', base_url: 'https://models.example/v1', api_key: 'env:KEY' };
  const { shop: other } = await shopOf({ store: own }, { env: { KEY: 'sk-own-0123456789' } });
  expect(other!.documents.store).toMatchObject({ baseUrl: 'https://models.example/v1', guarded: true });
  expect(secretsOf(other!)).toContain('sk-own-0123456789');
});

test('a vector store is searched by our tool, or by the model’s own server, where that is the store’s', async () => {
  const { shop } = await shopOf({ store: { type: 'openai' } });
  expect(shop!.documents.store!.search).toBe('tool');
  const { shop: other } = await shopOf({ store: { type: 'openai', search: 'hosted' } });
  expect(other!.documents.store!.search).toBe('hosted');
});

test.each([
  [{ type: 'openai', search: 'server' }, /documents\.store\.search/],
  [{ type: 'openai', search: 'hosted', api_key: 'env:KEY' }, /documents\.store\.search.*only the model's own server/],
  [{ type: 'other' }, /documents\.store\.type/],
  [{ type: 'openai', vector_store_id: '../files' }, /no id of a vector store/],
  [{ type: 'openai', base_url: 'https://models.example/v1' }, /documents\.store\.api_key.*needs a key of its own/],
  [{ type: 'openai', base_url: 'https://10.0.0.5/v1', api_key: 'env:KEY' }, /documents\.store\.base_url.*leads inside/],
])('a vector store that is set up wrongly is told: %j', async (store, words) => {
  const { problems } = await shopOf({ store }, { env: { KEY: 'sk-own-0123456789' } });
  expect(problems.join('\n')).toMatch(words);
});

test('the demo model has no vector store', async () => {
  const upstream = { apiKey: null, baseUrl: 'https://api.openai.com/v1', model: 'm', wire: 'responses' } as const;
  const { problems } = await shopOf({ store: { type: 'openai' } }, { upstream, demoModelUrl: 'http://127.0.0.1:9/v1' });
  expect(problems.join()).toContain('the demo model has nothing of the sort');
});
