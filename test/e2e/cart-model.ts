import { answer, startFakeOpenAi, toolCall, type FakeOpenAi, type RecordedRequest } from '../fakes/fake-openai.ts';

export interface CartModel extends FakeOpenAi {
  /** What its cart tools were answered, newest last. */
  outcomes: string[];
}

/**
 * A model that does what it is told: "show 110 113" shows these products, "add 2 110 11002" wants two of a variant in the cart,
 * "cart" looks into it. Then it repeats what came of it.
 */
export async function startCartModel(): Promise<CartModel> {
  const outcomes: string[] = [];
  const model = await startFakeOpenAi(({ body }) => {
    const last = body.input.at(-1)!;
    if (last['type'] === 'function_call_output') {
      const output = String(last['output']);
      if (commandOf(body).verb !== 'show') outcomes.push(output);
      return answer(
        commandOf(body).verb === 'show' ? 'Here you are.' : /"ok":true/.test(output) ? 'Done.' : 'It was not done.',
      );
    }
    const { verb, words } = commandOf(body);
    const [quantity, product_id] = words.map(Number);
    if (verb === 'show') return toolCall('show_products', { product_ids: words.map(Number), title: null, why: null });
    if (verb === 'add') return toolCall('add_to_cart', { product_id, variant_id: words[2] ?? null, quantity });
    return verb === 'cart' ? toolCall('view_cart', {}) : answer('Hello.');
  });
  return { ...model, outcomes };
}

function commandOf({ input }: RecordedRequest['body']): { verb: string; words: string[] } {
  const question = JSON.stringify(input.findLast(({ role }) => role === 'user')?.['content']);
  const [, verb = '', rest = ''] = /\b(show|add|cart)\b((?: \d+)*)/.exec(question) ?? [];
  return { verb, words: rest.split(' ').filter((word) => word !== '') };
}
