import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClaimCheck, type NeutralisedClaim } from '../../../../proxy/chat/claims/claim-check.ts';
import { Facts } from '../../../../proxy/chat/claims/facts.ts';

const OUTPUT = {
  products: [
    { id: 143, title: 'Bed CLOUD9', price: '149.90', regular_price: '199.90', on_sale: true, rating: 4.5 },
    { id: 207, title: 'Leash', price: '1234.50', description: 'Made of 100% cotton, model RX-200' },
    { id: 9, title: 'Ball', price: '20' },
  ],
};
const SHOP = 'Free delivery from 250 ₪. First order: 10% off with code WELCOME10.';

function check(text: string, { locale = 'en', pieces = [text] }: { locale?: string; pieces?: readonly string[] } = {}) {
  const facts = new Facts();
  facts.learn(OUTPUT);
  facts.learnText(SHOP);
  const claims: NeutralisedClaim[] = [];
  const claimCheck = new ClaimCheck({ facts, locale, onClaim: (claim) => claims.push(claim) });
  const shown = pieces.map((piece) => claimCheck.push(piece));
  return { text: shown.join('') + claimCheck.flush(), shown, claims };
}

describe('what the tools returned passes', () => {
  test.each([
    'The bed is ₪149.90 now.',
    'The bed is 149.90 ₪ now, before 199.90 ₪.',
    'It costs 149,90 € there',
    'It costs **149.90** ₪.',
    'It costs ₪**149.90**.',
    'ILS 149.90, or ILS 1,234.50',
    'המיטה עולה 149.90 ש"ח, והרצועה 1,234.50 שקלים.',
    'السعر ١٤٩٫٩٠ ₪ فقط',
    'About 150 ₪, rounded.',
    'You save 50 ₪, that is 25%.',
    'Two balls are 40 ₪: 20 ₪ each, so 2 × 20 ₪ = 40 ₪.',
    'The bed 149.90 ₪ and the ball 20 ₪ are 169.90 ₪ together.',
    'Free delivery from 250 ₪, and 10% off with the code WELCOME10.',
    'It is 100% cotton.',
    'The CLOUD9 bed and the RX-200 leash are in stock.',
    'Prices of 20–149.90 ₪, the size 12 ₪20 ball.',
  ])('%s', (text) => {
    // Sums are of what the answer has named before.
    const first = text.startsWith('Two balls') ? 'A ball is 20 ₪. ' : '';
    expect(check(first + text)).toMatchObject({ text: first + text, claims: [] });
  });
});

describe('figures that are no claims pass', () => {
  test.each([
    'Take the 3 kg bag, 12 pieces, size 42.',
    'It was made in 1999; call 03-1234567.',
    'Screens of 15.6" and USB-C, HEPA, PVC and A4.',
    'See step 1. Then step 2.',
    'Version 2.0 of RX-200',
    'An RS232 cable of 20 ft, m² and 5-7 pieces',
    'See https://shop.example/a%20b/%D7%90',
    'THE BEST BED IN TOWN',
    '中文 3 件,颜色 红',
  ])('%s', (text) => {
    expect(check(text)).toMatchObject({ text, claims: [] });
  });
});

