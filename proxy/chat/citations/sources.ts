import { cleanLine } from '../../clean-text.ts';
import type { Passage } from '../../knowledge/types.ts';
import type { Citation } from '../../protocol/index.ts';
import { quoteOf } from './quote.ts';

/** Passages of one turn; five rounds of searches find fewer. */
const MAX_PASSAGES = 200;
/** The protocol's. */
const MAX_CITATIONS = 99;
const MAX_LINE = 200;

/**
 * The passages that one turn's model has been given, each with a number that stays, and those of them that its answer
 * rests on, numbered in the order in which it first names them.
 */
export class Sources {
  readonly #passages: { passage: Passage; query: string }[] = [];
  /** Numbers of citations by passages' numbers. */
  readonly #cited = new Map<number, number>();
  readonly #new: Citation[] = [];

  /** The number by which the model cites a passage; undefined when it has been given too many. */
  number(passage: Passage, query: string): number | undefined {
    const at = this.#passages.findIndex((one) => one.passage.id === passage.id);
    if (at !== -1) return at + 1;
    return this.#passages.length < MAX_PASSAGES ? this.#passages.push({ passage, query }) : undefined;
  }

  /** What the model has been given to read. */
  get texts(): string[] {
    return this.#passages.map(({ passage: { title, section, text } }) => `${title} ${section} ${text}`);
  }

  /** @returns the number of the citation; undefined for a number that no passage has */
  cite(number: number, said: string): number | undefined {
    const known = this.#cited.get(number);
    const source = this.#passages[number - 1];
    if (known !== undefined || !source || this.#cited.size >= MAX_CITATIONS) return known;
    const place = this.#cited.size + 1;
    this.#cited.set(number, place);
    this.#new.push(citationOf(source.passage, { number: place, said, query: source.query }));
    return place;
  }

  /** Those that were cited since the last time. */
  take(): Citation[] {
    return this.#new.splice(0);
  }

  /** All that was said is void. */
  reset(): void {
    this.#cited.clear();
    this.#new.length = 0;
  }
}

interface Mention {
  number: number;
  said: string;
  query: string;
}

function citationOf({ title, section, text, url }: Passage, { number, said, query }: Mention): Citation {
  const heading = cleanLine(section, MAX_LINE);
  const quote = quoteOf(text, said, query);
  return {
    number,
    title: cleanLine(title, MAX_LINE),
    ...(heading !== '' && { section: heading }),
    ...(quote !== '' && { quote }),
    ...(url !== undefined && isWeb(url) && { url }),
  };
}

/** A document may be uploaded with any address; a path is one of the shop's own pages. */
function isWeb(url: string): boolean {
  return /^\/(?![/\\])/.test(url) || /^https?:$/.test(URL.parse(url)?.protocol ?? '');
}
