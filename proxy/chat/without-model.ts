import { contactNow } from '../opening-hours.ts';
import type { ChatEvent } from '../protocol/index.ts';
import type { MessageRow } from '../storage/types.ts';
import { isOffTopic } from './topic-guard.ts';
import type { TurnDeps, TurnInput } from './types.ts';

/** Cards that a search without a model shows. */
const MAX_CARDS = 6;

/** The answer to what is obviously not the shop's business; null when a model shall say. Costs no model call. */
export async function decline({ storage, catalog }: TurnDeps, { shop, turn }: TurnInput): Promise<ChatEvent[] | null> {
  if (!shop.topicGuard) return null;
  const question = textOf(await storage.message(turn.userMessageId));
  return (await isOffTopic(question, shop, catalog)) ? [{ type: 'notice', code: 'off_topic' }] : null;
}

/** The answer that the shop chose for when it can pay no model: the first of its steps that has one; null when none has. */
export async function degrade(deps: TurnDeps, { shop, turn }: TurnInput): Promise<ChatEvent[] | null> {
  for (const step of shop.limits.whenSpent) {
    if (step === 'search') {
      const question = textOf(await deps.storage.message(turn.userMessageId));
      const hits = await deps.catalog.search(shop.slug, { query: question });
      const products = hits.map(({ product }) => deps.catalog.card(product, turn.locale));
      const inStock = products.filter(({ availability }) => availability !== 'out_of_stock');
      const others = products.filter(({ availability }) => availability === 'out_of_stock');
      const data = [...inStock, ...others].slice(0, MAX_CARDS);
      if (data.length > 0) {
        return [
          { type: 'notice', code: 'search_only' },
          { type: 'products', data },
        ];
      }
    } else if (step === 'contact') {
      const contact = contactNow(shop, deps.now());
      if (contact) return [{ type: 'notice', code: 'contact', contact }];
    }
  }
  return null;
}

function textOf(message: MessageRow | undefined): string {
  return (message?.parts ?? []).map((part) => (part.type === 'text' ? part.content : '')).join(' ');
}
