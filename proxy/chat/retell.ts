import type { TurnRow } from '../storage/types.ts';
import { TurnLogs, type TurnLog } from './turn-log.ts';
import type { TurnDeps } from './types.ts';

/** A turn that ended so long ago that its events are forgotten: its answer, told again from what was kept. */
export async function retell(deps: TurnDeps, turn: TurnRow): Promise<TurnLog> {
  const logs = new TurnLogs({ commit: () => undefined, onFailure: () => undefined });
  const log = logs.open(turn.id);
  const ids = { thread_id: turn.threadId, message_id: turn.assistantMessageId };
  log.append({ type: 'thread_id', turn_id: turn.id, ...ids });
  const message = await deps.storage.message(turn.assistantMessageId);
  for (const part of message?.parts ?? []) {
    if (part.type === 'text') {
      log.append(part);
    } else if (part.type === 'notice') {
      const contact = part.code === 'contact' && deps.shops.bySlug(turn.shop)?.contact;
      log.append({ ...part, ...(contact && { contact }) });
    } else {
      const { ids: productIds, ...heading } = part;
      const products = await deps.catalog.byIds(turn.shop, productIds);
      log.append({ ...heading, data: products.map((product) => deps.catalog.card(product, turn.locale)) });
    }
  }
  if (message?.error) log.append({ type: 'error', ...message.error });
  log.append({ type: 'done', ...ids, finish: message?.finish ?? 'error' });
  log.close();
  return log;
}
