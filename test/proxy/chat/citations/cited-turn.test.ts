import { describe, expect, onTestFinished, test } from 'vitest';
import { AnswerCache } from '../../../../proxy/chat/answer-cache/answer-cache.ts';
import { Answer } from '../../../../proxy/chat/answer.ts';
import { Facts } from '../../../../proxy/chat/claims/facts.ts';
import { Sources } from '../../../../proxy/chat/citations/sources.ts';
import { Speech } from '../../../../proxy/chat/speech.ts';
import { createTurnRunner } from '../../../../proxy/chat/turn-runner.ts';
import { runTurn } from '../../../../proxy/chat/turn.ts';
import type { TurnDeps } from '../../../../proxy/chat/types.ts';
import type { ChatEvent } from '../../../../proxy/protocol/index.ts';
import type { Shop } from '../../../../proxy/shops/types.ts';
import { fakeKnowledge, passage } from '../../../fakes/fake-knowledge.ts';
import { calls, says, scriptedModel, type Step } from '../../../fakes/scripted-model.ts';
import { actsOf, begin, question, shop as petShop, unfenced, workshop } from '../workshop.ts';

const shop: Shop = {
  ...petShop,
  tools: ['search_products', 'show_products', 'get_store_info', 'search_documents'],
  contact: { email: 'people@pets.example' },
};

const RETURNS = passage(71, 'You may return unused goods within 30 days. Opened food stays with you.', {
  title: 'Returns',
  section: 'Returns › Exchanges',
  url: 'https://pets.example/returns',
});
const DELIVERY = passage(72, 'Delivery costs 25 ₪. It is free from 199 ₪, with the code WELCOME10 too.', {
  title: 'Delivery',
  url: '/pages/delivery',
});
const WASHING = passage(73, 'Wash the cover of the Dog bed at 30 degrees.', {
  title: 'Care',
  url: 'javascript:alert(1)',
});

const searchDocuments = (query: string, limit = 4) => ({
  name: 'search_documents',
  args: { query, synonyms: [], limit },
});
const show = (...product_ids: number[]) => ({ name: 'show_products', args: { product_ids, title: null, why: null } });

async function house(script: Step[][], knowledge = fakeKnowledge(RETURNS, DELIVERY, WASHING), theShop = shop) {
  const model = scriptedModel(...script);
  const made = await workshop(model, {}, theShop);
  const deps: TurnDeps = { ...made.deps, knowledge };
  async function ask(text = 'Can I return it?', threadId: string | null = null) {
    const turn = await begin(deps, question(text, threadId));
    const asked = { shop: theShop, turn, acts: actsOf(turn) };
    const events: ChatEvent[] = [];
    for await (const event of runTurn(deps, asked, new AbortController().signal)) events.push(event);
    const { parts } = (await deps.storage.message(turn.assistantMessageId))!;
    const words = events.map((event) => (event.type === 'text' ? event.content : '')).join('');
    const citations = events.flatMap((event) => (event.type === 'citations' ? event.data : []));
    return { turn, events, parts, words, citations };
  }
  return { ...made, deps, model, knowledge, ask };
}

