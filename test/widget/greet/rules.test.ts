import { describe, expect, test } from 'vitest';
import { asksForCart, greetingFor, matchesPath } from '../../../widget/greet/rules.ts';

const text = { en: 'Hello' };
const visit = { path: '/product/7', seconds: 10, idleCart: null };

describe('when to greet', () => {
  test('by the page: a star stays between two slashes, two go on over them', () => {
    const on = (glob: string) =>
      ['/', '/product/7', '/product/7/reviews', '/cart.html'].filter((path) => matchesPath(glob, path));
    expect(on('/product/*')).toEqual(['/product/7']);
    expect(on('/product/**')).toEqual(['/product/7', '/product/7/reviews']);
    expect(on('/cart.html')).toEqual(['/cart.html']);
    expect(on('/cart?html')).toEqual([]);
    expect(on('**')).toHaveLength(4);
  });

  test('by the time on the page', () => {
    expect(greetingFor([{ after_s: 11, text }], visit)).toBe(undefined);
    expect(greetingFor([{ after_s: 10, text }], visit)).toEqual({ after_s: 10, text });
  });

  test('by a cart that holds something and is left alone', () => {
    const rule = { idle_cart_s: 60, text };
    expect(greetingFor([rule], visit)).toBe(undefined);
    expect(greetingFor([{ ...rule, idle_cart_s: 0 }], visit)).toBe(undefined);
    expect(greetingFor([rule], { ...visit, idleCart: 59 })).toBe(undefined);
    expect(greetingFor([rule], { ...visit, idleCart: 60 })).toBe(rule);
    expect(asksForCart([{ ...rule, pages: ['/cart'] }], '/product/7')).toBe(false);
    expect(asksForCart([rule], '/product/7')).toBe(true);
  });

  test('only where all of a rule is true, the first one first', () => {
    const greetings = [
      { after_s: 5, pages: ['/cart'], text },
      { after_s: 5, pages: ['/product/*'], text: { en: 'Second' } },
      { after_s: 1, text },
    ];
    expect(greetingFor(greetings, visit)?.text.en).toBe('Second');
  });
});
