/** A shop whose model's own server searches its documents: from the file to the sources under an answer, over real HTTP. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { addDocument } from '../../../proxy/knowledge/add.ts';
import { createExtractor } from '../../../proxy/knowledge/extractor.ts';
import { createKnowledge, createPassageSearch, mirrorDocuments } from '../../../proxy/knowledge/index.ts';
import { accountOf } from '../../../proxy/models/hosted-search.ts';
import { createOpenAiChat, createOpenAiResponses } from '../../../proxy/models/index.ts';
import { createVectorStore } from '../../../proxy/models/vector-store.ts';
import type { ChatEvent, ChatResponse, Thread } from '../../../proxy/protocol/index.ts';
import { Secret } from '../../../proxy/shops/secret.ts';
import type { ModelChoice } from '../../../proxy/shops/types.ts';
import { chatAnswer } from '../../fakes/chat-replies.ts';
import {
  answer,
  citing,
  failure,
  fileSearch,
  output,
  startFakeOpenAi,
  toolCall,
  type OutputItem,
  type RecordedRequest,
  type Reply,
} from '../../fakes/fake-openai.ts';
import { type Filter, startFakeVectorStore } from '../../fakes/fake-vector-store.ts';
import { frames, message, serveProxy } from './served.ts';

const KEY = 'sk-store';
/** By whose prices is paid. */
const LUNA: ModelChoice = {
  model: 'gpt-6-luna',
  baseUrl: 'http://127.0.0.1:9/v1',
  apiKey: new Secret(KEY),
  wire: 'responses',
  prices: null,
  guarded: false,
};
const RETURNS = '# Returns\n\n## How long\n\nYou may return goods within 30 days.\n\n## Costs\n\nA return costs 25 ₪.';
const WARRANTY = '# Warranty\n\nWe give a warranty of 2 years on what you return.';

interface Search {
  type: string;
  vector_store_ids: [string];
  max_num_results: number;
  filters: Filter;
}
/** What the model makes of the files that its server has found, by their names. */
type Say = (files: Record<string, string>) => OutputItem[];

const citesReturns: Say = (files) => [
  citing(
    'You have 30 days',
    { file: files['returns.md.md']! },
    ' and pay 25 ₪',
    { file: files['returns.md.md']! },
    '.',
  ),
];

interface House {
  say?: Say;
  wire?: 'responses' | 'chat';
  /** A server that searches all that is in the store, whatever it is told. */
  ignoresFilters?: boolean;
  /** Without the hosted tool. */
  otherwise?: (request: RecordedRequest, index: number) => Reply;
}

