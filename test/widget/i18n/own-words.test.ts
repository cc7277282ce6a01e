import { afterEach, expect, test, vi } from 'vitest';
import { en } from '../../../widget/i18n/en.ts';
import { shopperStrings } from '../../../widget/i18n/en-shopper.ts';
import { laterStrings } from '../../../widget/i18n/later.ts';
import { ownWords } from '../../../widget/i18n/own-words.ts';
import { words as ru } from '../../../widget/i18n/ru.ts';

const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
afterEach(() => warn.mockClear());

test('a shop’s words stand in the place of ours, the others stay', () => {
  const words = ownWords({}, en, 'en', {
    en: { send: 'Go', 'availability.in_stock': 'Ready to ship', 'tool.other': 'One moment' },
  });
  expect([words.send, words.availability.in_stock, words.tool.other]).toEqual(['Go', 'Ready to ship', 'One moment']);
  expect([words.stop, words.availability.preorder]).toEqual([en.stop, en.availability.preorder]);
  expect(warn).not.toHaveBeenCalled();
});

test('those that come later are changed when they come', () => {
  const own = { en: { 'notices.contact': 'Ring us.', viewCart: 'Basket', 'failures.rate_limited': 'Slowly.' } };
  const words = ownWords({}, en, 'en', own);
  const later = laterStrings(words);
  expect([later.notices.contact, later.viewCart, later.failures.rate_limited]).toEqual([
    'Ring us.',
    'Basket',
    'Slowly.',
  ]);
  expect(laterStrings(words)).toBe(later);
});

test('the plural goes by the language’s categories', () => {
  const own = { 'productCount.one': '{n} вещь', 'productCount.few': '{n} вещи', 'productCount.other': '{n} вещей' };
  const { productCount } = ownWords({}, ru, 'ru', { ru: own });
  expect([1, 2, 5, 21].map(productCount)).toEqual(['1 вещь', '2 вещи', '5 вещей', '21 вещь']);
});

test('what is told stands where its braces are, and unknown braces stay', () => {
  const own = { en: { position: '{index}/{count}', rating: '{value} ({n}) {__proto__}', left: '{n} to go' } };
  const words = ownWords({}, en, 'en', own);
  expect([words.position(2, 6), words.rating('4.5', 1), words.left(1)]).toEqual([
    '2/6',
    '4.5 (1) {__proto__}',
    '1 to go',
  ]);
});

test('the more special language goes before the general one, and the page before the shop', () => {
  const shop = {
    'en-GB': { addToCart: 'Add to basket', send: 'Send it' },
    en: { addToCart: 'Buy', send: 'Post', stop: 'Halt' },
  };
  const words = ownWords({}, en, 'en-GB', shop, { en: { stop: 'Enough' } });
  expect([words.addToCart, words.send, words.stop]).toEqual(['Add to basket', 'Send it', 'Enough']);
  expect(ownWords({}, en, 'en-US', shop).addToCart).toBe('Buy');
});

test('what there is not is told once and skipped, and so is what is no text', () => {
  const speaker = {};
  const set = {
    en: {
      sned: 'Go',
      'availability.gone': 'x',
      $lang: 'xx',
      $dir: 'rtl',
      constructor: 'x',
      send: '  ',
      stop: 5 as unknown as string,
    },
  };
  const words = ownWords(speaker, en, 'en', set);
  expect(ownWords(speaker, en, 'en', set)).toBe(words);
  expect({ ...words, $own: undefined }).toMatchObject({ $lang: 'en', $dir: 'ltr', send: en.send, stop: en.stop });
  expect(warn.mock.calls).toEqual([['Shop Clerk has no such words: sned, availability.gone, constructor.']]);
});

test('the shopper’s parts have names of their own, which the same names elsewhere leave alone', () => {
  const own = { en: { 'shopper.copy': 'Copy it', 'shopper.rename': 'Rename “{title}”', remove: 'Away with it' } };
  const words = ownWords({}, en, 'en', own);
  expect(shopperStrings(words).copy).toBe('Copy it');
  expect(shopperStrings(words).rename('Beds')).toBe('Rename “Beds”');
  expect(shopperStrings(words).remove('Beds')).toBe('Delete: Beds');
  expect(laterStrings(words).remove).toBe('Away with it');
});

test('a text with something to tell inside a group', () => {
  const words = ownWords({}, en, 'en', { en: { 'contactForm.hereUntil': 'Open till {time}' } });
  expect(laterStrings(words).contactForm.hereUntil('9:00 PM')).toBe('Open till 9:00 PM');
  expect(laterStrings(words).contactForm.awayUntil('Monday')).toBe('We are not here right now. We are back Monday.');
});