describe('what nothing accounts for is taken out', () => {
  test.each([
    ['It costs ₪99.90 only!', 'It costs the price shown only!', 'amount'],
    ['It costs 99.90 ₪ only!', 'It costs the price shown only!', 'amount'],
    ['It costs **99.90** ₪ only!', 'It costs **the price shown** only!', 'amount'],
    ['It costs ₪**99.90** only!', 'It costs **the price shown** only!', 'amount'],
    ['Only $5.', 'Only the price shown.', 'amount'],
    ['Only 143 ₪', 'Only the price shown', 'amount'],
    ['Only 4.5 euros!', 'Only the price shown!', 'amount'],
    ['Today 70% off', 'Today some off', 'percentage'],
    ['Use SAVE20 today', 'Use (no code) today', 'code'],
    ['Use the code FRIEND today', 'Use the code (no code) today', 'code'],
    ['NIS 12 or 12 NIS', 'the price shown or the price shown', 'amount'],
    ['Only US$5, R$5 or CA$5', 'Only the price shown, the price shown or the price shown', 'amount'],
    ['Nur 5,- €, nur 5.- CHF', 'Nur the price shown, nur the price shown', 'amount'],
    ['Only $.99 or .99 $', 'Only the price shown or .the price shown', 'amount'],
    ['From ＄５ or ５ ﹩', 'From the price shown or the price shown', 'amount'],
    ['Only ⑤ € or ½ €', 'Only the price shown or the price shown', 'amount'],
    ['Only 5\u200b€, $\u20605', 'Only the price shown, the price shown', 'amount'],
    ['Only 5\u2009€ or 5       €', 'Only the price shown or the price shown', 'amount'],
    ['Only $`5` or ~~5~~ \\$', 'Only `the price shown` or ~~the price shown~~', 'amount'],
    ['Only $[5](/sale)', 'Only [the price shown](/sale)', 'amount'],
    ['From 20–55 $ or $20-55', 'From the price shown or the price shown', 'amount'],
    ['EUR: 5 and Preis€5', 'the price shown and Preisthe price shown', 'amount'],
    ['Bara 5 kr eller 5 Kč', 'Bara the price shown eller the price shown', 'amount'],
    ['Today ５０％ or 50﹪ off', 'Today some or some off', 'percentage'],
    ['Bugün %50 veya ٪٥٠', 'Bugün some veya some', 'percentage'],
    ['Today 50\u200b%, 50 \\% or 50-percent off', 'Today some, some or some off', 'percentage'],
  ])('%s', (text, shown, kind) => {
    const checked = check(text);
    expect(checked.text).toBe(shown);
    expect(checked.claims[0]!.kind).toBe(kind);
  });

  test('in the language of the page', () => {
    expect(check('רק 99 ש"ח!', { locale: 'he-IL' }).text).toBe('רק המחיר המוצג!');
    expect(check('קופון SALE50', { locale: 'he' }).text).toBe('קופון (ללא קוד)');
    expect(check('Nur 99 €', { locale: 'de' }).text).toBe('Nur der angezeigte Preis');
  });
});

describe('while it streams', () => {
  test('an answer without figures passes piece by piece', () => {
    const { shown } = check('', { pieces: ['we ', 'have ', 'three ', 'beds '] });
    expect(shown).toEqual(['we ', 'have ', 'three ', 'beds ']);
  });

  test('only the figure and the word after it wait', () => {
    const { shown } = check('', { pieces: ['it is ', '149', '.90', ' ₪', ' now', ' and', ' in stock'] });
    expect(shown).toEqual(
      ['it is ', '', '', '', '', '149.90 ₪ now', ' and in stock'].map((text, i) =>
        i === 5 ? '149.90 ₪ now and' : i === 6 ? ' in stock' : text,
      ),
    );
  });

  test('the result is the same however the text comes in pieces', () => {
    const word = fc.constantFrom(
      '149.90 ₪', '₪149.90', '99 ₪', '**99** ₪', '₪**99**', '1 234.50 ₪', 'ILS', '20', '20%', '70 %', 'SAVE20', 'code FRIEND', '99 ש"ח', 'ש"ח',
      'the bed', '\n\n', '- ', '**', '.', ', ', ' ', 'NIS', '$', 'RX-200', '7', 'x', '🐕', '١٤٩٫٩٠', 'per', 'cent', 'euros', '-', 'Hello', 'Nis', 'New-SAVE20', 'Us', 'd', 'US', '€', '%50', '–', '5,-', '\u200b', '`', '\\', '[', '½', '%', 'kr', '    ',
    ); // prettier-ignore
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 25 }),
        fc.array(fc.nat(400), { maxLength: 20 }),
        fc.boolean(),
        (words, cuts, spaced) => {
          const text = words.join(spaced ? ' ' : '');
          const at = [...new Set([0, ...cuts.filter((cut) => cut < text.length), text.length])].sort((a, b) => a - b);
          const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
          expect(check(text, { pieces }).text).toBe(check(text).text);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('nothing is lost of any text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const checked = check(text);
        if (checked.claims.length === 0) expect(checked.text).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });

  // So long that work which grew with the square of the length would take longer than any test may.
  test.each(['1', '1,', '5 *', '5–', '1 234', '$'])('a text of nothing but %j is read in one go', (part) => {
    const text = part.repeat(50_000);
    const facts = new Facts();
    facts.learnFigures(text);
    expect(check(text).text).toHaveLength(text.length);
  });

  test('an endless figure is not held for ever', () => {
    const { shown } = check('', { pieces: ['1'.repeat(200), '2'.repeat(200)] });
    expect(shown.join('').length).toBeGreaterThan(300);
  });
});

test('remembers five thousand percentages and no more, however many a shop writes down', () => {
  const facts = new Facts();
  facts.learnText(Array.from({ length: 6_000 }, (_, n) => `${n}%`).join(' '));
  expect([4_999, 5_000].map((share) => facts.hasPercentage([share]))).toEqual([true, false]);
});
