import { contactNow } from '../opening-hours.ts';
import type { ChatEvent, Finish } from '../protocol/index.ts';
import type { Shop } from '../shops/types.ts';
import type { MessageRow } from '../storage/types.ts';
import type { Answer } from './answer.ts';
import { isOffTopic } from './topic-guard.ts';
import type { AskedTurn, TurnDeps } from './types.ts';

/** Cards that a search without a model shows. */
const MAX_CARDS = 6;

/** The answer to what is obviously not the shop's business; null when a model shall say. Costs no model call. */
export async function decline({ storage, catalog }: TurnDeps, { shop, turn }: AskedTurn): Promise<ChatEvent[] | null> {
  if (!shop.topicGuard) return null;
  const question = textOf(await storage.message(turn.userMessageId));
  return (await isOffTopic(question, shop, catalog)) ? [{ type: 'notice', code: 'off_topic' }] : null;
}

/**
 * The answer that the shop chose for when it can pay no model: the first of its steps that has one; null when none has. A
 * search finds something for most questions and the right thing for some, so where people are the step after it, they
 * stand below its cards.
 */
export async function degrade(deps: TurnDeps, { shop, turn }: AskedTurn): Promise<ChatEvent[] | null> {
  const { whenSpent } = shop.limits;
  for (const [index, step] of whenSpent.entries()) {
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
          ...(whenSpent.includes('contact', index) ? people(shop, deps.now()) : []),
        ];
      }
    } else if (step === 'contact' && shop.contact) {
      return people(shop, deps.now());
    }
  }
  return null;
}

function people(shop: Shop, now: number): ChatEvent[] {
  const contact = contactNow(shop, now);
  return contact ? [{ type: 'notice', code: 'contact', contact }] : [];
}

/** Says it in place of what a model would have said. */
export function* saying(answer: Answer, events: readonly ChatEvent[]): Generator<ChatEvent, Finish> {
  for (const event of events) answer.add(event);
  yield* events;
  return 'stop';
}

function textOf(message: MessageRow | undefined): string {
  return (message?.parts ?? []).map((part) => (part.type === 'text' ? part.content : '')).join(' ');
}
