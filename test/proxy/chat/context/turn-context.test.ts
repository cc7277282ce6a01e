import { describe, expect, test } from 'vitest';
import { modelTools, promptFor } from '../../../../proxy/chat/context/prompt.ts';
import { runTurn } from '../../../../proxy/chat/turn.ts';
import type { TurnDeps } from '../../../../proxy/chat/types.ts';
import { ChatError } from '../../../../proxy/errors.ts';
import type { ModelItem, ModelRequest } from '../../../../proxy/models/types.ts';
import type { Shop } from '../../../../proxy/shops/types.ts';
import { tokensOf } from '../../../../proxy/chat/context/history.ts';
import { estimateTokens, estimateUsage } from '../../../../proxy/tokens.ts';
import { tools } from '../../../../proxy/tools/index.ts';
import { product } from '../../../fixtures/products.ts';
import { calls, says, scriptedModel, type Step } from '../../../fakes/scripted-model.ts';
import { actsOf, begin, question, shop as petShop, unfenced, workshop } from '../workshop.ts';

const shop: Shop = { ...petShop, tools: [...petShop.tools, 'get_product'] };
const ANSWER = 500;
const LONG = 'Tell me more about it, please. '.repeat(10);
/** Of a question like that, with its answer. */
const TURN = 2 * estimateTokens(LONG);
const PROMPT = promptFor(shop, { tools, modelTools: modelTools(tools) }).tokens;

/** A shop whose requests have so much room beside rules, tools and the answer. */
function withRoom(room: number): Shop {
  return { ...shop, limits: { ...shop.limits, contextTokens: PROMPT + ANSWER + room } };
}

async function conversation(
  theShop: Shop,
  script: readonly Step[][],
  goods = [product(1, 'Dog bed')],
  limits: Partial<TurnDeps['limits']> = {},
) {
  const model = scriptedModel(...script);
  const made = await workshop(model, { maxOutputTokens: ANSWER, historyMessages: 100, ...limits }, theShop, goods);
  let threadId: string | null = null;
  async function ask(text: string, deps: TurnDeps = made.deps) {
    const turn = await begin(deps, question(text, threadId));
    threadId = turn.threadId;
    const events = [];
    const signal = new AbortController().signal;
    for await (const event of runTurn(deps, { shop: theShop, turn, acts: actsOf(turn) }, signal)) events.push(event);
    return { turn, events };
  }
  return { ...made, model, ask };
}

const textsOf = ({ input }: ModelRequest) => input.flatMap((item) => ('text' in item ? [item.text] : []));
const takes = (request: ModelRequest) => estimateUsage(request, '').inputTokens + request.maxOutputTokens;
const search = calls({
  name: 'search_products',
  args: {
    query: '',
    synonyms: [],
    category: null,
    options: [],
    min_price: null,
    max_price: null,
    in_stock_only: false,
    on_sale_only: false,
    sort: 'relevance',
    limit: 20,
  },
});
const look = calls({ name: 'get_product', args: { product_id: 1 } });

describe('a long conversation', () => {
  const asked = Array.from({ length: 24 }, (_, index) => `${index}: ${LONG}`);

  test('never takes more than the shop allows, and always begins with a question', async () => {
    const narrow = withRoom(TURN * 6);
    const { model, ask } = await conversation(
      narrow,
      asked.map(() => says(LONG)),
    );
    for (const text of asked) await ask(text);
    for (const [index, request] of model.requests.entries()) {
      expect(takes(request)).toBeLessThanOrEqual(narrow.limits.contextTokens);
      expect(request.input[1]).toMatchObject({ role: 'user' });
      expect(request.input.at(-1)).toMatchObject({ role: 'user', text: asked[index] });
    }
    expect(textsOf(model.requests.at(-1)!)).not.toContain(asked[0]);
  });

  test('goes on as it was for several turns: what a provider has cached stays the beginning', async () => {
    const { model, ask } = await conversation(
      withRoom(TURN * 18),
      asked.map(() => says(LONG)),
    );
    for (const text of asked) await ask(text);
    const moved = model.requests.slice(1).filter(({ input }, index) => {
      const before = model.requests[index]!.input;
      return JSON.stringify(input.slice(0, before.length)) !== JSON.stringify(before);
    });
    expect(moved.length).toBeLessThanOrEqual(3);
    expect(moved.length).toBeGreaterThan(0);
  });

  test('still knows which cards were on show in what it no longer reads', async () => {
    const show = calls({ name: 'show_products', args: { product_ids: [1], title: null, why: null } });
    const script = [show, says('Here.'), ...asked.map(() => says(LONG))];
    const { model, ask } = await conversation(withRoom(TURN * 5), script);
    await ask('Beds?');
    for (const text of asked.slice(0, 6)) await ask(text);
    const [page, earlier, next] = model.requests.at(-1)!.input;
    expect(page).toMatchObject({ role: 'developer' });
    expect(earlier).toMatchObject({ role: 'developer', text: expect.stringContaining('[["1 Dog bed"]]') as string });
    expect(next).toMatchObject({ role: 'user' });
    expect(textsOf(model.requests.at(-1)!)).not.toContain('Beds?');
  });
});

