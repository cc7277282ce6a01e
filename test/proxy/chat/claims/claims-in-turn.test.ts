import { describe, expect, test } from 'vitest';
import { runTurn } from '../../../../proxy/chat/turn.ts';
import type { ChatEvent } from '../../../../proxy/protocol/index.ts';
import type { Shop } from '../../../../proxy/shops/types.ts';
import { calls, says, scriptedModel, text, type Step } from '../../../fakes/scripted-model.ts';
import { goods, open } from '../../tools/till.ts';
import { actsOf, begin, question, workshop } from '../workshop.ts';

const getProduct = (product_id: number) => ({ name: 'get_product', args: { product_id } });
const show = (...product_ids: number[]) => ({ name: 'show_products', args: { product_ids, title: null, why: null } });

async function talk(script: Step[][], { shop = open, said = 'Hello', locale = 'en' } = {}) {
  const { deps, storage, logged } = await workshop(scriptedModel(...script), {}, shop, goods);
  async function ask(words: string, threadId: string | null = null, signal = new AbortController().signal) {
    const turn = await begin(deps, { ...question(words, threadId), locale });
    const events: ChatEvent[] = [];
    for await (const event of runTurn(deps, { shop, turn, acts: actsOf(turn) }, signal)) events.push(event);
    const { parts } = (await storage.message(turn.assistantMessageId))!;
    const kept = parts.map((part) => (part.type === 'text' ? part.content : '')).join('');
    const shown = events.map((event) => (event.type === 'text' ? event.content : '')).join('');
    return { turn, events, kept, shown };
  }
  return { ...(await ask(said)), ask, storage, logged };
}

