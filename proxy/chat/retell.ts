import { contactNow } from '../opening-hours.ts';
import type { TurnRow } from '../storage/types.ts';
import { LiveCards } from './live-cards.ts';
import { TurnLogs, type TurnLog } from './turn-log.ts';
import type { TurnDeps } from './types.ts';

/** A turn that ended so long ago that its events are forgotten: its answer, told again from what was kept. */
export async function retell(deps: TurnDeps, turn: TurnRow): Promise<TurnLog> {
  const logs = new TurnLogs({ commit: () => undefined, onFailure: () => undefined });
  const log = logs.open(turn.id);
  const ids = { thread_id: turn.threadId, message_id: turn.assistantMessageId };
  log.append({ type: 'thread_id', turn_id: turn.id, ...ids });
  const message = await deps.storage.message(turn.assistantMessageId);
  const parts = message?.parts ?? [];
  const known = deps.shops.bySlug(turn.shop);
  const shop = { slug: turn.shop, contact: known ? contactNow(known, deps.now()) : null };
  const cards = await LiveCards.of(parts, { catalog: deps.catalog, shop, locale: turn.locale });
  for (const part of parts) log.append(cards.view(part));
  if (message?.error) log.append({ type: 'error', ...message.error });
  log.append({ type: 'done', ...ids, finish: message?.finish ?? 'error' });
  log.close();
  return log;
}
