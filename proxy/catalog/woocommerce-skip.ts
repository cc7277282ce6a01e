import type { z } from 'zod';
import { label } from './shop-text.ts';

/** `product 1234 "Blue bowl"`: how the shop's owner finds an item that was left out. */
export function whereIs(kind: 'product' | 'variation', item: unknown): string {
  const { id, name } = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>;
  const number = Number.isSafeInteger(id) ? ` ${String(id)}` : ' without a number';
  const title = typeof name === 'string' ? label(name).slice(0, 80) : '';
  return `${kind}${number}${title === '' ? '' : ` "${title}"`}`;
}

/** The first field that is wrong, and how. */
export function whyNot(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.join('.') ?? '';
  const message = issue?.message ?? 'makes no sense';
  // Zod speaks to programmers of `undefined`.
  const reason = message.endsWith('received undefined') ? 'is missing' : message.replace(/^Invalid input: /, '');
  return `${field === '' ? 'it' : field}: ${reason}`;
}
