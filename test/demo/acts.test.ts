import type { ChatCompletionRequest, ChatMessage } from '@copilotkit/aimock';
import { describe, expect, test } from 'vitest';
import { reply } from '../../demo/model/reply.ts';
import { tools } from '../../proxy/tools/index.ts';

const SHOWN = (...lines: string[]) =>
  `[Shown to the shopper: <data>\n${JSON.stringify(lines)}\n</data>]\n\nHere you are.`;
const beds = SHOWN('2 Blue Dog Bed', '5 Grey Cat Bed', '7 Puppy Raincoat');

/** A talk in which the shopper says the last line; lines take turns, the shopper's first. */
function talk(...lines: string[]) {
  const messages: ChatMessage[] = lines.map((content, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content,
  }));
  let calls = 0;
  const ask = () => {
    // As in a shop without documents.
    const mine = tools.filter(({ needsDocuments }) => needsDocuments !== true);
    const offered = mine.map(({ name }) => ({ type: 'function', function: { name } }));
    return reply({ model: 'demo', messages, tools: offered } as unknown as ChatCompletionRequest);
  };
  return {
    call() {
      const made = ask();
      if (!('toolCalls' in made)) throw new Error(`It said ${made.content}`);
      const [{ name, arguments: args }] = made.toolCalls;
      return { name, input: JSON.parse(args) as Record<string, unknown> };
    },
    /** Lets the tool that was called answer. */
    answer(output: object) {
      const id = `call_${++calls}`;
      const { name, input } = this.call();
      messages.push(
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id, type: 'function', function: { name, arguments: JSON.stringify(input) } }],
        },
        { role: 'tool', tool_call_id: id, content: `<data>\n${JSON.stringify(output)}\n</data>` },
      );
      return this;
    },
    text() {
      const made = ask();
      if (!('content' in made)) throw new Error(`It called ${made.toolCalls[0].name}`);
      return made.content;
    },
  };
}

describe('the demo model asks the page', () => {
  const slots = {
    name: 'page_grooming_slots',
    description: 'Asks the page. The page says of it: "When the grooming salon is free, by day."',
    parameters: { type: 'object', properties: { day: { anyOf: [{ enum: ['Monday', 'Tuesday'] }, { type: 'null' }] } } },
  };
  const ask = (content: string, messages: object[] = []) =>
    reply({
      model: 'demo',
      messages: [{ role: 'user', content }, ...messages],
      tools: [slots, { name: 'search_products' }].map((tool) => ({ type: 'function', function: tool })),
    } as unknown as ChatCompletionRequest);
  const called = (day: string | null) => ({
    toolCalls: [{ name: 'page_grooming_slots', arguments: JSON.stringify({ day }) }],
  });

  test('what it says that it knows, and nothing else', () => {
    expect(ask('Is the grooming salon free on Tuesday?')).toEqual(called('Tuesday'));
    expect(ask('When is the salon free?')).toEqual(called(null));
    expect(ask('A bed for a dog')).toMatchObject({ toolCalls: [{ name: 'search_products' }] });
  });

  test.each([
    [{ ok: true, from_page: { Monday: ['9:00', '14:30'] } }, '- **Monday**: 9:00, 14:30'],
    [{ ok: true, from_page: 'Never.' }, 'Never.'],
    [{ ok: false, code: 'failed' }, 'The page did not tell me.'],
  ])('and tells what came of it: %o', (output, told) => {
    const messages = [
      { role: 'assistant', content: null, tool_calls: [{ id: 'c1', function: { name: 'page_grooming_slots' } }] },
      { role: 'tool', tool_call_id: 'c1', content: `<data>${JSON.stringify(output)}</data>` },
    ];
    expect(ask('When is the salon free?', messages)).toMatchObject({ content: expect.stringContaining(told) });
  });
});

