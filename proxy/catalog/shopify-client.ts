import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { SourceError } from './source-error.ts';
import type { WebAnswer, WebRequest } from './web.ts';

export const API_VERSION = '2026-10';

export interface ShopifyClientOptions {
  /** `my-shop.myshopify.com`, or a URL. */
  shop: string;
  request: WebRequest;
  /** None: what a shop shows to anyone. A private one is for servers, a public one for pages; both read the same. */
  token?: { public: string } | { private: string };
  /** Waits between tries; a test's own doesn't wait. */
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** What an answer says of itself besides data. */
export class ShopifyRefusal extends Error {
  override readonly name = 'ShopifyRefusal';
  readonly kind: 'too_costly' | 'no_tags';

  constructor(kind: ShopifyRefusal['kind']) {
    super(kind);
    this.kind = kind;
  }
}

export type AskShopify = (query: string, variables: Record<string, unknown>, signal: AbortSignal) => Promise<unknown>;

/** A page of 250 products with long descriptions is about 5 MB. */
const MAX_ANSWER = 32 * 1024 ** 2;
const TRIES = 6;
const LONGEST_WAIT_MS = 60_000;

const answer = z.object({
  data: z.unknown().optional(),
  errors: z
    .union([
      z.string().transform((message) => [{ message, path: [], extensions: { code: '' } }]),
      z.array(
        z.object({
          message: z.string().catch('an error without words'),
          path: z.array(z.union([z.string(), z.number()])).catch([]),
          extensions: z.object({ code: z.string().catch('') }).catch({ code: '' }),
        }),
      ),
    ])
    .optional(),
});

/**
 * Asks Shopify's Storefront API. Throttling (429, 430, `THROTTLED`) and hiccups (5xx) are waited for, at most a minute
 * at a time and five times.
 * @returns a function that gives `data`; it throws ShopifyRefusal for what another question may mend, else SourceError
 */
export function createShopifyClient({
  shop,
  request,
  token,
  wait = (ms, signal) => sleep(ms, undefined, { signal }),
}: ShopifyClientOptions): AskShopify {
  const origin = originOf(shop);
  const headers = { 'content-type': 'application/json', accept: 'application/json', ...authOf(token) };

  return async function askShopify(query, variables, signal) {
    const body = JSON.stringify({ query, variables });
    for (let tries = 1; ; tries++) {
      const outcome = await once(body, signal);
      if (!('retryAfterMs' in outcome)) return outcome.data;
      const retryAfterMs = outcome.retryAfterMs ?? 1_000 * 2 ** (tries - 1);
      if (tries === TRIES || retryAfterMs > LONGEST_WAIT_MS) throw new SourceError(outcome.reason, { retryAfterMs });
      await wait(retryAfterMs, signal);
      signal.throwIfAborted();
    }
  };

  async function once(body: string, signal: AbortSignal) {
    let got: WebAnswer;
    let text: string;
    try {
      const url = `${origin}/api/${API_VERSION}/graphql.json`;
      got = await request(url, { method: 'POST', headers, body, signal, maxBytes: MAX_ANSWER, timeoutMs: 60_000 });
      text = await got.text();
    } catch {
      signal.throwIfAborted();
      // What went wrong may name the headers, and with them the token; so it isn't passed on.
      return { retryAfterMs: undefined, reason: `${origin} can't be reached.` };
    }
    const later = { retryAfterMs: retryAfter(got.headers), reason: `${origin} is too busy to answer (${got.status}).` };
    if ([429, 430, 500, 502, 503, 504].includes(got.status)) return later;
    if (got.status !== 200) throw new SourceError(refusalOf(origin, got.status));
    const parsed = answer.safeParse(jsonOf(text));
    if (!parsed.success) throw new SourceError(`${origin} answered no JSON. Is it the address of a Shopify shop?`);
    const { data, errors = [] } = parsed.data;
    if (errors.some(({ extensions }) => extensions.code === 'THROTTLED')) return later;
    if (errors.length > 0) throw failureOf(origin, errors);
    return { data };
  }
}

type Errors = NonNullable<z.infer<typeof answer>['errors']>;

function failureOf(origin: string, errors: Errors): Error {
  if (errors.some(({ extensions }) => /COST_EXCEEDED|COMPLEXITY_EXCEEDED/.test(extensions.code)))
    return new ShopifyRefusal('too_costly');
  const denied = errors.filter(({ extensions }) => extensions.code === 'ACCESS_DENIED');
  if (denied.length === errors.length && denied.every(({ path }) => path.at(-1) === 'tags'))
    return new ShopifyRefusal('no_tags');
  const said = errors[0]!.message.replace(/\s+/g, ' ').slice(0, 200);
  return new SourceError(`${origin} refused the question: ${said}`);
}

function refusalOf(origin: string, status: number): string {
  if (status === 401 || status === 403)
    return `${origin} refuses the Storefront token. Make a new one in the app's settings.`;
  if (status === 402 || status === 423) return `${origin} is closed by Shopify (${status}).`;
  if (status === 404) return `${origin} has no Storefront API ${API_VERSION}. Is it the address of a Shopify shop?`;
  return `${origin} answered ${status}.`;
}

function retryAfter(headers: Headers): number | undefined {
  const seconds = headers.get('retry-after') ?? '';
  return /^\d{1,6}(\.\d+)?$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function authOf(token: ShopifyClientOptions['token']): Record<string, string> {
  if (token === undefined) return {};
  return 'public' in token
    ? { 'x-shopify-storefront-access-token': token.public }
    : { 'shopify-storefront-private-token': token.private };
}

function originOf(shop: string): string {
  const url = /^https?:\/\//.test(shop) ? shop : `https://${shop}`;
  if (!URL.canParse(url)) throw new SourceError('The address of the Shopify shop is no URL.');
  return new URL(url).origin;
}