describe('a price in an answer', () => {
  test('that a tool of this turn has told is said', async () => {
    const { shown } = await talk([calls(getProduct(2)), says('From 99.00 ₪, in L ', '129 ₪.')]);
    expect(shown).toBe('From 99.00 ₪, in L 129 ₪.');
  });

  test('that nobody has told is not: neither shown, nor kept, nor told again', async () => {
    const { shown, kept, storage, logged, turn } = await talk([
      says('Only ', '49', '.90', ' ₪', ' today, code SAVE20!'),
    ]);
    expect(shown).toBe('Only the price shown today, code (no code)!');
    expect(kept).toBe(shown);
    expect(await storage.findings('pets', 10)).toMatchObject([
      { kind: 'code', text: 'SAVE20', turnId: turn.id },
      { kind: 'amount', text: '49.90 ₪', threadId: turn.threadId },
    ]);
    const warnings = logged.filter(({ level }) => level === 'warn');
    expect(warnings).toMatchObject([{ fields: { kind: 'amount', shop: 'pets', turn: turn.id } }, {}]);
    expect(JSON.stringify(warnings)).not.toContain('49.90');
    expect(logged.filter(({ level }) => level === 'debug')).toMatchObject([{ fields: { text: '49.90 ₪' } }, {}]);
  });

  test('is not said in the words over cards and tables either', async () => {
    const { events, storage } = await talk([
      calls(getProduct(2)),
      calls(
        { name: 'show_products', args: { product_ids: [2], title: 'All for 7 ₪!', why: 'From 99.00 ₪ with SAVE90.' } },
        { name: 'compare_products', args: { product_ids: [1, 2], title: '80% off' } },
      ),
      says('Here.'),
    ]);
    expect(events.filter(({ type }) => type === 'products' || type === 'comparison')).toMatchObject([
      { title: 'All for the price shown!', why: 'From 99.00 ₪ with (no code).' },
      { title: 'some off' },
    ]);
    expect(await storage.findings('pets', 10)).toHaveLength(3);
  });

  test('that only an error repeats from what the model wrote is not', async () => {
    const invented = { name: 'SAVE20', args: { 'now 49.90 ₪': 1 } };
    const wrong = { name: 'get_product', args: { product_id: 2, 'now 49.90 ₪': 1 } };
    const { shown } = await talk([calls(invented), calls(wrong), says('Only 49.90 ₪ today, code SAVE20!')]);
    expect(shown).toBe('Only the price shown today, code (no code)!');
  });

  test('is worded in the language of the page when it is taken out', async () => {
    expect((await talk([says('רק 49 ₪!')], { locale: 'he' })).shown).toBe('רק המחיר המוצג!');
  });

  test('that the owner or the shopper has named is said', async () => {
    const shop: Shop = {
      ...open,
      prompt: 'Delivery is 15 ₪.',
      knowledge: [{ title: 'Club', text: 'Members get 5% off with CLUB5.' }],
    };
    const answer = 'Up to 250 ₪; delivery 15 ₪; 5% with the code CLUB5.';
    const { shown } = await talk([says(answer)], { shop, said: 'something under 250' });
    expect(shown).toBe(answer);
  });

  test('of a product that the thread has shown is said as it is today, never as it was', async () => {
    const { turn, ask, storage } = await talk([
      calls(show(1)),
      says('This one.'),
      says('It is 10.01 ₪, it was 8.88 ₪.'),
    ]);
    expect((await ask('How much?', turn.threadId)).shown).toBe('It is 10.01 ₪, it was the price shown.');
    expect(await storage.findings('pets', 10)).toHaveLength(1);
  });

  test('that was being written when the shopper stopped is kept as far as it came', async () => {
    const stop = new AbortController();
    const { deps, storage } = await workshop(scriptedModel([text('It is 12'), new Promise(() => undefined)]), {}, open);
    const turn = await begin(deps);
    const shown: string[] = [];
    for await (const event of runTurn(deps, { shop: open, turn, acts: actsOf(turn) }, stop.signal)) {
      if (event.type !== 'text') continue;
      shown.push(event.content);
      stop.abort();
    }
    expect(shown).toEqual(['It is ', '12']);
    expect((await storage.message(turn.assistantMessageId))!.parts).toEqual([{ type: 'text', content: 'It is 12' }]);
  });

  test('comes before the cards that follow it', async () => {
    const { events } = await talk([[text('Two for 20.02 ₪'), ...calls(getProduct(1), show(1))], says('Fine.')], {
      said: 'I have 20.02',
    });
    expect(events.map(({ type }) => type)).toEqual([
      'thread_id', 'text', 'text', 'tool', 'tool', 'tool', 'tool', 'products', 'text', 'done',
    ]); // prettier-ignore
    expect(events[2]).toEqual({ type: 'text', content: '20.02 ₪' });
  });
});

test('checking holds back three tokens at the most, only where a claim may begin: less than half a token on average', async () => {
  const answer =
    'The Raincoat keeps dogs dry on long walks. It comes in S and M; from 99.00 ₪ in S, and you save 20 ₪ in M. ' +
    'Machine washable at 30 degrees. Shall I put one into the cart?';
  const tokens = answer.match(/ ?[^\s]+/g)!;
  const { events, shown } = await talk([calls(getProduct(2)), says(...tokens)]);
  expect(shown).toBe(answer);
  // A token's delay: how many further ones had to come before its last character was shown.
  const ends: number[] = [];
  for (const token of tokens) ends.push((ends.at(-1) ?? 0) + token.length);
  const texts = events.flatMap((event) => (event.type === 'text' ? [event.content] : []));
  const delays: number[] = [];
  let end = 0;
  for (const piece of texts) {
    const from = end;
    end += piece.length;
    const last = ends.findIndex((at) => at >= end);
    for (const [index, at] of ends.entries()) if (at > from && at <= end) delays.push(last - index);
  }
  expect(Math.max(...delays)).toBe(3);
  expect(delays.reduce((sum, delay) => sum + delay, 0) / delays.length).toBeLessThan(0.45);
  expect(delays.filter((delay) => delay === 0).length / delays.length).toBeGreaterThan(0.75);
});
