import type { ChatEvent } from '../protocol/index.ts';
import type { Answer } from './answer.ts';
import { ClaimCheck, type NeutralisedClaim } from './claims/claim-check.ts';
import type { Facts } from './claims/facts.ts';

export interface SpeechOptions {
  answer: Answer;
  facts: Facts;
  /** BCP 47 */
  locale: string;
}

/** Claims of one turn that are remembered; a model that makes up more is known by then. */
const MAX_CLAIMS = 20;

/**
 * What a turn says, in one order: the model's words pass the claim check and become part of the answer. Whatever else is
 * shown comes after the words before it.
 */
export class Speech {
  readonly claims: NeutralisedClaim[] = [];
  readonly #answer: Answer;
  readonly #newCheck: () => ClaimCheck;
  #check: ClaimCheck;

  constructor({ answer, facts, locale }: SpeechOptions) {
    this.#answer = answer;
    const onClaim = (claim: NeutralisedClaim) => {
      if (this.claims.length < MAX_CLAIMS) this.claims.push(claim);
    };
    this.#newCheck = () => new ClaimCheck({ facts, locale, onClaim });
    this.#check = this.#newCheck();
  }

  *words(text: string): Generator<ChatEvent> {
    yield* this.#said(this.#check.push(text));
  }

  /** What was held back, before something else or at the end. */
  *rest(): Generator<ChatEvent> {
    yield* this.#said(this.#check.flush());
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
      return check.push(text) + check.flush();
    };
    return {
      ...event,
      ...(title !== undefined && { title: whole(title) }),
      ...(why !== undefined && { why: whole(why) }),
    };
  }

  *#said(content: string): Generator<ChatEvent> {
    if (content === '') return;
    const event: ChatEvent = { type: 'text', content };
    this.#answer.add(event);
    yield event;
  }
}
