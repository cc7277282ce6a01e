/** The model that makes vectors, over real HTTP. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createVectorSearch, embedDocument, addDocument, createExtractor } from '../../../proxy/knowledge/index.ts';
import { createEmbedder, createEmbedders, type EmbedderOptions } from '../../../proxy/models/embeddings.ts';
import { createGuard } from '../../../proxy/outbound/index.ts';
import { Secret } from '../../../proxy/shops/secret.ts';
import type { UsageRow } from '../../../proxy/storage/types.ts';
import { openFresh } from '../../fresh-database.ts';
import { tempDir } from '../../temp-dir.ts';

type Reply = { status?: number; headers?: Record<string, string>; json?: unknown } | 'hang';
interface Asked {
  model: string;
  input: string[];
}

const KEY = 'sk-embeddings-0123456789';
const { signal } = new AbortController();
const vectors = (...all: number[][]) => ({
  json: { data: all.map((embedding, index) => ({ index, embedding })), usage: { prompt_tokens: 7, total_tokens: 7 } },
});

async function serve(reply: (asked: Asked, count: number) => Reply, options: Partial<EmbedderOptions> = {}) {
  const asked: Asked[] = [];
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const body = JSON.parse(Buffer.concat(parts).toString()) as Asked;
    expect([request.url, request.headers.authorization]).toEqual(['/v1/embeddings', `Bearer ${KEY}`]);
    asked.push(body);
    const said = reply(body, asked.length);
    if (said === 'hang') return;
    const headers = { 'content-type': 'application/json', ...said.headers };
    response.writeHead(said.status ?? 200, headers).end(JSON.stringify(said.json));
  }
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const used: Omit<UsageRow, 'shop'>[] = [];
  const onUsage = async (usage: Omit<UsageRow, 'shop'>) => void used.push(usage);
  const embedder = createEmbedder({ model: 'text-embedding-3-small', baseUrl, apiKey: KEY, onUsage, ...options });
  return { embedder, asked, used, baseUrl };
}

test('makes vectors of length one, in the order of the texts, and says what they cost', async () => {
  const { embedder, asked, used } = await serve(() => vectors([3, 4], [0, 2]));
  const [first, second] = await embedder.embed(['a', 'b'], signal);
  expect([...first!].map((value) => value.toFixed(3))).toEqual(['0.600', '0.800']);
  expect([...second!]).toEqual([0, 1]);
  expect(asked).toMatchObject([{ model: 'text-embedding-3-small', input: ['a', 'b'], encoding_format: 'float' }]);
  expect(used).toMatchObject([
    { purpose: 'embedding', outcome: 'ok', inputTokens: 7, estimated: false, costMicroUsd: 1, threadId: '' },
  ]);
  expect(await embedder.embed([], signal)).toEqual([]);
  expect(asked).toHaveLength(1);
});

test('waits where the server takes no more for now, and gives up after the second time', async () => {
  const limit = { status: 429, headers: { 'retry-after-ms': '1' }, json: { error: { code: 'rate_limit_exceeded' } } };
  const once = await serve((_, count) => (count === 1 ? limit : vectors([1, 0])));
  expect(await once.embedder.embed(['a'], signal)).toHaveLength(1);
  const always = await serve(() => limit);
  await expect(always.embedder.embed(['a'], signal)).rejects.toMatchObject({ code: 'model_rate_limited' });
  expect(always.asked).toHaveLength(3);
  expect(always.used).toMatchObject([{ outcome: 'error', inputTokens: 0, costMicroUsd: 0 }]);
});

test.each([
  ['of different lengths', vectors([1, 0], [1, 0, 0])],
  ['too few', vectors([1, 0])],
  ['empty', vectors([], [])],
  ['of no numbers', { json: { data: [{ embedding: ['x'] }, { embedding: [null] }] } }],
  ['in a text', { json: { data: [{ embedding: 'AAAA' }, { embedding: 'AAAA' }] } }],
  ['none at all', { json: {} }],
])('vectors that are %s are refused', async (_, reply) => {
  const { embedder } = await serve(() => reply);
  await expect(embedder.embed(['a', 'b'], signal)).rejects.toThrow("The embeddings' answer can't be read.");
});

test('waits for a server no longer than it is told to, and lets go at once when nobody wants the vectors any more', async () => {
  const slow = await serve(() => 'hang', { timeoutMs: 20 });
  await expect(slow.embedder.embed(['a'], AbortSignal.timeout(5_000))).rejects.toMatchObject({ code: 'model_timeout' });
  const stop = new AbortController();
  const left = await serve(() => {
    stop.abort(new Error('Left.'));
    return 'hang';
  });
  await expect(left.embedder.embed(['some words'], stop.signal)).rejects.toThrow('Left.');
  expect(left.used).toMatchObject([
    { outcome: 'cancelled', estimated: true, inputTokens: expect.toSatisfy(Number.isInteger) },
  ]);
});

test('the key is in no error', async () => {
  const { embedder } = await serve(() => ({ status: 401, json: { error: { message: `Incorrect API key ${KEY}` } } }));
  const failed = await embedder.embed(['a'], signal).catch((error: Error) => error);
  expect(failed).toMatchObject({ code: 'model_config' });
  expect(JSON.stringify([failed, (failed as Error).message, String((failed as Error).cause)])).not.toContain(KEY);
});

test('a server that a shop has named is not asked inside the network', async () => {
  const { baseUrl, asked } = await serve(() => vectors([1]));
  const embedderFor = createEmbedders({ guard: createGuard({ allowPrivate: false }) });
  const embedder = embedderFor({ model: 'm', baseUrl, apiKey: new Secret(KEY), guarded: true });
  await expect(embedder.embed(['a'], signal)).rejects.toMatchObject({ code: 'model_config' });
  expect(asked).toEqual([]);
});

test('a model that now makes vectors of another length finds nothing with the old ones, and breaks nothing', async () => {
  using dir = tempDir();
  const storage = openFresh({ file: dir.file('shop.sqlite') });
  const extractor = createExtractor();
  try {
    const file = { name: 'a.md', bytes: new TextEncoder().encode('Open daily.') };
    const { document } = await addDocument({ shop: 'pets', file }, { storage, extractor, signal });
    const { embedder } = await serve(({ input }) => vectors(...input.map(() => [1, 0, 0])));
    expect(await embedDocument({ shop: 'pets', id: document.id }, embedder, { storage, signal })).toBe(1);
    const search = createVectorSearch({ storage });
    const near = (values: number[]) =>
      search.nearest('pets', { model: embedder.model, values: Float32Array.from(values) }, 5);
    expect(await near([1, 0, 0])).toHaveLength(1);
    expect(await near([1, 0])).toEqual([]);
  } finally {
    await extractor.close();
    await storage.close();
  }
});

test('what vectors cost stands in the usage, under a purpose of its own', async () => {
  using dir = tempDir();
  const storage = openFresh({ file: dir.file('shop.sqlite') });
  try {
    const { embedder, used } = await serve(() => vectors([1]));
    await embedder.embed(['a'], signal);
    await storage.addUsage({ shop: 'pets', ...used[0]!, createdAt: Date.UTC(2026, 10, 21) });
    const sums = await storage.usageSums({ from: '2026-11-21', to: '2026-11-21', by: 'day' });
    expect(sums).toMatchObject([
      {
        shop: 'pets',
        model: 'text-embedding-3-small',
        purpose: 'embedding',
        calls: 1,
        inputTokens: 7,
        costMicroUsd: 1,
      },
    ]);
  } finally {
    await storage.close();
  }
});
