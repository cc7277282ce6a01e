import { ChatError } from '../errors.ts';
import type { BegunTurn, TurnRow } from '../storage/types.ts';
import { publicQuestion } from './answer-cache/public-question.ts';
import { mask } from './mask.ts';
import { readPage } from './page-context.ts';
import type { AskedTurn, StartTurn, TurnDeps } from './types.ts';

/** What a turn is told of its question beside the row; absent when it is begun again after a crash: the question may be what caused it, and the page may be another. */
export type Asked = Pick<AskedTurn, 'publicQuestion' | 'pageTools'> & { requestId?: string; hasPage?: boolean };

export type Beginning =
  | { outcome: 'started'; turn: TurnRow; asked: Asked }
  /** The same message again: the turn that it made. */
  | { outcome: 'repeated'; turn: TurnRow };

/**
 * Takes out of a question what the shop masks, and writes it down as a new turn. `makeRoom` is told of a turn that stands
 * in the way, and says whether it is gone now.
 * @throws ChatError `thread_not_found`, `turn_active`, `not_last_message`, `too_many_threads`, `thread_full`
 */
export async function beginTurn(
  { storage, catalog, now }: Pick<TurnDeps, 'storage' | 'catalog' | 'now'>,
  { shop, hasPage = true, identified = true, context, requestId, pageTools: offered = [], ...input }: StartTurn,
  makeRoom: (busy: TurnRow) => Promise<boolean>,
): Promise<Beginning> {
  const { mask: masks } = shop.privacy;
  const question = {
    ...input,
    text: await mask(input.text, masks, input.locale),
    page:
      context && shop.pageContext
        ? await readPage(context, { shop: shop.slug, locale: input.locale, masks, catalog })
        : null,
    shop: shop.slug,
    maxThreads: shop.limits.threadsPerVisitor,
    maxMessages: shop.limits.messagesPerThread,
    now: now(),
  };
  let begun = await storage.beginTurn(question);
  if (begun.outcome === 'busy' && (await makeRoom(begun.turn))) begun = await storage.beginTurn(question);
  if (begun.outcome === 'repeated') return begun;
  if (begun.outcome !== 'started') throw refusal(begun.outcome);
  const pageTools = hasPage && shop.pageTools ? offered : [];
  const shared = publicQuestion({
    asWritten: input.text,
    hasPage: question.page !== null || pageTools.length > 0,
    isFirst: input.threadId === null,
    // What a draft makes of a question is nobody's answer.
    identified: identified || input.own === true,
    text: question.text,
  });
  const asked: Asked = {
    hasPage,
    pageTools,
    ...(requestId !== undefined && { requestId }),
    ...(shared !== null && { publicQuestion: shared }),
  };
  return { outcome: 'started', turn: begun.turn, asked };
}

function refusal(outcome: Exclude<BegunTurn['outcome'], 'started' | 'repeated'>): ChatError {
  switch (outcome) {
    case 'busy':
      return new ChatError('turn_active', 'An answer is still under way in this thread. Stop it or wait for it.', {
        retryAfterMs: 1_000,
      });
    case 'no_thread':
      return new ChatError('thread_not_found', 'There is no such thread.');
    case 'not_last':
      return new ChatError('not_last_message', 'The question to replace is not the last one of its thread.');
    case 'too_many_threads':
      return new ChatError(
        'too_many_threads',
        'This visitor keeps as many threads as the shop allows. Delete one first.',
      );
    case 'thread_full':
      return new ChatError('thread_full', 'This thread is as long as the shop allows. Begin a new one.');
  }
}
