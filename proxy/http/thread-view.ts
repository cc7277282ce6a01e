import type { Catalog } from '../catalog/types.ts';
import { LiveCards } from '../chat/live-cards.ts';
import { contactNow } from '../opening-hours.ts';
import type { PageContext, Thread, ThreadMessage, ThreadSummary } from '../protocol/index.ts';
import type { Shop } from '../shops/types.ts';
import type { MessageRow, Storage, StoredPage, ThreadRow } from '../storage/types.ts';

/** The most that a shop may let a thread hold (shops/schema.ts); what lowered limits leave behind is shown as well. */
const MAX_MESSAGES = 1_000;

export function summaryOf({ id, title, updatedAt }: ThreadRow): ThreadSummary {
  return { thread_id: id, title, updated_at: new Date(updatedAt).toISOString() };
}

export interface ViewDeps {
  storage: Storage;
  catalog: Catalog;
  now: () => number;
}

/** All that is kept, also what a shopper doesn't see in a thread any more: for what they take away with them. */
export interface ViewOptions {
  whole?: boolean;
}

/** A thread as its owner reads it: cards, prices and the shop's contact as they are today. */
export async function viewThread(
  { storage, catalog, now }: ViewDeps,
  shop: Shop,
  row: ThreadRow,
  locale: string,
  { whole = false }: ViewOptions = {},
): Promise<Omit<Thread, 'active_turn_id'>> {
  const rows = await storage.messages(row.id, MAX_MESSAGES, { withReplaced: whole });
  const parts = rows.flatMap(({ parts }) => parts);
  const today = { slug: shop.slug, contact: contactNow(shop, now()) };
  const cards = await LiveCards.of(parts, { catalog, shop: today, locale });
  return {
    ...summaryOf(row),
    // The answer that is being written has nothing to show yet; it comes over the turn's own stream.
    messages: rows
      .filter((message) => message.role === 'user' || message.finish !== null)
      .map((message) => ({
        ...viewMessage(message, cards, message === rows.at(-1)),
        ...(whole && onlyKept(message)),
      })),
  };
}

/** What might have been asked next is of use under the newest message only. */
function viewMessage(row: MessageRow, cards: LiveCards, isNewest: boolean): ThreadMessage {
  return {
    message_id: row.id,
    role: row.role,
    parts: row.parts.filter(({ type }) => isNewest || type !== 'suggestions').map((part) => cards.view(part)),
    created_at: new Date(row.createdAt).toISOString(),
    ...(row.clientMessageId !== null && { client_message_id: row.clientMessageId }),
    ...(row.finish !== null && { finish: row.finish }),
    ...(row.error !== null && { error: row.error }),
    ...(row.feedback !== null && { feedback: row.feedback }),
  };
}

function onlyKept({ replaced, page }: MessageRow): Pick<ThreadMessage, 'replaced' | 'context'> {
  return { ...(replaced && { replaced }), ...(page !== null && { context: contextOf(page) }) };
}

/** Without our ids. */
function contextOf({ products, ...page }: StoredPage): PageContext {
  return { ...page, ...(products && { products: products.map(({ id: _, ...product }) => product) }) };
}
