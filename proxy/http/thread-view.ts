import type { Catalog } from '../catalog/types.ts';
import type { MessagePart, Product, Thread, ThreadMessage, ThreadSummary } from '../protocol/index.ts';
import type { Shop } from '../shops/types.ts';
import type { MessageRow, Storage, StoredPart, ThreadRow } from '../storage/types.ts';

/** The most that a shop may let a thread hold (shops/schema.ts); what lowered limits leave behind is shown as well. */
const MAX_MESSAGES = 1_000;

export function summaryOf({ id, title, updatedAt }: ThreadRow): ThreadSummary {
  return { thread_id: id, title, updated_at: new Date(updatedAt).toISOString() };
}

export interface ViewDeps {
  storage: Storage;
  catalog: Catalog;
}

/** A thread as its owner reads it: cards, prices and the shop's contact as they are today. */
export async function viewThread(
  { storage, catalog }: ViewDeps,
  shop: Shop,
  row: ThreadRow,
  locale: string,
): Promise<Omit<Thread, 'active_turn_id'>> {
  const rows = await storage.messages(row.id, MAX_MESSAGES);
  const ids = rows.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'products' ? part.ids : [])));
  const products = await catalog.byIds(shop.slug, [...new Set(ids)]);
  const cards = new Map(products.map((product) => [product.id, catalog.card(product, locale)]));
  return {
    ...summaryOf(row),
    // The answer that is being written has nothing to show yet; it comes over the turn's own stream.
    messages: rows
      .filter((message) => message.role === 'user' || message.finish !== null)
      .map((message) => viewMessage(message, shop, cards)),
  };
}

function viewMessage(row: MessageRow, shop: Shop, cards: ReadonlyMap<number, Product>): ThreadMessage {
  return {
    message_id: row.id,
    role: row.role,
    parts: row.parts.map((part) => viewPart(part, shop, cards)),
    created_at: new Date(row.createdAt).toISOString(),
    ...(row.clientMessageId !== null && { client_message_id: row.clientMessageId }),
    ...(row.finish !== null && { finish: row.finish }),
    ...(row.error !== null && { error: row.error }),
  };
}

function viewPart(part: StoredPart, { contact }: Shop, cards: ReadonlyMap<number, Product>): MessagePart {
  switch (part.type) {
    case 'text':
      return part;
    case 'notice':
      return { type: 'notice', code: part.code, ...(part.code === 'contact' && contact && { contact }) };
    case 'products': {
      const { ids, ...heading } = part;
      return { ...heading, data: ids.flatMap((id) => cards.get(id) ?? []) };
    }
  }
}
