import { describe, expect, test } from 'vitest';
import { Facts } from '../../../proxy/chat/claims/facts.ts';
import { suggestionsOf } from '../../../proxy/chat/suggestions.ts';
import { runTurn } from '../../../proxy/chat/turn.ts';
import type { Model } from '../../../proxy/models/types.ts';
import type { ChatEvent } from '../../../proxy/protocol/index.ts';
import type { MessageRow } from '../../../proxy/storage/types.ts';
import { DIALECTS } from '../../fakes/dialects.ts';
import { calls, says, scriptedModel, text } from '../../fakes/scripted-model.ts';
import { fakeModel } from '../models/ask.ts';
import { goods, open } from '../tools/till.ts';
import { actsOf, begin, question, workshop } from './workshop.ts';

const suggest = (...questions: string[]) => ({ name: 'suggest_questions', args: { questions } });
const show = { name: 'show_products', args: { product_ids: [1], title: null, why: null } };
const look = { name: 'get_product', args: { product_id: 2 } };

async function talk(model: Model, { said = 'A coat?', shop = open } = {}) {
  const { deps, storage } = await workshop(model, {}, shop, goods);
  async function ask(words: string, threadId: string | null = null) {
    const turn = await begin(deps, question(words, threadId));
    const events: ChatEvent[] = [];
    for await (const event of runTurn(deps, { shop, turn, acts: actsOf(turn) }, new AbortController().signal))
      events.push(event);
    const { parts } = (await storage.message(turn.assistantMessageId))!;
    return { turn, parts, events: events.slice(1), types: events.slice(1).map(({ type }) => type) };
  }
  return { ...(await ask(said)), ask };
}

describe('suggestions', () => {
  test('end the turn when they are all that is left: the model is not asked again', async () => {
    const model = scriptedModel([text('Raincoats, yes.'), ...calls(suggest('Which sizes?', 'Is it lined?'))]);
    const { events, parts } = await talk(model);
    expect(events).toEqual([
      { type: 'text', content: 'Raincoats, yes.' },
      { type: 'suggestions', data: ['Which sizes?', 'Is it lined?'] },
      expect.objectContaining({ type: 'done', finish: 'stop' }),
    ]);
    expect(parts.at(-1)).toEqual({ type: 'suggestions', questions: ['Which sizes?', 'Is it lined?'] });
    expect(model.requests).toHaveLength(1);
  });

  test('end it as well after cards that the words before them announced', async () => {
    const model = scriptedModel([text('Here it is:'), ...calls(show)], calls(suggest('Which sizes?')));
    expect((await talk(model)).types).toEqual(['text', 'tool', 'tool', 'products', 'suggestions', 'done']);
  });

  test('ask on when nothing was said yet, and come after what is then said', async () => {
    const model = scriptedModel(calls(suggest('Which sizes?')), says('Raincoats.'));
    expect((await talk(model)).types).toEqual(['text', 'suggestions', 'done']);
    const [call, result] = model.requests[1]!.input.slice(-2);
    expect([call, result]).toMatchObject([{ type: 'tool_call' }, { type: 'tool_result', callId: 'call_1' }]);
  });

  test('ask on when all that was said is that something is looked up', async () => {
    const model = scriptedModel(
      [text('Let me look.'), ...calls(look)],
      calls(suggest('Which sizes?')),
      says('Only S is left'),
    );
    expect((await talk(model)).types).toEqual(['text', 'tool', 'tool', 'text', 'suggestions', 'done']);
  });

  test('called beside other tools go on as ever, every call answered', async () => {
    const model = scriptedModel([text('Here:'), ...calls(suggest('Which sizes?'), show)], says('One.'));
    const { events, types } = await talk(model);
    expect(types).toEqual(['text', 'tool', 'tool', 'products', 'text', 'suggestions', 'done']);
    expect(events.filter((event) => event.type === 'tool').map(({ name }) => name)).toEqual([
      'show_products',
      'show_products',
    ]);
    const input = model.requests[1]!.input;
    const ids = (type: string) =>
      input.flatMap((item) => (item.type === type && 'callId' in item ? [item.callId] : []));
    expect(ids('tool_result')).toEqual(ids('tool_call'));
  });

  test('written wrongly end the turn too, without any', async () => {
    const broken = { name: 'suggest_questions', args: '{"questions":' };
    const model = scriptedModel([text('Yes.'), ...calls(broken)]);
    expect((await talk(model)).types).toEqual(['text', 'done']);
  });

  test('are not told to the model in the next turn', async () => {
    const model = scriptedModel([text('Yes.'), ...calls(suggest('Which sizes?'))], says('S, M, L.'));
    const { turn, ask } = await talk(model);
    await ask('And sizes', turn.threadId);
    const told = model.requests[1]!.input.map((item) => (item.type === 'message' ? item.text : item));
    expect(told.slice(1)).toEqual(['A coat?', 'Yes.', 'And sizes']);
  });

  test('are no tool of a shop that leaves them out, nor a rule of its prompt', async () => {
    const model = scriptedModel(says('Yes.'));
    await talk(model, { shop: { ...open, tools: ['search_products'] } });
    expect(model.requests[0]!.tools.map(({ name }) => name)).toEqual(['search_products']);
    expect(model.requests[0]!.instructions).not.toContain('suggest_questions');
  });

  test('may name a price that a tool of this turn has told, and no other one', async () => {
    const model = scriptedModel(calls(look), [
      text('From 99 ₪.'),
      ...calls(suggest('Is 99 ₪ for S?', 'Is there one for 35 ₪?', 'Is there 50% off?')),
    ]);
    expect((await talk(model)).events.at(-2)).toEqual({ type: 'suggestions', data: ['Is 99 ₪ for S?'] });
  });
});

