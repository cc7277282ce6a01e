import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemoModel, type DemoModel } from '../../../../demo/model/index.ts';
import { runTurn } from '../../../../proxy/chat/turn.ts';
import type { TurnDeps } from '../../../../proxy/chat/types.ts';
import {
  addDocument,
  createExtractor,
  createKnowledge,
  createPassageSearch,
} from '../../../../proxy/knowledge/index.ts';
import { createOpenAiChat, createOpenAiResponses } from '../../../../proxy/models/index.ts';
import type { ChatEvent } from '../../../../proxy/protocol/index.ts';
import { tools } from '../../../../proxy/tools/index.ts';
import { actsOf, begin, question, shop as petShop, workshop } from '../workshop.ts';

const folder = path.resolve(import.meta.dirname, '../../../../demo/documents');
const shop = { ...petShop, tools: tools.map(({ name }) => name), contact: { email: 'people@pets.example' } };

describe.each([
  ['responses', createOpenAiResponses],
  ['chat', createOpenAiChat],
] as const)('over the wire of %s, the demo model with the demo documents', (_, createModel) => {
  let demo: DemoModel;
  beforeAll(async () => {
    demo = await startDemoModel({ tokenDelayMs: 0 });
  });
  afterAll(() => demo.close());

  async function ask(text: string) {
    const model = createModel({ apiKey: 'sk-demo', baseUrl: demo.baseUrl, model: 'demo' });
    const { deps, storage } = await workshop(model, {}, shop);
    const signal = AbortSignal.timeout(30_000);
    const extractor = createExtractor();
    for (const name of ['returns.en.md', 'returns.he.md', 'shipping.en.md']) {
      const file = { name, bytes: readFileSync(path.join(folder, name)) };
      const { document } = await addDocument({ shop: shop.slug, file }, { storage, extractor, signal });
      expect(document.status).toBe('ready');
    }
    await extractor.close();
    const search = createPassageSearch({ storage });
    const knowledge = createKnowledge({ storage, search, embedderOf: () => undefined, log: deps.log });
    const real: TurnDeps = { ...deps, knowledge };
    const turn = await begin(real, question(text));
    const events: ChatEvent[] = [];
    for await (const event of runTurn(real, { shop, turn, acts: actsOf(turn) }, signal)) events.push(event);
    const words = events.map((event) => (event.type === 'text' ? event.content : '')).join('');
    const citations = events.flatMap((event) => (event.type === 'citations' ? event.data : []));
    return { words, citations, gaps: await storage.gaps(shop.slug, 10) };
  }

  test.each([
    ['Who pays for the return label?', 'Returns and exchanges', '₪18'],
    ['תוך כמה זמן אפשר להחזיר מוצר סגור?', 'החזרות והחלפות', '30 יום'],
  ])('cites the passage that answers: %s', async (text, title, fact) => {
    const { words, citations, gaps } = await ask(text);
    expect(words).toContain(fact);
    expect(words).toMatch(/\[\^1\]$/);
    expect(citations).toMatchObject([{ number: 1, title, section: expect.any(String), quote: expect.any(String) }]);
    expect(gaps).toEqual([]);
  });

  test('says that it does not know, names the people, and leaves the question to the owner', async () => {
    const { words, citations, gaps } = await ask('Do you sell insurance?');
    expect(words).toContain("I don't know that");
    expect(words).toContain('people@pets.example');
    expect(citations).toEqual([]);
    expect(gaps).toMatchObject([{ kind: 'documents' }]);
  });
});
