import type { ChatCompletionRequest, ChatMessage } from '@copilotkit/aimock';
import { expect, test } from 'vitest';
import { reply } from '../../demo/model/reply.ts';
import { tools } from '../../proxy/tools/index.ts';

const RETURNS = {
  n: 1,
  title: 'Returns',
  text: '# Returns\nUnopened goods can be returned within 30 days. Keep the tags.',
};
const HEBREW = { n: 2, title: 'החזרות', text: 'אפשר להחזיר מוצר סגור תוך 30 יום מיום הקבלה.' };
const WARRANTY = { n: 3, title: 'Warranty', text: 'Cat trees have a warranty of 2 years.' };
const ZONES = { n: 4, title: 'Delivery zones', text: 'Zone: Eilat; Working days: 4; Delivery: 25' };
const DELIVERY = { n: 5, title: 'Delivery', text: 'Most parcels take two days.' };

/** What the demo model says to this in the end, and which tools it called before, answered in order. */
function asked(said: string, ...outputs: object[]) {
  const messages: ChatMessage[] = [{ role: 'user', content: said }];
  const offered = tools.map(({ name }) => ({ type: 'function', function: { name } }));
  const called: { name: string; input: Record<string, unknown> }[] = [];
  for (;;) {
    const made = reply({ model: 'demo', messages, tools: offered } as unknown as ChatCompletionRequest);
    if ('content' in made) return { content: made.content, called };
    const [{ name, arguments: args }] = made.toolCalls;
    const output = outputs[called.length];
    if (!output) throw new Error(`It called ${name} and nothing answers.`);
    called.push({ name, input: JSON.parse(args) as Record<string, unknown> });
    const id = `call_${called.length}`;
    messages.push(
      { role: 'assistant', content: null, tool_calls: [{ id, type: 'function', function: { name, arguments: args } }] },
      { role: 'tool', tool_call_id: id, content: `<data>\n${JSON.stringify(output)}\n</data>` },
    );
  }
}

test.each([
  ['Until when can I return something?', [HEBREW, RETURNS], 'within 30 days. Keep the tags. [[doc:1]]'],
  ['תוך כמה זמן אפשר להחזיר מוצר?', [RETURNS, HEBREW], 'תוך 30 יום מיום הקבלה. [[doc:2]]'],
  ['How long does delivery take?', [ZONES, DELIVERY], 'take two days. [[doc:5]]'],
  ['How long does delivery to Eilat take?', [ZONES, DELIVERY], 'Zone: Eilat; Working days: 4; Delivery: 25 [[doc:4]]'],
  ['כמה שנים אחריות על עץ טיפוס?', [WARRANTY], '2 years. [[doc:3]]'],
])('the demo model answers with the words of a passage and its mark: %s', (said, passages, expected) => {
  const { content, called } = asked(said, { passages }, { passages });
  expect(called[0]).toMatchObject({ name: 'search_documents', input: { query: said } });
  expect(content).toContain(expected);
});

test('it searches in both languages, with arguments that the tool takes', () => {
  const { called } = asked('כמה זמן אחריות יש?', { passages: [] }, { passages: [WARRANTY] });
  expect(called[0]!.input['synonyms']).toEqual(['אחריות']);
  expect(called[1]!.input['synonyms']).toContain('warranty');
  const tool = tools.find(({ name }) => name === 'search_documents')!;
  expect(tool.input.safeParse(called[1]!.input).success).toBe(true);
});

test.each([
  ['Do you have insurance for pets?', "I don't know that"],
  ['יש לכם ביטוח לחיות מחמד?', 'אני לא יודע'],
])('says that it does not know, and whom to ask: %s', (said, expected) => {
  const { content, called } = asked(
    said,
    { passages: [RETURNS], note: '' },
    { contact: { email: 'a@shop.example' }, texts: [] },
    { shown: true, form: true },
  );
  expect(called.at(-1)?.name).toBe('hand_off');
  expect(content).toContain(expected);
  expect(content).toContain('a@shop.example');
  expect(content).not.toContain('[[doc');
});

test('without a passage that fits it says what the shop says of itself', () => {
  const info = { texts: [{ title: 'Delivery', text: 'We deliver in two days.' }] };
  expect(asked('How long is delivery?', { passages: [] }, { passages: [] }, info).content).toContain('two days');
});

test.each(['A soft bed for my dog', 'Show me a washable bed', 'מיטה לכלב', 'My dog throws up, how long will it last?'])(
  'looks for no documents where none are meant: %s',
  (said) => {
    const found = { products: [], found: 0 };
    expect(asked(said, found).called.map(({ name }) => name)).not.toContain('search_documents');
  },
);

test.each([
  [
    'Until when can I return something?',
    [
      { ...HEBREW, text: `${HEBREW.text} return refund` },
      { ...RETURNS, n: 5 },
    ],
    '[[doc:5]]',
  ],
  [
    'תוך כמה זמן אפשר להחזיר מוצר?',
    [
      { ...RETURNS, text: `${RETURNS.text} להחזיר מוצר אפשר` },
      { ...HEBREW, n: 5 },
    ],
    '[[doc:5]]',
  ],
])('answers from the document in the language of the question, whatever else is found: %s', (said, passages, mark) => {
  expect(asked(said, { passages }).content).toContain(mark);
});
