import type { Shop } from '../../shops/types.ts';
import type { TurnRow } from '../../storage/types.ts';
import { summariseThread } from './summarise-thread.ts';
import type { TurnDeps } from '../types.ts';

export interface SummariesOptions {
  maxAtOnce?: number;
  timeoutMs?: number;
}

export interface Summaries {
  /**
   * Of a thread that seems to be due: looks whether its older part should be put into fewer words, and has it done in the
   * background. Returns at once; whatever fails is logged, and costs nothing but the oldest turns in a later request.
   */
  consider(shop: Shop, turn: TurnRow): void;
  /** Of a thread that is about to be deleted: resolves when nothing is under way for it. */
  stop(threadId: string): Promise<void>;
  /** Breaks off what is under way; nothing begins any more. */
  close(): Promise<void>;
}

interface Writing {
  abort: AbortController;
  ended: Promise<void>;
}

/** One summary a thread at a time, and a few at once; who comes too early is considered again after the next turn. */
export function createSummaries(
  deps: TurnDeps,
  { maxAtOnce = 4, timeoutMs = 60_000 }: SummariesOptions = {},
): Summaries {
  const writing = new Map<string, Writing>();
  let closed = false;

  async function write(shop: Shop, turn: TurnRow, stop: AbortSignal): Promise<void> {
    try {
      await summariseThread(deps, shop, turn, AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]));
    } catch (error) {
      if (stop.aborted) return;
      deps.log.warn({ err: error, shop: shop.slug, thread: turn.threadId }, 'a thread could not be summarised');
    }
  }

  async function end(entries: readonly Writing[]): Promise<void> {
    for (const { abort } of entries) abort.abort();
    await Promise.all(entries.map(({ ended }) => ended));
  }

  return {
    consider(shop, turn) {
      const { threadId } = turn;
      if (closed || writing.has(threadId) || writing.size >= maxAtOnce) return;
      const abort = new AbortController();
      const ended = write(shop, turn, abort.signal).finally(() => writing.delete(threadId));
      writing.set(threadId, { abort, ended });
    },
    async stop(threadId) {
      const entry = writing.get(threadId);
      if (entry) await end([entry]);
    },
    async close() {
      closed = true;
      await end([...writing.values()]);
    },
  };
}
