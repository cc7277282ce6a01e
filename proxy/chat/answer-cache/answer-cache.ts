import { LRUCache } from 'lru-cache';
import type { StoredPart } from '../../storage/types.ts';
import { Flight } from './flight.ts';

export interface AnswerCacheOptions {
  now: () => number;
  maxAnswers?: number;
  /** Bytes of all answers together, about. */
  maxSize?: number;
  /** Who has had which answer is remembered for so many of both together. */
  maxTold?: number;
  /** How long somebody who asked the same waits for the next word of an answer under way. */
  patienceMs?: number;
}

/** Since the start. */
export interface AnswerCacheFigures {
  /** Questions that a kept answer answered. */
  hits: number;
  /** Questions that were asked of a model though their answer could have been shared. */
  misses: number;
  /** Questions that were answered by an answer under way. */
  joins: number;
  answers: number;
  bytes: number;
}

/** Beyond this an answer is no answer to a first question. */
const MAX_ANSWER_SIZE = 64 * 1024;

/**
 * Answers to first questions, for others who ask the same: in memory only, bounded in number and size, and each for a
 * while. The keys say what must be the same (cached-turn.ts); nothing of the question itself is kept.
 */
export class AnswerCache {
  readonly patienceMs: number;
  /** JSON, which nobody who reads it can change for the next one. */
  readonly #answers: LRUCache<string, string>;
  readonly #told: LRUCache<string, true>;
  /** At most one for each turn that runs. */
  readonly #flights = new Map<string, Flight>();
  readonly #counts = { hits: 0, misses: 0, joins: 0 };
  #generation = 0;

  constructor({
    now,
    maxAnswers = 5_000,
    maxSize = 20 * 1024 * 1024,
    maxTold = 20_000,
    patienceMs = 20_000,
  }: AnswerCacheOptions) {
    this.patienceMs = patienceMs;
    const clock = { perf: { now }, ttlResolution: 0 };
    this.#answers = new LRUCache({
      ...clock,
      max: maxAnswers,
      maxSize,
      maxEntrySize: Math.min(MAX_ANSWER_SIZE, maxSize),
      sizeCalculation: sizeOf,
    });
    this.#told = new LRUCache({ ...clock, max: maxTold });
  }

  /**
   * Notes that a visitor asks this. Who asks again wants another answer, whether they had ours or the model's.
   * @returns whether they asked it before, as far as that is remembered
   */
  asksAgain(question: string, visitorId: string, ttlMs: number): boolean {
    const asked = `${question} ${visitorId}`;
    const again = this.#told.has(asked);
    this.#told.set(asked, true, { ttl: ttlMs });
    return again;
  }

  /** The parts of an answer as they were stored. */
  kept(key: string): StoredPart[] | undefined {
    const parts = this.#answers.get(key);
    return parts === undefined ? undefined : (JSON.parse(parts) as StoredPart[]);
  }

  drop(key: string): void {
    this.#answers.delete(key);
  }

  /** The answer to this that is under way. */
  underWay(key: string): Flight | undefined {
    return this.#flights.get(key);
  }

  /**
   * Begins an answer, which others may follow unless another one to the same question is under way already. It has to be
   * ended, whole or with nothing; what is said after that changes nothing.
   * What must not be kept may still be told to its end to those who follow it.
   */
  begin(
    key: string,
    ttlMs: number,
  ): { flight: Flight; end(parts: readonly StoredPart[] | null, options?: { keep: boolean }): void } {
    const flight = new Flight();
    const generation = this.#generation;
    if (!this.#flights.has(key)) this.#flights.set(key, flight);
    return {
      flight,
      end: (parts, { keep } = { keep: true }) => {
        if (flight.isOver) return;
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
        flight.end(parts !== null);
        if (parts && keep && generation === this.#generation)
          this.#answers.set(key, JSON.stringify(parts), { ttl: ttlMs });
      },
    };
  }

  count(what: 'hits' | 'misses' | 'joins'): void {
    this.#counts[what]++;
  }

  /** Forgets every answer, and those under way when they are there: shops have changed. */
  clear(): void {
    this.#generation++;
    this.#answers.clear();
    this.#told.clear();
  }

  figures(): AnswerCacheFigures {
    return { ...this.#counts, answers: this.#answers.size, bytes: this.#answers.calculatedSize };
  }
}

/** Two bytes a character, and what an entry costs beside its text. */
function sizeOf(parts: string): number {
  return 2 * parts.length + 300;
}
