import type { ChatCompletionRequest, ChatMessage } from '@copilotkit/aimock';
import { describe, expect, test } from 'vitest';
import { startDemoModel } from '../../demo/model/index.ts';
import { reply } from '../../demo/model/reply.ts';
import { modelTools } from '../../proxy/chat/context/prompt.ts';
import { createOpenAiChat, createOpenAiResponses } from '../../proxy/models/index.ts';
import { tools } from '../../proxy/tools/index.ts';
import { ask } from '../proxy/models/ask.ts';

const food = (id: number, price: string) => ({
  id,
  title: `Dog food ${id}`,
  price,
  categories: ['Dogs', 'Food'],
  rating: 4,
});
const SEARCH = { products: [food(1, '10.00'), food(2, '20.00')], total: 2, currency: 'ILS' };
const STORE = {
  texts: [
    { title: 'Shipping', text: 'Two to four days.' },
    { title: 'Returns', text: 'Within 30 days.' },
    { title: 'משלוחים', text: 'יומיים עד ארבעה.' },
    { title: 'החזרות', text: 'תוך 30 יום.' },
  ],
};
const OUTPUTS: Record<string, object> = {
  search_products: SEARCH,
  show_products: { shown: [1, 2] },
  compare_products: { compared: [food(1, '10.00'), food(2, '20.00')] },
  add_to_cart: { ok: true },
  view_cart: { ok: true, cart: { count: 0, items: [] } },
  get_store_info: STORE,
};
const SHOWN = `[Shown to the shopper: <data>\n["1 Dog food 1","2 Dog food 2"]\n</data>]\n\nHere you are.`;

/** The last answer to these messages, all its tools run; lines take turns, the shopper's first. */
function answerTo(
  lines: readonly string[],
  offered: readonly string[] = tools.map(({ name }) => name),
  replies: Record<string, object> = OUTPUTS,
) {
  const messages: ChatMessage[] = lines.map((content, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content,
  }));
  const called: string[] = [];
  const searched: string[] = [];
  for (let round = 0; round < 5; round++) {
    const request = {
      model: 'demo',
      messages,
      tools: offered.map((name) => ({ type: 'function', function: { name } })),
    };
    const made = reply(request as unknown as ChatCompletionRequest);
    const [{ name, arguments: args } = { name: '', arguments: '{"questions":[]}' }] = made.toolCalls ?? [];
    if ('content' in made)
      return { called, searched, questions: (JSON.parse(args) as { questions: string[] }).questions };
    called.push(name);
    if (name === 'search_products') searched.push((JSON.parse(args) as { query: string }).query);
    const id = `call_${round}`;
    messages.push(
      { role: 'assistant', content: null, tool_calls: [{ id, type: 'function', function: { name, arguments: args } }] },
      { role: 'tool', tool_call_id: id, content: `<data>\n${JSON.stringify(replies[name])}\n</data>` },
    );
  }
  throw new Error('It never answered.');
}

describe('the demo model suggests what to ask next', () => {
  test.each([
    [
      'after products',
      'dog food',
      ['Compare them for me', 'Any cheaper ones?', 'Which of them is rated best?', 'Add the first one to my cart'],
    ],
    [
      'after products in Hebrew',
      'אוכל לכלב',
      ['תשוו ביניהם בשבילי', 'יש משהו זול יותר מהם?', 'מי מהם הכי מומלץ?', 'תוסיפו את הראשון לסל'],
    ],
    ['after a greeting', 'Hello', ['What is on sale?', 'Food for a puppy', 'Toys for my cat']],
    [
      'after what the shop says of itself',
      'How long does delivery take?',
      ['And what about shipping?', 'And what about returns?'],
    ],
    ['after the same in Hebrew', 'כמה זמן לוקח משלוח?', ['ומה לגבי משלוחים?', 'ומה לגבי החזרות?']],
    ['after nothing that there is more of', 'Thank you', []],
  ])('%s', (_, said, questions) => {
    expect(answerTo([said]).questions).toEqual(questions);
  });

  test.each([
    ['dog food', 'compare them', ['Add the first one to my cart', 'Any cheaper ones?']],
    [
      'dog food',
      'add the first one to my cart',
      ["What's in my cart?", 'How long does delivery take?', 'What is on sale?'],
    ],
    ['אוכל לכלב', 'מה יש לי בסל?', ['כמה זמן לוקח משלוח?', 'מה במבצע?']],
  ])('%s, %s', (first, then, questions) => {
    expect(answerTo([first, SHOWN, then]).questions).toEqual(questions);
  });

  test.each(['dog food', 'אוכל לכלב'])('and can answer each of these by looking it up: %s', (said) => {
    const { questions } = answerTo([said]);
    const more = answerTo([said, SHOWN, questions.at(-1)!]).questions;
    for (const question of [...questions, ...more]) {
      expect(answerTo([said, SHOWN, question]).called, question).not.toEqual([]);
    }
  });

  test('what there is to choose from, when something must be chosen first', () => {
    const variants = ['60 cm', '80 cm'].map((size) => ({ variant_id: size, options: { Size: size }, price: '10.00' }));
    const replies = { ...OUTPUTS, add_to_cart: { ok: false, code: 'choose_option', variants } };
    const { questions } = answerTo(['dog food', SHOWN, 'add the first one to my cart'], undefined, replies);
    expect(questions).toEqual(['60 cm', '80 cm']);
  });

  test.each([
    ['dog food', 'Compare them for me', 'Any cheaper ones?'],
    ['אוכל לכלב', 'תשוו ביניהם בשבילי', 'יש משהו זול יותר מהם?'],
  ])('and knows what one is about that follows another: %s, %s', (said, first, second) => {
    const { called, searched } = answerTo([said, SHOWN, first, SHOWN, second]);
    expect(called).toEqual(['search_products', 'show_products']);
    expect(searched).toEqual(answerTo([said]).searched);
  });

  test('only with the tools that the shop has', () => {
    expect(answerTo(['dog food'], ['search_products', 'show_products']).questions).toEqual([]);
    const some = ['search_products', 'show_products', 'suggest_questions'];
    expect(answerTo(['dog food'], some).questions).toEqual(['Any cheaper ones?', 'Which of them is rated best?']);
  });

  test.each([
    ['responses', createOpenAiResponses],
    ['chat', createOpenAiChat],
  ] as const)('together with its words, on the wire %s', async (_, create) => {
    const demo = await startDemoModel({ tokenDelayMs: 0 });
    try {
      const model = create({ apiKey: 'demo', baseUrl: demo.baseUrl, model: 'demo' });
      const input = [{ type: 'message', role: 'user', text: 'Hello' }] as const;
      const { text, calls, end, error } = await ask(model, { input, tools: modelTools(tools) });
      expect(error).toBeUndefined();
      expect(text).toMatch(/demo assistant/);
      expect(calls).toMatchObject([
        { name: 'suggest_questions', arguments: expect.stringContaining('What is on sale?') },
      ]);
      expect(end!.items.map(({ type }) => type)).toEqual(['message', 'tool_call']);
    } finally {
      await demo.close();
    }
  });
});
