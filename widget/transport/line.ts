import type { Clock } from './clock.ts';
import type { Arrival, Cursor } from './cursor.ts';
import type { WatchPage } from './page-life.ts';
import { isLostLine, TransportError } from './types.ts';

/** A line that is silent for longer when the page wakes up is not trusted. The proxy pings every 15 s. */
export const SILENCE_MS = 20_000;

/** One connection: brings what comes after the cursor, and ends or rejects whenever it likes. */
export type Line = (cursor: Cursor, signal: AbortSignal) => AsyncIterable<Arrival>;

export interface ReconnectOptions {
  clock: Clock;
  watch: WatchPage | undefined;
  /** From 0 to 1. */
  random: () => number;
  /** Where the proxy is, and the shop's slug there: for who looks into the console. */
  base: string;
  shop: string;
}

/** How long it goes on without a sign of life, and how far apart its attempts get, in milliseconds. */
export interface Patience {
  budgetMs: number;
  capMs: number;
}

/** What an arrival tells that is new. */
export function eventOf(arrival: Arrival, cursor: Cursor): ReturnType<Cursor['accept']> {
  return arrival.type === 'event' ? cursor.accept(arrival.id, arrival.event) : null;
}

export function isLast(event: ReturnType<Cursor['accept']>): boolean {
  return event?.type === 'done' || event?.type === 'gap';
}

/** The line ended by itself. */
export function tooEarly(): TransportError {
  return new TransportError('interrupted', 'The answer has no end.', { retryable: true });
}

/** @throws what is no loss of the line, or is the shopper's own wish */
export function lossOf(error: unknown, signal: AbortSignal): TransportError {
  signal.throwIfAborted();
  if (!isLostLine(error)) throw error;
  return error;
}
