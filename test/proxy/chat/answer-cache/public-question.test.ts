import { describe, expect, test } from 'vitest';
import { normaliseQuestion, publicQuestion } from '../../../../proxy/chat/answer-cache/public-question.ts';

const asked = (text: string, changes: Partial<Parameters<typeof publicQuestion>[0]> = {}) =>
  publicQuestion({ asWritten: text, text, hasPage: false, isFirst: true, identified: false, ...changes });

describe('two questions are the same', () => {
  test.each([
    ['Do you have cat beds?', 'do you have CAT beds'],
    ['  Do you\n have   cat beds ?! ', 'Do you have cat beds'],
    ['Ｄｏ you have cat beds？', 'Do you have cat beds…'],
    ['¿Tienen camas?', 'tienen camas'],
    ['What’s on sale', "What's on sale"],
    ['מַה בַּמִּבְצָע?', 'מה במבצע'],
    ['\u200fמה במבצע\u200e', 'מה במבצע'],
    ['צה״ל', 'צה"ל'],
    ['مَرْحَبًا', 'مرحبا؟'],
  ])('%j and %j', (left, right) => {
    expect(normaliseQuestion(left)).toBe(normaliseQuestion(right));
  });
});

describe('two questions are not the same', () => {
  test.each([
    ['a bed for a 5 kg cat', 'a bed for a 6 kg cat'],
    ['food under 50', 'food under -50'],
    ['food with chicken', 'food without chicken'],
    ['is it safe', "isn't it safe"],
    ['dog food for cats', 'cat food for dogs'],
    ['do you have cat bed', 'do you have cat beds'],
    ['do you have cat beds', 'do you have cat bets'],
    ['a bag of 2½ kg', 'a bag of 21/2 kg'],
    ['a mat of 10² cm', 'a mat of 102 cm'],
    ['a leash, 5 m', 'a leash 5 m'],
    ['résumé', 'resume'],
    ['עם עוף', 'בלי עוף'],
    ['מיטה לכלב', 'מיטה לחתול'],
    ['size 4-5', 'size 45'],
    ['c++', 'c'],
  ])('%j and %j', (left, right) => {
    expect(normaliseQuestion(left)).not.toBe(normaliseQuestion(right));
  });
});

describe('an answer is shared', () => {
  test.each([
    'What is on sale?',
    'A tank of 54 litres',
    'Toys under 100 shekels',
    'מה במבצע?',
    'An order of sushi for my cat',
  ])('to %j', (text) => {
    expect(asked(text)).toBe(normaliseQuestion(text));
  });
});

describe('an answer is not shared', () => {
  test.each([
    'Where is my order 4711?',
    'איפה ההזמנה שלי 4711',
    'Status of #471',
    'It is 48213',
    'Mail me at dana@pippalo.example',
    'Call 03-555 01 00 please',
    'Call 03 - 555 - 01 00 please',
    'Call +972 54 123 4567',
    '٠٥٤١٢٣٤٥٦٧',
    'My card 4111 1111 1111 1111',
    '?!',
    'x'.repeat(301),
    `A bed${'!'.repeat(40)}`,
    `A\u200b${'\u202e\u2066'.repeat(20)} bed`,
  ])('to %j', (text) => {
    expect(asked(text)).toBeNull();
  });

  test('to whoever has signed in', () => {
    expect(asked('What is on sale?', { identified: true })).toBeNull();
  });

  test('in the middle of a thread', () => {
    expect(asked('What is on sale?', { isFirst: false })).toBeNull();
  });

  test('when something was taken out of the question', () => {
    expect(asked('Is [phone] yours?', { asWritten: 'Is 555 yours?' })).toBeNull();
  });
});