describe('a long conversation whose provider counts less than we reckon', () => {
  const asked = Array.from({ length: 24 }, (_, index) => `${index}: ${LONG}`);
  const SHARE = 0.7;
  const really = (request: ModelRequest) => Math.round(estimateUsage(request, '').inputTokens * SHARE);

  async function talked(count?: (request: ModelRequest) => number | null) {
    const narrow = withRoom(TURN * 12);
    const made = await conversation(
      narrow,
      asked.map(() => says(LONG)),
    );
    let times = 0;
    const model = {
      ...made.model,
      count: async (request: ModelRequest) => {
        times++;
        return count!(request);
      },
    };
    const deps = { ...made.deps, modelFor: () => (count ? model : made.model) };
    for (const text of asked) await made.ask(text, deps);
    const told = made.model.requests.map(({ input }) => input.filter((item) => 'role' in item && item.role === 'user'));
    return { requests: made.model.requests, told: told.map((items) => items.length), times, narrow };
  }

  test('has more of it told, and still never takes more than the shop allows', async () => {
    const byUs = await talked();
    const { requests, told, times, narrow } = await talked(really);
    const most = (lengths: readonly number[]) => Math.max(...lengths);
    expect(most(told)).toBeGreaterThanOrEqual(most(byUs.told) + 2);
    for (const request of requests)
      expect(really(request) + request.maxOutputTokens).toBeLessThanOrEqual(narrow.limits.contextTokens);
    // Not while there is room enough, and not in every turn.
    expect(times).toBeGreaterThan(0);
    expect(times).toBeLessThan(asked.length - 4);
  });

  test('is told as before where the provider counts the same, or cannot count', async () => {
    const { told } = await talked();
    expect((await talked((request) => estimateUsage(request, '').inputTokens)).told).toEqual(told);
    expect((await talked(() => null)).told).toEqual(told);
  });
});

test('one question that is longer than all the room goes alone', async () => {
  const { model, ask } = await conversation(withRoom(TURN * 4), [says('Yes.'), says('I see.')]);
  await ask('Hello?');
  const huge = LONG.repeat(20);
  const { events } = await ask(huge);
  expect(textsOf(model.requests[1]!).slice(1)).toEqual([huge]);
  expect(events.at(-1)).toMatchObject({ type: 'done', finish: 'stop' });
});

test('a shop whose own texts fill everything still gets an answer to the newest question', async () => {
  const { model, ask } = await conversation(withRoom(-1_000), [says('Yes.'), says('Still.')]);
  await ask('One?');
  await ask('Two?');
  expect(textsOf(model.requests[1]!).slice(1)).toEqual(['Two?']);
});

