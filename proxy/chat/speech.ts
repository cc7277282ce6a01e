import type { ChatEvent } from '../protocol/index.ts';
import type { Answer } from './answer.ts';
import { ClaimCheck, type NeutralisedClaim } from './claims/claim-check.ts';
import type { Facts } from './claims/facts.ts';
import { CitationMarks, withoutMarks } from './citations/marks.ts';
import type { Sources } from './citations/sources.ts';

export interface SpeechOptions {
  answer: Answer;
  facts: Facts;
  /** BCP 47 */
  locale: string;
  /** What the answer may cite; left out where there is nothing. */
  sources?: Sources;
}

/** Claims of one turn that are remembered; a model that makes up more is known by then. */
const MAX_CLAIMS = 20;

/**
 * A citation's mark on its way through the claim check, which must not take its number for a figure: a character that nobody
 * else can write, because CitationMarks takes all of them out.
 */
const FIRST_PLACE = 0xe0_00;
const PLACES = /[\uE000-\uE063]/g;

/**
 * What a turn says, in one order: the model's words get their citations, pass the claim check and become part of the answer. Whatever else is
 * shown comes after the words before it.
 */
export class Speech {
  readonly claims: NeutralisedClaim[] = [];
  readonly #answer: Answer;
  readonly #newCheck: () => ClaimCheck;
  readonly #sources: Sources | undefined;
  #check: ClaimCheck;
  #marks: CitationMarks | undefined;

  constructor({ answer, facts, locale, sources }: SpeechOptions) {
    this.#answer = answer;
    this.#sources = sources;
    this.#marks = this.#newMarks();
    const onClaim = (claim: NeutralisedClaim) => {
      if (this.claims.length < MAX_CLAIMS) this.claims.push(claim);
    };
    this.#newCheck = () => new ClaimCheck({ facts, locale, onClaim });
    this.#check = this.#newCheck();
  }

  *words(text: string): Generator<ChatEvent> {
    yield* this.#said(this.#check.push(this.#marks ? this.#marks.push(text) : text));
  }

  /** A citation of the provider's. @param back how many characters ago the words ended that rest on the document */
  *cites(documentId: string, back: number): Generator<ChatEvent> {
    const sources = this.#sources;
    const mark = this.#marks?.put(back, (said) => placeOf(sources?.citeDocument(documentId, said)));
    if (mark !== undefined) yield* this.#said(this.#check.push(mark));
  }

  /** What was held back, before something else or at the end. */
  *rest(): Generator<ChatEvent> {
    const rest = this.#marks?.flush() ?? '';
    yield* this.#said(this.#check.push(rest) + this.#check.flush());
  }

  *event(event: ChatEvent): Generator<ChatEvent> {
    yield* this.rest();
    const checked = this.#withHeadings(event);
    this.#answer.add(checked);
    yield checked;
  }

  /** All that was said is void, also what was held back or found in it. */
  *reset(): Generator<ChatEvent> {
    this.#check = this.#newCheck();
    this.#sources?.reset();
    this.#marks = this.#newMarks();
    this.claims.length = 0;
    this.#answer.add({ type: 'reset' });
    yield { type: 'reset' };
  }

  /** The words over cards and tables are the model's as well. */
  #withHeadings(event: ChatEvent): ChatEvent {
    if (event.type !== 'products' && event.type !== 'comparison') return event;
    const { title, why } = event as { title?: string; why?: string };
    const whole = (text: string) => {
      const check = this.#newCheck();
      return check.push(this.#sources ? withoutMarks(text) : text) + check.flush();
    };
    return {
      ...event,
      ...(title !== undefined && { title: whole(title) }),
      ...(why !== undefined && { why: whole(why) }),
    };
  }

  *#said(content: string): Generator<ChatEvent> {
    if (content === '') return;
    const data = this.#sources?.take() ?? [];
    if (data.length > 0) yield* this.#add({ type: 'citations', data });
    const marked = this.#sources
      ? content.replace(PLACES, (place) => `[^${place.charCodeAt(0) - FIRST_PLACE}]`)
      : content;
    yield* this.#add({ type: 'text', content: marked });
  }

  *#add(event: ChatEvent): Generator<ChatEvent> {
    this.#answer.add(event);
    yield event;
  }

  #newMarks(): CitationMarks | undefined {
    const sources = this.#sources;
    return (
      sources &&
      new CitationMarks((numbers, before) => numbers.map((number) => placeOf(sources.cite(number, before))).join(''))
    );
  }
}

function placeOf(citation: number | undefined): string {
  return citation === undefined ? '' : String.fromCharCode(FIRST_PLACE + citation);
}
