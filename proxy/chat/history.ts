import { cleanLine } from '../clean-text.ts';
import type { ModelItem } from '../models/types.ts';
import type { NoticeCode } from '../protocol/index.ts';
import type { MessageRow, StoredPart, TurnRow } from '../storage/types.ts';
import { fence } from './fence.ts';
import type { TurnDeps } from './types.ts';

const TOLD: Record<NoticeCode, string> = {
  off_topic: 'The shopper was told that this assistant only helps with this shop.',
  search_only: 'The shopper was told that only search results can be shown at the moment.',
  contact: 'The shopper was told how to reach the people of the shop.',
};

/** The thread up to now, as the model reads it. */
export async function loadHistory({ storage, catalog, limits }: TurnDeps, turn: TurnRow): Promise<ModelItem[]> {
  const messages = await storage.messages(turn.threadId, limits.historyMessages);
  const shown = new Set(
    messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'products' ? part.ids : []))),
  );
  const products = await catalog.byIds(turn.shop, [...shown]);
  return historyItems(messages, new Map(products.map((product) => [product.id, product.title])));
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
    case 'products': {
      const shown = part.ids.map((id) => `${id} ${cleanLine(titles.get(id) ?? '(no longer sold)', 120)}`);
      return `[Shown to the shopper: ${fence(shown)}]`;
    }
    case 'notice':
      return `[${TOLD[part.code]}]`;
  }
}

/** Half of the history, the newer one, beginning with something the shopper said. */
export function trimHistory(items: readonly ModelItem[]): ModelItem[] {
  const rest = items.slice(Math.ceil(items.length / 2));
  const first = rest.findIndex((item) => item.type === 'message' && item.role === 'user');
  return first === -1 ? items.slice(-1) : rest.slice(first);
}
