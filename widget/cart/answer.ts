import type { Money } from '../../proxy/protocol/index.ts';

/** An answer of the shop's; `body` is null if it wasn't JSON. */
export interface Answer {
  status: number;
  ok: boolean;
  headers: Headers;
  body: unknown;
}

/** How a request to the shop is made; `fetch` in a page. */
export type Send = (url: string, init: RequestInit) => Promise<Response>;

/** A shop that takes longer is taken for one that can't be reached. */
const LIMIT_MS = 15_000;

/** A request that got no answer. */
export class NoAnswer extends Error {}

/**
 * Asks the shop whose page this is, as the shopper: with the cookies of this origin, past every cache.
 * @throws the signal's reason when it is aborted; NoAnswer when the line or the time failed
 */
export async function ask(send: Send, url: string, init: RequestInit, signal: AbortSignal): Promise<Answer> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
    const response = await send(url, { credentials: 'same-origin', cache: 'no-store', ...init, signal: limit });
    const text = await response.text();
    return { status: response.status, ok: response.ok, headers: response.headers, body: parsed(text) };
  } catch (cause) {
    signal.throwIfAborted();
    throw new NoAnswer('the shop did not answer', { cause });
  }
}

/** What `act` resolves to, or the outcome that says there was no answer. */
export async function asked<T>(act: () => Promise<T>): Promise<T | { ok: false; code: 'network' }> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof NoAnswer) return { ok: false, code: 'network' };
    throw error;
  }
}

/** Null for what is no JSON: a shop under maintenance answers with a page. Its content type says nothing: Shopify's is JavaScript. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export type Fields = Record<string, unknown>;

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

export function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A number, also one that is written as text; 0 for anything else. */
export function number(value: unknown): number {
  const read = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : 0;
}

/**
 * An amount with `decimals` decimals as Money, which has the currency's own; undefined where there is no such currency.
 */
export function money(amount: unknown, decimals: number, currency: unknown): Money | undefined {
  const code = text(currency);
  if (!/^[A-Z]{3}$/.test(code)) return undefined;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
  const own = format.resolvedOptions().maximumFractionDigits ?? 2;
  return { amount: Math.round(number(amount) * 10 ** (own - decimals)), currency: code };
}