/** A shop with two documents in a store, and a model that searches there by itself. */
async function house({ say = citesReturns, wire = 'responses', ignoresFilters = false, otherwise }: House = {}) {
  const vectors = await startFakeVectorStore({ key: KEY });
  const searches: Search[] = [];
  const names = () => Object.fromEntries([...vectors.files.values()].map(({ id, filename }) => [filename, id]));
  const openai = await startFakeOpenAi((request, index) => {
    const tool = (request.body.tools ?? []).find((one) => (one as unknown as Search).type === 'file_search');
    if (!tool) return otherwise?.(request, index) ?? failure(400, { message: 'There is nothing to search with.' });
    const search = tool as unknown as Search;
    searches.push(search);
    const asked = request.body.input.findLast(({ role }) => role === 'user')!['content'] as string;
    const found = vectors.find(
      search.vector_store_ids[0],
      asked,
      search.max_num_results,
      ignoresFilters ? undefined : search.filters,
    );
    if (!found) return failure(404, { message: `Vector store with id ['${search.vector_store_ids[0]}'] not found.` });
    const isWanted = (request.body['include'] as string[]).includes('file_search_call.results');
    const results = found.map(({ content, ...rest }) => ({ ...rest, text: content[0]!.text }));
    return output([fileSearch([asked], isWanted ? results : null), ...say(names())]);
  });
  const store = createVectorStore({ baseUrl: vectors.baseUrl, apiKey: KEY });
  const ofModel = { apiKey: KEY, baseUrl: openai.baseUrl };
  const create = wire === 'chat' ? createOpenAiChat : createOpenAiResponses;
  const told: string[] = [];
  const log = { warn: (_: object, text: string) => void told.push(text) };
  const served = await serveProxy([], {
    model: create({ ...ofModel, model: 'gpt-6-luna', capabilities: { fileSearch: true }, log }),
    pets: {
      tools: ['search_documents'],
      models: { default: LUNA, cheaper: null, fallback: null, arms: [] },
      documents: {
        sources: [],
        everyMinutes: 0,
        embeddings: null,
        store: { type: 'openai', search: 'hosted', ...ofModel, apiKey: new Secret(KEY), guarded: false },
      },
    },
    knowledge: (storage) =>
      createKnowledge({
        storage,
        search: createPassageSearch({ storage }),
        embedderOf: () => undefined,
        storeOf: () => ({ store: { ...store, account: accountOf(ofModel) }, hosted: true }),
        log,
      }),
  });
  const extractor = createExtractor();
  onTestFinished(async () => {
    await extractor.close();
    await openai.close();
    await vectors.close();
  });
  const { storage } = served.deps;
  const { signal } = new AbortController();
  const add = async (name: string, text: string) => {
    const url = `https://pets.example/${name}`;
    const file = { name, bytes: new TextEncoder().encode(text) };
    return (await addDocument({ shop: 'pets', file, url }, { storage, extractor, signal })).document;
  };
  const mirror = () => mirrorDocuments({ storage, store, shop: 'pets', signal, wait: async () => undefined });
  const returns = await add('returns.md', RETURNS);
  const warranty = await add('warranty.md', WARRANTY);
  await mirror();
  const { token } = await served.session();
  const ask = async (text = 'How long may I return it?') =>
    (await served.api<ChatResponse>('POST', '/api/chat', { token, json: message(text) })).body;
  async function stream(): Promise<ChatEvent[]> {
    const { body } = await served.api<string>('POST', '/api/chat/stream', {
      token,
      json: message('How long may I return it?'),
    });
    return frames(body).map(({ event }) => event);
  }
  return { ...served, stream, openai, vectors, searches, told, storage, add, mirror, returns, warranty, token, ask };
}

const LONG = {
  number: 1,
  title: 'Returns',
  section: 'How long',
  quote: 'You may return goods within 30 days.',
  url: 'https://pets.example/returns.md',
};
const COSTS = { ...LONG, number: 2, section: 'Costs', quote: 'A return costs 25 ₪.' };

