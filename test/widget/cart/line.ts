import type { CartLine } from '../../../widget/cart/types.ts';

/** A product without options, unless more is said. */
export function line(variantId: string, more: Partial<CartLine> = {}): CartLine {
  return {
    productId: variantId,
    variantId,
    quantity: 1,
    options: [],
    title: 'A title',
    url: 'https://shop.example/product/',
    ...more,
  };
}

export const whole = new AbortController().signal;
