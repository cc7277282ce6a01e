/** Conversations about the demo catalogue, and a model that looks things up in them as real ones do. */
import type { Model, ModelEvent, ModelItem } from '../../proxy/models/types.ts';

export const DEMO_QUESTIONS = [
  'I am looking for food for my puppy',
  'Cheaper ones?',
  'Compare the first two',
  'And something to chew on?',
  'What is on sale?',
  'מה יש לכם לחתול עד 100 שקל?',
  'ומה עם צעצועים?',
  'How long does delivery take?',
];

export const LONG_QUESTIONS = Array.from({ length: 40 }, (_, index) => {
  const things = ['bed', 'food', 'toy', 'leash', 'bowl', 'מיטה', 'צעצוע', 'מזון'];
  return `What about a ${things[index % things.length]} for my ${['dog', 'cat', 'parrot'][index % 3]}, number ${index}?`;
});

const ANSWER =
  'Here are two that fit. The first is the sturdier one and easy to wash, the second is lighter and folds away. Both are in ' +
  'stock at the moment. If you tell me how large your animal is and where it sleeps, I can say which size to take, and whether ' +
  'there is something like it for less.';
const SUMMARY =
  'The shopper has asked about beds, food, toys, leashes and bowls for a dog, a cat and a parrot, likes things that are easy ' +
  'to wash, and has not named a budget. Two of each were recommended; nothing was put into the cart. The size of the animals ' +
  'is still open.';

/** Searches, looks at one product, shows and compares two, and says something; it asks for what real models ask for. */
export function curiousModel(): Model {
  return {
    id: 'curious',
    async *stream({ input, tools }) {
      if (tools.length === 0) return yield* say(SUMMARY);
      const turn = input.slice(input.findLastIndex((item) => 'role' in item && item.role === 'user'));
      const results = turn.filter((item) => item.type === 'tool_result');
      const ids = idsIn(results[0]?.output ?? '');
      const [first = 101, second = 102] = ids;
      const question = 'text' in turn[0]! ? turn[0].text : '';
      const steps: [name: string, args: object][] = [
        ['search_products', searchFor(/a (\S+) for/.exec(question)?.[1] ?? '')],
        ['get_product', { product_id: first }],
        ['compare_products', { product_ids: [first, second], title: null }],
      ];
      const step = steps[results.length];
      if (step) yield* call(results.length, ...step);
      else yield* say(ANSWER);
    },
  };
}

function idsIn(output: string): number[] {
  return [...output.matchAll(/"id":(\d+)/g)].map(([, id]) => Number(id));
}

function searchFor(query: string): object {
  return {
    query,
    synonyms: [],
    category: null,
    options: [],
    min_price: null,
    max_price: null,
    in_stock_only: false,
    on_sale_only: false,
    sort: 'relevance',
    limit: 8,
  };
}

function* call(index: number, name: string, args: object): Generator<ModelEvent> {
  const item = { type: 'tool_call' as const, callId: `call_${index}`, name, arguments: JSON.stringify(args) };
  yield item;
  yield end([item]);
}

function* say(text: string): Generator<ModelEvent> {
  yield { type: 'text', delta: text };
  yield end([{ type: 'message', role: 'assistant', text }]);
}

function end(items: ModelItem[]): ModelEvent {
  const counts = { inputTokens: 0, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 };
  return { type: 'end', finish: 'stop', items, usage: { ...counts, estimated: false }, model: 'curious' };
}