describe('the demo model compares', () => {
  test.each([
    ['compare them', [2, 5, 7]],
    ['Compare the first and the third', [2, 7]],
    ['Compare the first two', [2, 5]],
    ['Compare the last two, please', [5, 7]],
    ['compare the first three', [2, 5, 7]],
    ['תשוו ביניהם', [2, 5, 7]],
    ['תשוו בין שני הראשונים', [2, 5]],
    ['תשוו בין השתיים האחרונות', [5, 7]],
    ['מה ההבדל בין הראשון לשני?', [2, 5]],
  ])('%s', (said, product_ids) => {
    const conversation = talk('beds', beds, said);
    expect(conversation.call()).toEqual({ name: 'compare_products', input: { product_ids, title: null } });
    const compared = [
      { title: 'Blue', price: '99.00', rating: 4.8 },
      { title: 'Grey', price: '49.00' },
    ];
    expect(conversation.answer({ compared }).text()).toMatch(/\*\*Grey\*\*.*\*\*Blue\*\*/);
  });

  test('what it has not shown yet by searching for it', () => {
    expect(talk('compare dog beds').call()).toMatchObject({ name: 'search_products', input: { query: 'dog beds' } });
  });
});

describe('the demo model adds to the cart', () => {
  test.each([
    ['Add it to my cart', { product_id: 2, quantity: 1 }],
    ['please put two of the second into the basket', { product_id: 5, quantity: 2 }],
    ['add the raincoat to the cart', { product_id: 7, quantity: 1 }],
    ["I'll take the first", { product_id: 2, quantity: 1 }],
    ['תוסיפו את השני לסל', { product_id: 5, quantity: 1 }],
    ['תוסיף לי שני כאלה לעגלה', { product_id: 2, quantity: 2 }],
  ])('%s', (said, input) => {
    const conversation = talk('beds', beds, said);
    expect(conversation.call()).toEqual({ name: 'add_to_cart', input: { ...input, variant_id: null } });
    expect(conversation.answer({ ok: true }).text()).toMatch(/cart|בסל/);
  });

  const variants = [
    { variant_id: '7-s', options: { Size: 'S' }, price: '99.00' },
    { variant_id: '7-l', options: { Size: '14 kg' }, price: '129.00' },
  ];

  test('asks which one, and takes the answer', () => {
    const first = talk('coats', beds, 'Add the raincoat to my cart').answer({
      ok: false,
      code: 'choose_option',
      variants,
    });
    const asked = first.text();
    expect(asked).toMatch(/Which one.*\*\*S\*\*, \*\*14 kg\*\*/);
    const second = talk('coats', beds, 'Add the raincoat to my cart', asked, 'the 14kg please');
    expect(second.call()).toMatchObject({ name: 'add_to_cart', input: { product_id: 7, variant_id: null } });
    second.answer({ ok: false, code: 'choose_option', variants });
    expect(second.call()).toMatchObject({ input: { product_id: 7, variant_id: '7-l' } });
    expect(second.answer({ ok: true }).text()).toMatch(/in your cart/);
  });

  test('asks in Hebrew as well', () => {
    const colours = ['Blue', 'Black'].map((Colour, at) => ({
      variant_id: `7-${at}`,
      options: { Colour, Size: 'S' },
      price: '99.00',
    }));
    const refused = { ok: false, code: 'choose_option', variants: colours };
    const asked = talk('מעילים', beds, 'תוסיפו את Puppy Raincoat לסל').answer(refused).text();
    expect(asked).toContain('**כחול / S**, **שחור / S**');
    const second = talk('מעילים', beds, 'תוסיפו את Puppy Raincoat לסל', asked, 'השחור / S').answer(refused);
    expect(second.call()).toMatchObject({ input: { variant_id: '7-1' } });
  });

  test.each([
    ['How long do I have to return something?', 'get_store_info'],
    ['Compare the raincoats', 'compare_products'],
  ])('and lets the shopper ask something else: %s', (said, tool) => {
    const asked = 'Which one would you like: **S**, **14 kg**?';
    expect(talk('coats', beds, 'Add the raincoat to my cart', asked, said).call()).toMatchObject({ name: tool });
  });

  test('what was said already needs no asking', () => {
    const conversation = talk('coats', beds, 'Add the raincoat in S to my cart').answer({
      ok: false,
      code: 'choose_option',
      variants,
    });
    expect(conversation.call()).toMatchObject({ input: { variant_id: '7-s' } });
  });

  test.each([
    ['declined', /left it out/],
    ['no_answer', /added nothing/],
    ['out_of_stock', /sold out/],
    ['not_purchasable', /did not work/],
  ])('says so when the end is %s', (code, words) => {
    expect(talk('beds', beds, 'add it to the cart').answer({ ok: false, code }).text()).toMatch(words);
  });

  test('nothing when nothing was shown', () => {
    expect(talk('add it to the cart').text()).toMatch(/Which product/);
  });
});

