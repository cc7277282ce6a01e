/** Vectors on the shop's account: real calls over HTTP, a real thread, a real database. */
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { accountsOfShop, type EmbeddingUsage, paidEmbedder, READING_SHARE } from '../../../proxy/limits/index.ts';
import { createKnowledge, createPassageSearch, createVectorSearch } from '../../../proxy/knowledge/index.ts';
import { createMetrics } from '../../../proxy/metrics/index.ts';
import { createEmbedder } from '../../../proxy/models/embeddings.ts';
import { openSqlite } from '../../../proxy/storage/index.ts';
import { endedCall } from '../../../proxy/turn-watch.ts';
import { runDocuments } from '../../../proxy/workers/run-documents.ts';
import { testShop, UNLIMITED } from '../../fixtures/shops.ts';
import { tempDir } from '../../temp-dir.ts';

const { signal } = new AbortController();
const TOKENS = 40;
const model = 'text-embedding-3-small';

/** Each call takes 40 tokens. */
async function house(tokensPerDay: number | null) {
  const dir = tempDir();
  const file = dir.file('shop.sqlite');
  const storage = openSqlite({ file });
  let asked = 0;
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const { input } = JSON.parse(String(Buffer.concat(parts))) as { input: string[] };
    asked++;
    const data = input.map((_, index) => ({ index, embedding: [1, 0] }));
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ data, usage: { prompt_tokens: TOKENS } }));
  }
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.close();
    await storage.close();
    dir[Symbol.dispose]();
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const { limits } = testShop();
  const shop = testShop({ slug: 'pets', limits: { ...limits, shop: { ...UNLIMITED, tokensPerDay } } });
  const accounts = (share = 1) => accountsOfShop(shop, Date.now(), share);
  const used: EmbeddingUsage[] = [];
  const embedder = paidEmbedder((onUsage) => createEmbedder({ model, baseUrl, apiKey: 'k', onUsage }), {
    shop: 'pets',
    storage,
    accounts,
    onUsed: (usage) => used.push(usage),
  });
  const spent = async () => (await storage.spent(accounts())).map(({ tokens, microUsd }) => [tokens, microUsd]);
  const embeddings = { model, baseUrl, apiKey: 'k', guarded: false };
  const settings = { file, shop: 'pets', store: undefined, allowPrivate: false, version: '0.0.0' };
  return { dir, storage, embedder, embeddings, settings, used, spent, accounts, asked: () => asked };
}

test('a question counts on the shop’s day and month, and is asked in words alone when nothing is left', async () => {
  const { storage, embedder, spent, used, asked } = await house(60);
  const warned: object[] = [];
  const knowledge = createKnowledge({
    storage,
    search: createPassageSearch({ storage, vectors: createVectorSearch({ storage }) }),
    embedderOf: () => embedder,
    log: { warn: (fields) => void warned.push(fields) },
  });
  const ask = () => knowledge.search('pets', { query: 'returns', limit: 3 }, signal);
  await ask();
  expect(await spent()).toEqual([
    [TOKENS, expect.any(Number)],
    [TOKENS, expect.any(Number)],
  ]);
  await ask();
  expect([asked(), warned]).toEqual([2, []]);
  await ask();
  expect(asked()).toBe(2);
  expect(warned).toMatchObject([{ err: { code: 'budget_spent' } }]);
  expect(await storage.usageSums({ from: '2000-01-01', to: '2999-12-31', by: 'day' })).toMatchObject([
    { purpose: 'embedding', calls: 2, inputTokens: 2 * TOKENS },
  ]);
  expect(used).toHaveLength(2);
});

test('a reading leaves half of the allowance to shoppers, says so, and every call is measured', async () => {
  const { dir, storage, embeddings, settings, spent, accounts, asked } = await house(80);
  const sources = [];
  for (const name of ['a.md', 'b.md', 'c.md']) {
    await writeFile(dir.file(name), `# ${name}\n\nOpen daily.`);
    sources.push({ type: 'file' as const, name, file: dir.file(name) });
  }
  const metrics = createMetrics({
    models: { circuits: () => [], queues: () => [], warnings: () => [] },
    answers: { figures: () => ({ hits: 0, misses: 0, joins: 0, answers: 0, bytes: 0 }) },
    turns: { active: () => 0 },
    condition: { look: async () => ({ catalogues: [], documents: [], disk: null }) },
    now: Date.now,
  });
  const job = { ...settings, sources, embeddings, accounts: accounts(READING_SHARE), order: { kind: 'sync' as const } };
  const { result } = (await runDocuments(job, signal, (usage) => metrics.called(endedCall('pets', usage)))) as {
    result: { added: number; failed: object[] };
  };
  expect(result).toMatchObject({
    added: 3,
    failed: [{ source: 'b.md', error: expect.stringMatching(/allowance has nothing left for vectors; words find/) }],
  });
  expect([asked(), (await spent())[0]?.[0]]).toEqual([1, TOKENS]);
  const text = await metrics.text();
  metrics.close();
  expect(text).toContain(`shopclerk_model_tokens_total{shop="pets",model="${model}",kind="input"} ${TOKENS}`);
  expect(text).toMatch(
    /model_call_duration_seconds_count\{model="text-embedding-3-small",purpose="embedding",outcome="ok"\} 1/,
  );
  expect(await storage.documents('pets')).toHaveLength(3);
});

test('a document that is sent when nothing is left for vectors is found by its words, and it is told why not by them', async () => {
  const { storage, embeddings, settings, accounts, asked } = await house(0);
  const bytes = new TextEncoder().encode('# Returns\n\nOpen daily.');
  const order = { kind: 'add', upload: { name: 'returns.md', bytes } } as const;
  const outcome = await runDocuments({ ...settings, sources: [], embeddings, accounts: accounts(), order }, signal);
  expect(outcome).toMatchObject({ kind: 'added', noVectors: expect.stringMatching(/nothing left for vectors/) });
  expect(asked()).toBe(0);
  expect(await storage.documents('pets')).toMatchObject([{ source: 'returns.md', status: 'ready' }]);
});
