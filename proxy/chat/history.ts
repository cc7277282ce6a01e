import { cleanLine } from '../clean-text.ts';
import type { StoredProduct } from '../catalog/types.ts';
import type { ModelItem } from '../models/types.ts';
import type { LastingNoticeCode } from '../protocol/index.ts';
import type { MessageRow, StoredPart, TurnRow } from '../storage/types.ts';
import { fence } from './fence.ts';
import { outcomeFacts } from './known.ts';
import { productIdsIn } from './live-cards.ts';
import type { TurnDeps } from './types.ts';

const TOLD: Record<LastingNoticeCode, string> = {
  off_topic: 'The shopper was told that this assistant only helps with this shop.',
  search_only: 'The shopper was told that only search results can be shown at the moment.',
  contact: 'The shopper was told how to reach the people of the shop.',
};

/** The thread up to now. */
export interface History {
  messages: readonly MessageRow[];
  /** What was on show in it and is still sold, as of today. */
  products: readonly StoredProduct[];
  /** As the model reads it. */
  items: ModelItem[];
}

export async function loadHistory({ storage, catalog, limits }: TurnDeps, turn: TurnRow): Promise<History> {
  const messages = await storage.messages(turn.threadId, limits.historyMessages);
  const products = await catalog.byIds(turn.shop, productIdsIn(messages.flatMap(({ parts }) => parts)));
  const items = historyItems(messages, new Map(products.map((product) => [product.id, product.title])));
  return { messages, products, items };
}

/**
 * Who said what, and which products were on show. Tool calls of earlier turns are not replayed; ids are enough to show or
 * compare those products again.
 */
export function historyItems(messages: readonly MessageRow[], titles: ReadonlyMap<number, string>): ModelItem[] {
  const items: ModelItem[] = [];
  for (const message of messages) {
    const text = message.parts
      .map((part) => asText(part, titles))
      .concat(message.finish === 'cancelled' ? ['[The shopper stopped this answer here.]'] : [])
      .join('\n\n');
    if (text !== '') items.push({ type: 'message', role: message.role, text });
  }
  return items;
}

function asText(part: StoredPart, titles: ReadonlyMap<number, string>): string {
  switch (part.type) {
    case 'text':
      return part.content;
    case 'products':
      return `[Shown to the shopper: ${fence(part.ids.map((id) => nameOf(id, titles)))}]`;
    case 'comparison':
      return `[Shown to the shopper side by side: ${fence(part.ids.map((id) => nameOf(id, titles)))}]`;
    case 'cart': {
      const outcome = outcomeFacts(part.outcome);
      if (!part.added) return `[Looked into the shopper's cart: ${fence(outcome)}]`;
      const { productId, variantId, quantity } = part.added;
      const asked = { product: nameOf(productId, titles), variant_id: variantId, quantity };
      return `[Asked the shopper's page to add to the cart: ${fence({ ...asked, outcome })}]`;
    }
    case 'notice':
      return `[${TOLD[part.code]}]`;
  }
}

function nameOf(id: number, titles: ReadonlyMap<number, string>): string {
  return `${id} ${cleanLine(titles.get(id) ?? '(no longer sold)', 120)}`;
}

/** Half of the history, the newer one, beginning with something the shopper said. */
export function trimHistory(items: readonly ModelItem[]): ModelItem[] {
  const rest = items.slice(Math.ceil(items.length / 2));
  const first = rest.findIndex((item) => item.type === 'message' && item.role === 'user');
  return first === -1 ? items.slice(-1) : rest.slice(first);
}
