import { cleanLine } from '../../clean-text.ts';
import type { Passage } from '../../knowledge/types.ts';
import type { Citation } from '../../protocol/index.ts';
import { fitTo, type PassageWords, passageWords, quoteOf } from './quote.ts';

/** Passages of one turn; five rounds of searches find fewer. */
const MAX_PASSAGES = 200;
/** The protocol's. */
const MAX_CITATIONS = 99;
const MAX_LINE = 200;
/** Passages of one document that are compared with what was said, the best found first: up to 1 ms each, while others stream. */
const MAX_FITS = 12;

/**
 * The passages that one turn's model has been given, each with a number that stays, and those of them that its answer
 * rests on, numbered in the order in which it first names them.
 */
export class Sources {
  readonly #passages: Source[] = [];
  /** Numbers of citations by passages' numbers. */
  readonly #cited = new Map<number, number>();
  readonly #new: Citation[] = [];
  /** By document, of what was said last: several files may be cited for one statement, and one several times. */
  readonly #fitting = new Map<string, { said: string; number: number }>();

  /** The number by which the model cites a passage; undefined when it has been given too many. */
  number(passage: Passage, query: string): number | undefined {
    const at = this.#passages.findIndex((one) => one.passage.id === passage.id);
    if (at === -1) return this.#add({ passage, query, numbered: true });
    this.#passages[at]!.numbered = true;
    return at + 1;
  }

  /** What the provider's own search has given its model to read: it has no number that the model could know. */
  learn(passages: readonly Passage[], query: string): void {
    for (const passage of passages) {
      const isKnown = this.#passages.some((one) => one.passage.id === passage.id);
      if (!isKnown) this.#add({ passage, query, numbered: false });
    }
  }

  #add(source: Source): number | undefined {
    return this.#passages.length < MAX_PASSAGES ? this.#passages.push(source) : undefined;
  }

  /** What the model has been given to read. */
  get texts(): string[] {
    return this.#passages.map(({ passage: { title, section, text } }) => `${title} ${section} ${text}`);
  }

  /** @returns the number of the citation; undefined for a number that no passage has */
  cite(number: number, said: string): number | undefined {
    return this.#passages[number - 1]?.numbered ? this.#cite(number, said) : undefined;
  }

  /**
   * The same for a provider's citation, which names no more than a document: of its passages that were given, the one that
   * fits what was said. @returns undefined for a document of which nothing was given
   */
  citeDocument(documentId: string, said: string): number | undefined {
    const last = this.#fitting.get(documentId);
    const number = last?.said === said ? last.number : this.#fit(documentId, said);
    this.#fitting.set(documentId, { said, number });
    return this.#cite(number, said);
  }

  /** @returns 0 for a document of which nothing was given */
  #fit(documentId: string, said: string): number {
    const fitOf = fitTo(said);
    let best = { number: 0, fit: -1 };
    let looked = 0;
    for (const [at, source] of this.#passages.entries()) {
      if (source.passage.documentId !== documentId || looked === MAX_FITS) continue;
      looked++;
      source.words ??= passageWords(source.passage.text, source.query);
      const fit = fitOf(source.words);
      if (fit > best.fit) best = { number: at + 1, fit };
    }
    return best.number;
  }

  #cite(number: number, said: string): number | undefined {
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

interface Source {
  passage: Passage;
  query: string;
  /** Once somebody has asked which passage fits. */
  words?: PassageWords;
  /** The model has been told the number. */
  numbered: boolean;
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
