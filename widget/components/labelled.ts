import type { Product } from '../../proxy/protocol/index.ts';

/** An option, a value or a variant in the shopper's language, as far as the catalogue has it. */
export function labelled({ labels = {} }: Product, text: string): string {
  return Object.hasOwn(labels, text) ? labels[text]! : text;
}
