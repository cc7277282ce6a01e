import type { z } from 'zod';
import { type AskShopify, ShopifyRefusal } from './shopify-client.ts';
import { productPage } from './shopify-product.ts';
import { SourceError } from './source-error.ts';

type Node = z.infer<typeof productPage>['products']['nodes'][number];

export interface Pages {
  /** Asks in smaller and smaller portions while Shopify says that it costs too much. */
  ask(query: string, variables: Record<string, unknown>, signal: AbortSignal): Promise<unknown>;
  /** Products in the order of a date, page after page; some twice. */
  nodes(
    query: string,
    window: { field: 'createdAt' | 'updatedAt'; since?: string },
    signal: AbortSignal,
  ): AsyncGenerator<Node>;
}

/** Shopify pages 25,000 deep and no deeper; before that a new window begins where the old one ended. */
const WINDOW = 20_000;
const KEYS = {
  createdAt: { sortKey: 'CREATED_AT', filter: 'created_at' },
  updatedAt: { sortKey: 'UPDATED_AT', filter: 'updated_at' },
} as const;

/** Pages of a shop; how much fits into one is learnt from Shopify's answers, and kept. */
export function createShopifyPages(ask: AskShopify, market: Record<string, string | null>): Pages {
  const size = { first: 250, variants: 50, images: 10, tags: true };
  return { ask: askFitting, nodes };

  async function askFitting(query: string, variables: Record<string, unknown>, signal: AbortSignal): Promise<unknown> {
    for (;;) {
      const fitting = {
        ...variables,
        ...market,
        ...size,
        variants: Math.min(Number(variables['variants'] ?? 250), size.variants),
      };
      try {
        return await ask(query, onlyUsed(query, fitting), signal);
      } catch (error) {
        if (!(error instanceof ShopifyRefusal)) throw error;
        if (error.kind === 'no_tags' && size.tags) size.tags = false;
        else if (error.kind !== 'too_costly' || !shrink())
          throw new SourceError('Shopify finds even the smallest question too costly.');
      }
    }
  }

  /** Products are halved first: another page of these is cheaper than a question per product for its variants. */
  function shrink(): boolean {
    if (size.first > 10) size.first = Math.floor(size.first / 2);
    else if (size.variants > 10) size.variants = Math.floor(size.variants / 2);
    else if (size.images > 1) size.images = Math.floor(size.images / 2);
    else if (size.first > 1) size.first = Math.floor(size.first / 2);
    else if (size.variants > 1) size.variants = Math.floor(size.variants / 2);
    else return false;
    return true;
  }

  async function* nodes(
    query: string,
    { field, since }: { field: keyof typeof KEYS; since?: string },
    signal: AbortSignal,
  ): AsyncGenerator<Node> {
    const { sortKey, filter } = KEYS[field];
    let from = since;
    let after: string | null = null;
    let read = 0;
    let last = from;
    for (;;) {
      const search = from === undefined ? null : `${filter}:>='${from}'`;
      const { pageInfo, nodes } = pageOf(await askFitting(query, { after, query: search, sortKey }, signal));
      for (const node of nodes) {
        last = node[field];
        yield node;
      }
      read += nodes.length;
      if (!pageInfo.hasNextPage) return;
      if (nodes.length === 0 || pageInfo.endCursor === null)
        throw new SourceError('Shopify promises more products but gives none.');
      after = pageInfo.endCursor;
      if (read < WINDOW) continue;
      if (last === from)
        throw new SourceError(`More than ${WINDOW} products have the same date; Shopify can't page through them.`);
      from = last;
      after = null;
      read = 0;
    }
  }
}

function pageOf(data: unknown): z.infer<typeof productPage>['products'] {
  const parsed = productPage.safeParse(data);
  if (parsed.success) return parsed.data.products;
  const [issue] = parsed.error.issues;
  throw new SourceError(`Shopify's answer is not what was asked for (${issue?.path.join('.')}: ${issue?.message}).`);
}

/** GraphQL refuses a variable that the query doesn't declare. */
function onlyUsed(query: string, variables: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => query.includes(`$${name}:`)));
}