describe('an answer from the documents', () => {
  test('is told numbered passages, and cites them by marks that come after their sources', async () => {
    const { ask, model } = await house([
      calls(searchDocuments('return delivery costs')),
      says('Delivery is free from 199 ₪ [[do', 'c:1]]. You may return it within 30', ' days [[doc:2, 1]].'),
    ]);
    const { events, words, citations, parts } = await ask();
    expect(unfenced(model.requests[1]!.input.at(-1)!)).toEqual({
      passages: [
        { n: 1, title: 'Delivery', text: DELIVERY.text },
        { n: 2, title: 'Returns', section: 'Returns › Exchanges', text: RETURNS.text },
      ],
    });
    expect(words).toBe('Delivery is free from 199 ₪[^1]. You may return it within 30 days[^2][^1].');
    expect(citations).toEqual([
      {
        number: 1,
        title: 'Delivery',
        quote: 'Delivery costs 25 ₪. It is free from 199 ₪, with the code WELCOME10 too.',
        url: '/pages/delivery',
      },
      {
        number: 2,
        title: 'Returns',
        section: 'Returns › Exchanges',
        quote: 'You may return unused goods within 30 days.',
        url: 'https://pets.example/returns',
      },
    ]);
    for (const { number } of citations) {
      const source = events.findIndex((one) => one.type === 'citations' && one.data.some((c) => c.number === number));
      const mark = events.findIndex((one) => one.type === 'text' && one.content.includes(`[^${number}]`));
      expect(source).toBeLessThan(mark);
    }
    expect(parts).toEqual([
      { type: 'citations', citations },
      { type: 'text', content: words },
    ]);
  });

  test('counts its sources in the order of first mention, and links to the web only', async () => {
    const { ask } = await house([
      calls(searchDocuments('wash return')),
      says('Wash it at 30 degrees [[doc:2]]. Return it [[doc:1]]. Wash it [[doc:2]].'),
    ]);
    const { words, citations } = await ask();
    expect(words).toBe('Wash it at 30 degrees[^1]. Return it[^2]. Wash it[^1].');
    expect(citations.map(({ title }) => title)).toEqual(['Care', 'Returns']);
    expect(citations[0]).not.toHaveProperty('url');
  });

  test('keeps the number of a passage through all searches of the turn', async () => {
    const { ask, model } = await house([
      calls(searchDocuments('return')),
      calls(searchDocuments('delivery return goods')),
      says('Free from 199 ₪ [[doc:2]].'),
    ]);
    const { citations } = await ask();
    const second = unfenced(model.requests[2]!.input.at(-1)!) as { passages: { n: number; title: string }[] };
    expect(second.passages.map(({ n, title }) => [n, title])).toEqual([
      [1, 'Returns'],
      [2, 'Delivery'],
    ]);
    expect(citations).toMatchObject([{ number: 1, title: 'Delivery' }]);
  });

  test('drops numbers that were never given, and what leaks', async () => {
    const { ask } = await house([
      calls(searchDocuments('return')),
      says('Yes [[doc:7]], within 30 days [[doc:9, 1]]【3†x】. [^2] Ask `[[doc:1]]` us [[doc'),
    ]);
    const { words, citations } = await ask();
    expect(words).toBe('Yes, within 30 days[^1]. Ask `` us');
    expect(citations).toHaveLength(1);
  });

  test('may state the figures of passages, and no others', async () => {
    const { ask, storage } = await house([
      calls(searchDocuments('delivery')),
      says('It costs 25 [[doc:1]] ₪ with WELCOME10 [[doc:1]], else 17 [[doc:1]] ₪.'),
    ]);
    const { words } = await ask();
    expect(words).toContain('25[^1] ₪ with WELCOME10[^1], else');
    expect(words).not.toContain('17');
    expect(await storage.findings('pets', 10)).toMatchObject([{ kind: 'amount' }]);
  });

  test('shows products and cites documents in one turn', async () => {
    const { ask } = await house([
      calls(searchDocuments('wash dog bed'), show(2)),
      says('This one; wash it at 30 degrees [[doc:1]].'),
    ]);
    const { parts } = await ask('Which bed is washable?');
    expect(parts.map(({ type }) => type)).toEqual(['citations', 'products', 'text']);
  });

  test('is told to the model without its marks in the next turn', async () => {
    const { ask, model } = await house([
      calls(searchDocuments('delivery')),
      says('It costs 25 ₪ [[doc:1]].'),
      says('As I said: 25 ₪.'),
    ]);
    const { turn } = await ask();
    const next = await ask('Sure?', turn.threadId);
    const told = model.requests[2]!.input.find((item) => item.type === 'message' && item.role === 'assistant');
    expect(told).toMatchObject({ text: 'It costs 25 ₪.' });
    // What the shop's document said is known still.
    expect(next.words).toBe('As I said: 25 ₪.');
  });
});

test('what is taken back takes its sources with it, and the next ones begin at one', () => {
  const answer = new Answer();
  const sources = new Sources();
  const speech = new Speech({ answer, facts: new Facts(), locale: 'en', sources });
  const numbers = [RETURNS, DELIVERY].map((one) => sources.number(one, ''));
  expect(numbers).toEqual([1, 2]);
  expect([...speech.words('Yes [[doc:1]] and [[doc')]).toHaveLength(2);
  expect([...speech.reset()]).toEqual([{ type: 'reset' }]);
  expect(answer.parts).toEqual([]);
  const said = [...speech.words('No [[doc:2]]'), ...speech.rest()];
  expect(said).toMatchObject([
    { type: 'citations', data: [{ number: 1, title: 'Delivery' }] },
    { type: 'text', content: 'No[^1]' },
  ]);
  expect([...speech.event({ type: 'products', data: [], title: 'Beds [[doc:2]]' })]).toMatchObject([{ title: 'Beds' }]);
});

describe('a shop', () => {
  test('without documents has neither the tool nor the rule, and no mark is read in it', async () => {
    const { ask, model } = await house([says('Array [^1] [[doc:1]] ')], fakeKnowledge());
    const { words } = await ask();
    const { instructions, tools } = model.requests[0]!;
    expect(instructions).not.toContain('search_documents');
    expect(tools.map(({ name }) => name)).not.toContain('search_documents');
    expect(words).toBe('Array [^1] [[doc:1]] ');
  });

  test('asks every model with the same bytes while it has documents, and its first document changes them once', async () => {
    const knowledge = fakeKnowledge();
    const { ask, model } = await house([says('A'), says('B'), says('C'), says('D')], knowledge);
    await ask();
    knowledge.write([RETURNS]);
    await ask();
    knowledge.write([RETURNS, DELIVERY]);
    await ask();
    const beginnings = model.requests.map(({ instructions, tools }) => JSON.stringify([instructions, tools]));
    expect(beginnings[1]).toBe(beginnings[2]);
    expect(beginnings[0]).not.toBe(beginnings[1]);
    expect(model.requests[1]!.instructions).toContain('[[doc:2]]');
    expect(model.requests[1]!.instructions).toContain('offer the people of the shop');
  });

  test('that leaves the tool out reads no documents', async () => {
    const without = { ...shop, tools: ['search_products'] };
    const { ask, model } = await house([says('A')], fakeKnowledge(RETURNS), without);
    await ask();
    expect(model.requests[0]!.instructions).not.toContain('search_documents');
  });
});

