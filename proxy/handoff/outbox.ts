/**
 * Takes the messages that wait in the database to the people of their shops. A message counts as delivered once that is
 * written down, so a crash in between means that it goes out twice, never that it is lost.
 */
import type { ContactDelivery, Shop, Shops } from '../shops/types.ts';
import type { ContactMessageRow, Storage } from '../storage/types.ts';
import { cleanLine } from '../clean-text.ts';
import { HandoffError } from './handoff-error.ts';
import { nextTryOf } from './retry-delay.ts';
import { transcriptOf } from './transcript.ts';
import type { Courier, Letter, Outbox } from './types.ts';

/** Shops that are delivered to at once, one message each. */
const MAX_LANES = 8;
/** How often those are looked for whose time has come. */
const EVERY_MS = 5_000;
const MAX_TRANSCRIPT_MESSAGES = 200;
const MAX_ERROR = 300;

type End = Parameters<Storage['triedContactMessage']>[1];
type Fields = Record<string, unknown>;

export interface OutboxOptions {
  storage: Pick<Storage, 'dueContactMessages' | 'triedContactMessage' | 'messages'>;
  shops: Pick<Shops, 'bySlug'>;
  /** Who carries a shop's letters, as its settings are now. */
  courierFor: (delivery: ContactDelivery) => Courier;
  log: Record<'info' | 'warn' | 'error', (fields: Fields, message: string) => void>;
  everyMs?: number;
  now?: () => number;
}

export function startOutbox(options: OutboxOptions): Outbox {
  const { storage, shops, courierFor, log, everyMs = EVERY_MS, now = Date.now } = options;
  const stop = new AbortController();
  /** By shop: so that one whose mail server is slow keeps no other waiting. */
  const lanes = new Map<string, Promise<void>>();
  /** By shop, how a try ended that could not be written down: to be written, not tried, when its turn comes again. */
  const unwritten = new Map<string, { id: string; end: End }>();
  /** Shops take turns, or those whose receivers hang would have every lane for as long as they have messages. */
  let served = '';
  let looking = false;
  let lookAgain = false;

  async function look(): Promise<void> {
    lookAgain = true;
    if (looking) return;
    looking = true;
    try {
      while (lookAgain && !stop.signal.aborted) {
        lookAgain = false;
        // Those under way are still due, and may stand first.
        const due = await storage.dueContactMessages(now(), { limit: lanes.size + MAX_LANES, after: served });
        for (const row of due) {
          if (stop.signal.aborted || lanes.has(row.shop) || lanes.size >= MAX_LANES) continue;
          served = row.shop;
          lanes.set(row.shop, run(row));
        }
      }
    } catch (error) {
      log.error({ err: error }, 'messages to shops could not be looked up');
    } finally {
      looking = false;
    }
  }

  async function run(row: ContactMessageRow): Promise<void> {
    let written = false;
    try {
      const before = unwritten.get(row.shop);
      const end = before?.id === row.id ? before.end : await attempt(row);
      if (!end) return;
      unwritten.set(row.shop, { id: row.id, end });
      await storage.triedContactMessage(row.id, end);
      unwritten.delete(row.shop);
      written = true;
    } catch (error) {
      log.error({ err: error, contactMessage: row.id }, 'how a delivery ended could not be written down');
    } finally {
      lanes.delete(row.shop);
      // Else it is still due: the timer comes back to it, and nothing turns in a circle.
      if (written) void look();
    }
  }

  /** @returns undefined when it was broken off, and counts as not tried */
  async function attempt(row: ContactMessageRow): Promise<End | undefined> {
    const { id, createdAt } = row;
    const tries = row.tries + 1;
    const shop = shops.bySlug(row.shop);
    try {
      if (!shop) throw new HandoffError('This proxy serves the shop no longer.');
      const delivery = shop.contactDelivery;
      // The owner wants them nowhere any more.
      if (!delivery) return { delivery: 'kept', tries: row.tries, nextTryAt: null, error: null };
      await courierFor(delivery).deliver(await letterOf(row, shop), stop.signal);
      log.info({ shop: row.shop, contactMessage: id }, 'a message was delivered to the shop');
      return { delivery: 'delivered', tries, nextTryAt: null, error: null };
    } catch (error) {
      if (stop.signal.aborted) return undefined;
      const nextTryAt = nextTryOf(tries, createdAt, now());
      const fields = { shop: row.shop, contactMessage: id, tries, reason: (error as Error).message };
      if (nextTryAt === null) log.error(fields, 'a message could not be delivered to the shop, and is only kept');
      else log.warn(fields, 'a message could not be delivered to the shop yet');
      return { delivery: nextTryAt === null ? 'failed' : 'waiting', tries, nextTryAt, error: describe(error) };
    }
  }

  async function letterOf(row: ContactMessageRow, { slug, name }: Shop): Promise<Letter> {
    const { id, email, text, locale, threadId, createdAt } = row;
    const messages = threadId === null ? [] : await storage.messages(threadId, MAX_TRANSCRIPT_MESSAGES);
    return {
      id,
      shop: { slug, name },
      name: row.name,
      email,
      text,
      locale,
      createdAt: new Date(createdAt).toISOString(),
      transcript: messages.length === 0 ? null : await transcriptOf(messages),
    };
  }

  const timer = setInterval(() => void look(), everyMs).unref();
  void look();
  return {
    wake: () => void look(),
    async close() {
      stop.abort(new Error('The proxy is shutting down.'));
      clearInterval(timer);
      await Promise.all(lanes.values());
    },
  };
}

/** For the owner. */
function describe(error: unknown): string {
  const { message } = error as Error;
  const said = error instanceof HandoffError && error.said !== '' ? ` It said: ${error.said}` : '';
  return cleanLine(message + said, MAX_ERROR);
}