describe('an answer of a model whose own server has searched', () => {
  test('streams its search and its sources as any other does, and has them again in its thread', async () => {
    const { api, token, stream, searches, returns, warranty } = await house();
    const events = await stream();
    expect(events.filter(({ type }) => type === 'tool')).toEqual([
      { type: 'tool', name: 'search_documents', status: 'started' },
      { type: 'tool', name: 'search_documents', status: 'done' },
    ]);
    const words = events.map((event) => (event.type === 'text' ? event.content : '')).join('');
    expect(words).toBe('You have 30 days[^1] and pay 25 ₪[^2].');
    const citations = events.flatMap((event) => (event.type === 'citations' ? event.data : []));
    expect(citations).toEqual([LONG, COSTS]);
    expect(searches[0]!.filters).toEqual({
      type: 'and',
      filters: [
        { type: 'eq', key: 'clerk_shop', value: 'pets' },
        { type: 'in', key: 'clerk_document', value: expect.arrayContaining([returns.id, warranty.id]) as unknown },
      ],
    });
    const { thread_id: thread } = events.find((event) => event.type === 'thread_id')!;
    const { body } = await api<Thread>('GET', `/api/threads/${thread}`, { token });
    expect(body.messages.at(-1)!.parts).toEqual([
      { type: 'citations', data: [LONG, COSTS] },
      { type: 'text', content: words },
    ]);
  });

  test('costs what the search costs, and says so in its row', async () => {
    const { stream, storage } = await house();
    const { turn_id: turn } = (await stream()).find((event) => event.type === 'thread_id')!;
    const [row, ...others] = await storage.usageOfTurn(turn);
    expect(others).toEqual([]);
    // 40 tokens at 0.10, 64 at 0.01, 16 at 0.125 and 30 at 0.50 are 22 millionths.
    expect(row).toMatchObject({ outcome: 'ok', costMicroUsd: 2_522, price: { searches: 1, perSearch: 2_500 } });
  });

  test.each([false, true])(
    'never quotes a document that is disabled, from then on, also where filters are ignored: %j',
    async (ignoresFilters) => {
      const { ask, storage, returns, warranty, searches } = await house({ ignoresFilters });
      await storage.changeDocument('pets', returns.id, { enabled: false, now: 2 });
      const { message: words, citations } = await ask();
      // It made that up, as far as we can tell.
      expect(words).toBe('You have 30 days and pay the price shown.');
      expect(citations).toEqual([]);
      expect(searches[0]!.filters).toMatchObject({ filters: [{}, { type: 'eq', value: warranty.id }] });
    },
  );

  test('quotes no file but those that it was given to read', async () => {
    const { ask, vectors } = await house({
      ignoresFilters: true,
      say: (names) => [
        citing(
          'A',
          { file: names['returns.md.md']! },
          ' B',
          { file: names['foreign.md']! },
          ' C',
          { file: 'file-none' },
          ' D',
          { file: names['warranty.md.md']! },
          '.',
        ),
      ],
    });
    const store = [...vectors.stores.keys()][0]!;
    vectors.put(store, 'foreign.md', 'Return it whenever you like.', { clerk_shop: 'books' });
    const { message: words, citations } = await ask('How long goods?');
    expect(words).toBe('A[^1] B C D.');
    expect(citations).toMatchObject([{ title: 'Returns' }]);
  });

  test('states no price that doesn’t stand in what it found', async () => {
    const { ask } = await house({ say: () => [citing('A return costs 25 ₪, or 31 ₪ by courier.')] });
    const { message: words } = await ask('What does a return cost?');
    expect(words).toContain('25 ₪');
    expect(words).not.toContain('31 ₪');
  });

  test('shows none of the marks that a vendor’s search leaks, nor any that it writes itself', async () => {
    const { ask } = await house({
      say: (files) => [
        citing(
          '30 days【4:0†returns.md】',
          { file: files['returns.md.md']! },
          '. Or \uE200filecite\uE202turn0file0\uE201 two [[doc:1]] [^1].',
        ),
      ],
    });
    const { message: words, citations } = await ask();
    expect(words).toBe('30 days[^1]. Or two.');
    expect(citations).toHaveLength(1);
  });

  test('is a gap for the owner where it found nothing', async () => {
    const { ask, storage } = await house({ say: () => [citing("I don't know that.")] });
    await ask('Zebra crossings?');
    const gaps = await storage.gaps('pets', 10);
    expect(gaps).toMatchObject([{ kind: 'documents', query: 'Zebra crossings?' }]);
  });
});

describe('our own tool looks instead', () => {
  const byTool = (request: RecordedRequest) => {
    const isFound = request.body.input.some(({ type }) => type === 'function_call_output');
    const search = toolCall('search_documents', { query: 'return goods days', synonyms: [], limit: 1 });
    return isFound ? answer('30 days [[doc:1]].') : search;
  };

  test('while a document is not in the store as it is now', async () => {
    const { ask, add, mirror, searches, told } = await house({ otherwise: byTool });
    await add('returns.md', RETURNS.replace('30 days', '30 days and no more'));
    expect(await ask()).toMatchObject({
      message: '30 days[^1].',
      citations: [{ title: 'Returns' }],
    });
    expect(await ask()).toMatchObject({ message: '30 days[^1].' });
    expect(searches).toEqual([]);
    expect(told).toHaveLength(1);
    await mirror();
    expect(await ask()).toMatchObject({ message: 'You have 30 days[^1] and pay 25 ₪[^2].' });
  });

  test('where the store is gone', async () => {
    const { ask, vectors } = await house({ otherwise: byTool });
    vectors.dropStore([...vectors.stores.keys()][0]!);
    expect(await ask()).toMatchObject({ message: '30 days[^1].', finish: 'stop' });
  });

  test('over Chat Completions', async () => {
    const { ask, told } = await house({
      wire: 'chat',
      otherwise: (_, index) =>
        index === 0
          ? chatAnswer('', {
              calls: [{ name: 'search_documents', args: { query: 'return goods days', synonyms: [], limit: 1 } }],
            })
          : chatAnswer('30 days [[doc:1]].'),
    });
    expect(await ask()).toMatchObject({ message: '30 days[^1].', citations: [{ title: 'Returns' }] });
    expect(told).toHaveLength(1);
  });
});