describe('the demo model looks into the cart', () => {
  test.each(["What's in my cart?", 'show me the basket', 'מה יש לי בסל?'])('%s', (said) => {
    const conversation = talk(said);
    expect(conversation.call()).toEqual({ name: 'view_cart', input: {} });
    const cart = { count: 2, items: [{ title: 'Bowl', quantity: 2, price: '20.00' }], total: '40.00', currency: 'ILS' };
    expect(conversation.answer({ ok: true, cart }).text()).toMatch(/2 × \*\*Bowl\*\*.*20\.00[^]*40\.00/);
  });

  test('says when it is empty, and when it cannot be seen', () => {
    expect(
      talk('view my cart')
        .answer({ ok: true, cart: { count: 0, items: [] } })
        .text(),
    ).toMatch(/empty/);
    expect(talk('view my cart').answer({ ok: true }).text()).toMatch(/does not tell/);
    expect(talk('view my cart').answer({ ok: false, code: 'unavailable' }).text()).toMatch(/did not work/);
  });
});

describe('the demo model answers from what the shop says', () => {
  const info = {
    contact: { phone: '+972 3 555 0100' },
    texts: [
      { title: 'Returns', text: 'Within 30 days.' },
      { title: 'Opening hours', text: 'Sunday to Thursday, 9 to 6.' },
      { title: 'Shipping', text: 'Two working days.' },
      { title: 'שעות פתיחה', text: 'ראשון עד חמישי, 9 עד 18.' },
      { title: 'החזרות', text: 'תוך 30 יום.' },
    ],
  };

  test.each([
    ['What are your opening hours?', 'Sunday to Thursday'],
    ['Can I return it?', 'Within 30 days.'],
    ['Do you ship to Haifa?', 'Two working days.'],
    ['מה שעות הפתיחה?', 'ראשון עד חמישי'],
    ['מה מדיניות ההחזרות?', 'תוך 30 יום.'],
    ['What is your phone number?', '+972 3 555 0100'],
  ])('%s', (said, words) => {
    const conversation = talk(said);
    expect(conversation.call()).toEqual({ name: 'get_store_info', input: {} });
    expect(conversation.answer(info).text()).toContain(words);
  });

  test('and sends to the shop for the rest', () => {
    expect(talk('Is there a warranty?').answer(info).text()).toMatch(/ask the shop itself/);
  });
});

describe('asked for a person', () => {
  test.each([
    'Can I talk to a human?',
    'I want to speak with a real person',
    'customer service please',
    'אפשר לדבר עם נציג?',
    'שירות לקוחות',
  ])('hands over: %s', (words) => {
    const made = talk(words);
    expect(made.call()).toEqual({ name: 'hand_off', input: {} });
    expect(made.answer({ shown: true, form: true }).text()).toMatch(/answer you|יענו לכם/);
  });

  test('says when nobody is there', () => {
    const made = talk('Talk to a human').answer({ shown: true, form: true, somebody_is_there_now: false });
    expect(made.text()).toContain('Nobody is there right now');
  });

  test.each(['A toy for a person with a small dog', 'Something to talk to my parrot'])(
    'takes no search for it: %s',
    (words) => {
      expect(talk(words).call().name).toBe('search_products');
    },
  );
});