describe.each(DIALECTS)('on the wire $wire', ({ wire, answer, calls }) => {
  test('suggestions after the words end the turn with one request', async () => {
    const args = { questions: ['Which sizes?'] };
    const { model, fake } = await fakeModel([calls('Yes.', [{ id: 'call_1', name: 'suggest_questions', args }])], {
      wire,
    });
    expect((await talk(model)).types).toEqual(['text', 'suggestions', 'done']);
    expect(fake.requests).toHaveLength(1);
  });

  test('a server that makes one call at a time is asked on, and ends the same', async () => {
    const args = { questions: ['Which sizes?'] };
    const script = [
      calls('', [{ id: 'call_1', name: 'get_product', args: { product_id: 2 } }]),
      calls('', [{ id: 'call_2', name: 'suggest_questions', args }]),
      answer('A raincoat.'),
    ];
    const { model, fake } = await fakeModel(script, { wire, capabilities: { parallelToolCalls: false } });
    expect((await talk(model)).types).toEqual(['tool', 'tool', 'text', 'suggestions', 'done']);
    expect(fake.requests).toHaveLength(3);
    expect(JSON.stringify(fake.requests[2]!.body).match(/"(tool_call_id|call_id)":"call_2"/g)).not.toBeNull();
  });
});

describe('of the suggestions of a model', () => {
  const asked = (content: string) => [{ role: 'user', parts: [{ type: 'text', content }] }] as unknown as MessageRow[];
  const left = (questions: string[], said = 'Any coats?') =>
    suggestionsOf(questions, { facts: new Facts(), messages: asked(said) })?.data;

  test('short questions in any language are left as they are', () => {
    const good = ['Do you ship to Haifa?', 'מה המידות?', '有小号的吗?', 'How does S compare to M/L?'];
    expect(left(good)).toEqual(good);
  });

  test.each([
    ['longer than sixty characters', `Is it ${'very '.repeat(12)}warm?`],
    ['with an address', 'See https://shop.example'],
    ['with an address without a scheme', 'Is it on shop.example?'],
    ['with an address that ends in a figure', 'Is it on coats24.com?'],
    ['with an address in full width', 'Is it on shop。com?'],
    ['with an address in figures', 'Is it on 10.0.0.1/coats?'],
    ['with a scheme of another kind', 'mailto:dana'],
    ['with a number to call', 'May I call 054-123 4567?'],
    ['with a number abroad', 'May I call +44 20 79?'],
    ['with markup', 'Is it **warm**?'],
    ['with HTML', 'Is it <b>warm</b>?'],
    ['with marks of a citation', 'Is it warm?【4:0】'],
    ['without a word', '???'],
    ['with a price nobody knows', 'Anything under $20?'],
    ['with a percentage nobody knows', 'Is it 30% off?'],
    ['with a coupon code', 'Does SAVE20 work?'],
  ])('one %s is dropped', (_, question) => {
    expect(left([question, 'Is it warm?'])).toEqual(['Is it warm?']);
  });

  test('marks of a chat format and what is hidden are taken out', () => {
    expect(left(['Is it\u200b warm?<|im_end|>\n'])).toEqual(['Is it warm?']);
  });

  test('the question just asked and what differs in marks and case alone are dropped', () => {
    expect(left(['any coats', 'Is it warm?', 'is it  WARM'])).toEqual(['Is it warm?']);
  });

  test('no more than four are left, and of none nothing', () => {
    expect(left(['a?', 'b?', 'c?', 'd?', 'e?'])).toHaveLength(4);
    expect(left(['any coats?'])).toBeUndefined();
  });
});