describe('what tools found', () => {
  const goods = Array.from({ length: 20 }, (_, index) =>
    product(index + 1, `Dog bed ${index + 1}`, { description: `Warm and soft, for ${index} dogs. `.repeat(6) }),
  );
  /** Of the last round of a turn that finds so much, with nothing left out: one token more than there is room for. */
  async function tooNarrow(before: readonly string[]): Promise<Shop> {
    const { model, ask } = await conversation(
      withRoom(50_000),
      [...before.map(() => says('Hello.')), search, look],
      goods,
    );
    for (const text of [...before, 'Which one?']) await ask(text);
    return withRoom(tokensOf(model.requests[before.length + 2]!.input.slice(1)) - 1);
  }
  const outputs = ({ input }: ModelRequest) =>
    input.filter((item): item is Extract<ModelItem, { type: 'tool_result' }> => item.type === 'tool_result');

  test('is told in fewer words when a later round needs the room, before any of the thread goes', async () => {
    const narrow = await tooNarrow(['Hello?']);
    const { model, ask } = await conversation(narrow, [says('Hello.'), search, look, says('Done.')], goods);
    await ask('Hello?');
    await ask('Which one?');
    const [, second, third] = [1, 2, 3].map((index) => model.requests[index]!);
    expect(JSON.stringify(unfenced(outputs(second!)[0]!))).toContain('Warm and soft');
    const { products } = unfenced(outputs(third!)[0]!) as { products: object[] };
    expect(products).toContainEqual({ id: 2, title: 'Dog bed 2', price: '10.02', availability: 'in_stock' });
    expect(JSON.stringify(products.filter((one) => !('id' in one && one.id === 1)))).not.toContain('Warm and soft');
    expect(textsOf(third!)).toContain('Hello?');
    expect(takes(third!)).toBeLessThanOrEqual(narrow.limits.contextTokens);
  });

  test('stays whole of the one product that the model then asked about', async () => {
    const narrow = await tooNarrow([]);
    const { model, ask } = await conversation(narrow, [search, look, says('Done.')], goods);
    await ask('Which one?');
    const [found, asked] = outputs(model.requests[2]!);
    expect(unfenced(asked!)).toMatchObject({ facts_as_above: 1 });
    expect(unfenced(found!)['products']).toContainEqual(
      expect.objectContaining({ id: 1, description: expect.stringContaining('Warm and soft') }),
    );
    expect(takes(model.requests[2]!)).toBeLessThanOrEqual(narrow.limits.contextTokens);
  });

  test('is not told twice in a turn, and is what an answer may state all the same', async () => {
    const { model, ask, storage } = await conversation(shop, [search, look, says('It costs 10.01 ₪.')], goods);
    const { turn } = await ask('Beds?');
    const [, again] = outputs(model.requests[2]!);
    expect(unfenced(again!)).toMatchObject({ facts_as_above: 1, currency: 'ILS' });
    expect(unfenced(again!)).not.toHaveProperty('title');
    expect(await storage.findings('pets', 10)).toEqual([]);
    expect((await storage.message(turn.assistantMessageId))!.parts).toEqual([
      { type: 'text', content: 'It costs 10.01 ₪.' },
    ]);
  });

  test('is cut when the provider says it was too long, and what is asked after that is told whole', async () => {
    const tooLong = () => new ChatError('context_too_long', 'Too long.');
    const script = [search, look, [tooLong()], look, look, says('Done.')];
    const { model, ask } = await conversation(shop, script, goods, { maxRounds: 6 });
    const { events } = await ask('Beds?');
    expect(events.at(-1)).toMatchObject({ type: 'done', finish: 'stop' });
    const [cut, more, last] = [3, 4, 5].map((index) => outputs(model.requests[index]!).map(unfenced));
    expect(JSON.stringify(cut)).not.toMatch(/facts_as_above|Warm and soft/);
    expect(cut![1]).toMatchObject({ id: 1, currency: 'ILS' });
    expect(more!.slice(0, 2)).toEqual(cut);
    expect(more![2]).toMatchObject({
      id: 1,
      title: 'Dog bed 1',
      description: expect.stringContaining('Warm') as string,
    });
    // From here on there is something above again.
    expect(last!.slice(0, 3)).toEqual(more);
    expect(last![3]).toEqual({ facts_as_above: 1 });
  });

  test('is cut once more when it was still too long, and then no more', async () => {
    const tooLong = () => new ChatError('context_too_long', 'Too long.');
    const script = [search, [tooLong()], look, [tooLong()], [tooLong()], says('Never.')];
    const { model, ask } = await conversation(shop, script, goods, { maxRounds: 6 });
    const { events } = await ask('Beds?');
    expect(events.at(-2)).toMatchObject({ type: 'error', code: 'context_too_long' });
    expect(model.requests).toHaveLength(5);
    expect(JSON.stringify(outputs(model.requests[3]!).map(unfenced))).toContain('Warm and soft');
    expect(JSON.stringify(outputs(model.requests[4]!).map(unfenced))).not.toContain('Warm and soft');
  });

  describe('and may fit though our guess says no', () => {
    async function counted(count: (request: ModelRequest) => number | null) {
      const narrow = await tooNarrow([]);
      const made = await conversation(narrow, [search, look, says('Done.')], goods);
      const seen: number[] = [];
      const model = {
        ...made.model,
        count: async (request: ModelRequest) => {
          seen.push(request.input.length);
          return count(request);
        },
      };
      await made.ask('Which one?', { ...made.deps, modelFor: () => model });
      const [first] = outputs(made.model.requests[2]!);
      return { seen, whole: JSON.stringify(unfenced(first!)).includes('for 7 dogs') };
    }

    test('goes whole when the provider counts so', async () => {
      expect(await counted(() => 4_000)).toEqual({ seen: [expect.any(Number)], whole: true });
    });

    test('is shortened when the provider counts more, or cannot count', async () => {
      expect(await counted(() => 1_000_000)).toMatchObject({ whole: false });
      expect(await counted(() => null)).toMatchObject({ whole: false });
    });
  });
});