describe('the gap list', () => {
  test('has what was looked for in the documents and not found, and the model is told to say so', async () => {
    const { ask, model, storage } = await house([
      calls(searchDocuments('giftwrapping')),
      calls(searchDocuments('giftwrapping')),
      says("I don't know. Our people do: people@pets.example"),
    ]);
    const { turn } = await ask();
    expect(unfenced(model.requests[1]!.input.at(-1)!)).toMatchObject({
      passages: [],
      note: expect.stringContaining("don't know"),
    });
    expect(await storage.gaps('pets', 10)).toEqual([
      {
        shop: 'pets',
        threadId: turn.threadId,
        turnId: turn.id,
        kind: 'documents',
        query: 'giftwrapping',
        createdAt: expect.any(Number),
      },
    ]);
  });

  test('has what was found and answered nothing, and not what was cited', async () => {
    const { ask, storage } = await house([
      calls(searchDocuments('return a gift')),
      says("I don't know."),
      calls(searchDocuments('return')),
      says('30 days [[doc:1]].'),
    ]);
    await ask();
    await ask();
    expect(await storage.gaps('pets', 10)).toMatchObject([{ query: 'return a gift' }]);
  });

  test('has nothing that was answered in a passage’s words without its mark', async () => {
    const { ask, storage } = await house(
      [
        calls(searchDocuments('return a gift')),
        says('Send unopened goods back with the receipt, and we refund them.'),
        calls(searchDocuments('return a gift')),
        says("I don't know how you return a gift."),
        calls(searchDocuments('return a gift in a box')),
        says("I don't know about boxes. Unopened goods you send back with their receipt are refunded in full."),
      ],
      fakeKnowledge(
        passage(7, 'Unopened goods you send back with their receipt are refunded in full, also as a gift: return.'),
      ),
    );
    await ask();
    expect(await storage.gaps('pets', 10)).toEqual([]);
    await ask();
    expect(await storage.gaps('pets', 10)).toHaveLength(1);
    await ask();
    expect((await storage.gaps('pets', 10)).map(({ query }) => query)).toContain('return a gift in a box');
  });

  test('has products that the catalogue does not have', async () => {
    const search = (query: string) => ({
      name: 'search_products',
      args: {
        query,
        synonyms: [],
        category: null,
        options: [],
        min_price: null,
        max_price: null,
        in_stock_only: false,
        on_sale_only: false,
        sort: 'relevance',
        limit: 5,
      },
    });
    const { ask, storage } = await house([
      calls(search('aquarium')),
      says('We have none.'),
      calls(search('aquarium'), search('bed')),
      calls(show(2)),
      says('But this.'),
    ]);
    await ask();
    await ask();
    expect(await storage.gaps('pets', 10)).toMatchObject([
      { kind: 'no_result', query: 'aquarium' },
      { kind: 'search', query: 'aquarium' },
    ]);
  });
});

describe('an answer that is shared', () => {
  const sharing = { ...shop, answerCache: { minutes: 60 } };

  function runner(deps: TurnDeps) {
    const turns = createTurnRunner(deps, { maxActive: 5, maxTurnMs: 60_000, maxDetachedMs: 60_000 });
    onTestFinished(() => turns.drain(0));
    return async (visitorId: string) => {
      const { log } = await turns.start({ shop: sharing, identified: false, ...question('Returns?'), visitorId });
      const events: ChatEvent[] = [];
      for await (const batch of log.follow(0, new AbortController().signal))
        events.push(...batch.map(({ event }) => event));
      const words = events.map((event) => (event.type === 'text' ? event.content : '')).join('');
      return { words, citations: events.flatMap((event) => (event.type === 'citations' ? event.data : [])) };
    };
  }

  test('brings its sources along, until a document changes', async () => {
    const cited = [calls(searchDocuments('return')), says('Within 30 days [[doc:1]].')];
    const { deps, model, knowledge } = await house([...cited, ...cited], undefined, sharing);
    const ask = runner({ ...deps, answers: new AnswerCache({ now: deps.now }) });
    const fresh = await ask('vis_a');
    const told = await ask('vis_b');
    expect(fresh.words).toBe('Within 30 days[^1].');
    expect(told).toEqual(fresh);
    expect(fresh.citations).toMatchObject([{ number: 1, title: 'Returns' }]);
    expect(model.requests).toHaveLength(2);
    knowledge.write([{ ...RETURNS, text: 'You may return goods within 14 days.' }]);
    expect((await ask('vis_c')).citations).toMatchObject([{ quote: 'You may return goods within 14 days.' }]);
    expect(model.requests).toHaveLength(4);
  });
});
