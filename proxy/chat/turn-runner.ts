import { ChatError } from '../errors.ts';
import type { Shop } from '../shops/types.ts';
import type { TurnRow } from '../storage/types.ts';
import { TurnLog } from './turn-log.ts';
import { runTurn } from './turn.ts';
import type { TurnDeps } from './types.ts';

export interface StartTurn {
  shop: Shop;
  visitorId: string;
  /** Null makes a new thread. */
  threadId: string | null;
  clientMessageId: string;
  text: string;
  locale: string;
}

export interface TurnRunner {
  /**
   * Writes the question down and lets the turn run, whoever listens. The same message again joins the turn it made.
   * @throws ChatError `thread_not_found`, `turn_active`, `overloaded`, `shutting_down`
   */
  start(input: StartTurn): Promise<TurnLog>;
  /** Stops a turn; what was said is kept. Does nothing if it has ended. @throws ChatError `turn_not_found` */
  cancel(turnId: string, owner: { shop: string; visitorId: string }): Promise<void>;
  /** The turn that runs in a thread, if any. */
  activeIn(threadId: string): string | null;
  readonly active: number;
  /** Closes the turns that a crash left open, so that their threads can go on. Before the first request. */
  recover(): Promise<number>;
  /** Takes no new turns, gives the running ones `graceMs` to end, then stops them and waits until they are saved. */
  drain(graceMs: number): Promise<void>;
}

interface Running {
  row: TurnRow;
  log: TurnLog;
  stop: AbortController;
  ended: Promise<void>;
}

/**
 * Runs turns detached from the sockets that asked for them: a shopper whose line drops loses nothing, and only Stop,
 * the time limit or a shutdown ends a turn early.
 */
export function createTurnRunner(
  deps: TurnDeps,
  { maxActive, maxTurnMs }: { maxActive: number; maxTurnMs: number },
): TurnRunner {
  const running = new Map<string, Running>();
  let draining = false;

  async function run(entry: Running, shop: Shop): Promise<void> {
    const { row, log, stop } = entry;
    const limit = setTimeout(() => stop.abort(new ChatError('model_timeout', 'The answer took too long.')), maxTurnMs);
    try {
      for await (const event of runTurn(deps, { shop, turn: row }, stop.signal)) log.append(event);
    } catch (error) {
      // The answer could not be saved. The shopper still hears of it; the row stays `running` until the next boot.
      deps.log.error({ err: error, turn: row.id }, 'a turn could not be saved');
      log.append({ type: 'error', code: 'internal', message: 'The answer could not be saved.', retryable: true });
      log.append({ type: 'done', thread_id: row.threadId, message_id: row.assistantMessageId, finish: 'error' });
    } finally {
      clearTimeout(limit);
      running.delete(row.id);
      log.close();
    }
  }

  function launch(row: TurnRow, shop: Shop): TurnLog {
    const entry: Running = { row, log: new TurnLog(row.id), stop: new AbortController(), ended: Promise.resolve() };
    running.set(row.id, entry);
    entry.ended = run(entry, shop);
    return entry.log;
  }

  return {
    async start({ shop, ...input }) {
      if (draining) throw new ChatError('shutting_down', 'The proxy is restarting.', { retryAfterMs: 2_000 });
      if (running.size >= maxActive) {
        throw new ChatError('overloaded', `${maxActive} turns are running already.`, { retryAfterMs: 5_000 });
      }
      const begun = await deps.storage.beginTurn({ ...input, shop: shop.slug, now: deps.now() });
      switch (begun.outcome) {
        case 'started':
          return launch(begun.turn, shop);
        case 'repeated':
          return running.get(begun.turn.id)?.log ?? replay(deps, begun.turn);
        case 'busy':
          throw new ChatError('turn_active', 'An answer is still under way in this thread. Stop it or wait for it.', {
            retryAfterMs: 1_000,
          });
        case 'no_thread':
          throw new ChatError('thread_not_found', 'There is no such thread.');
      }
    },
    async cancel(turnId, owner) {
      const row = running.get(turnId)?.row ?? (await deps.storage.turn(turnId));
      if (row?.shop !== owner.shop || row.visitorId !== owner.visitorId) {
        throw new ChatError('turn_not_found', 'There is no such turn.');
      }
      const entry = running.get(turnId);
      entry?.stop.abort();
      await entry?.ended;
    },
    activeIn(threadId) {
      for (const { row } of running.values()) if (row.threadId === threadId) return row.id;
      return null;
    },
    get active() {
      return running.size;
    },
    async recover() {
      const orphans = await deps.storage.runningTurns();
      for (const turn of orphans) {
        const error = { code: 'model_interrupted', message: 'The proxy was restarted.', retryable: true } as const;
        await deps.storage.finishTurn({ turnId: turn.id, finish: 'error', error, parts: [], now: deps.now() });
      }
      return orphans.length;
    },
    async drain(graceMs) {
      draining = true;
      const ended = Promise.all([...running.values()].map((entry) => entry.ended));
      const grace = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
      await Promise.race([ended, grace]);
      for (const { stop } of running.values()) stop.abort(new ChatError('shutting_down', 'The proxy is restarting.'));
      await ended;
    },
  };
}

/** A turn that ended before: its answer, told again from what was kept. */
async function replay(deps: TurnDeps, turn: TurnRow): Promise<TurnLog> {
  const log = new TurnLog(turn.id);
  const ids = { thread_id: turn.threadId, message_id: turn.assistantMessageId };
  log.append({ type: 'thread_id', turn_id: turn.id, ...ids });
  const message = await deps.storage.message(turn.assistantMessageId);
  for (const part of message?.parts ?? []) {
    if (part.type === 'text') {
      log.append({ type: 'text', content: part.content });
    } else {
      const products = await deps.catalog.byIds(turn.shop, part.ids);
      const { ids: _, ...heading } = part;
      log.append({ ...heading, data: products.map((product) => deps.catalog.card(product, turn.locale)) });
    }
  }
  if (message?.error) log.append({ type: 'error', ...message.error });
  log.append({ type: 'done', ...ids, finish: message?.finish ?? 'error' });
  log.close();
  return log;
}
