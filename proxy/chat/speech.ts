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
  readonly #check: ClaimCheck;

  constructor({ answer, facts, locale }: SpeechOptions) {
    this.#answer = answer;
    this.#check = new ClaimCheck({
      facts,
      locale,
      onClaim: (claim) => {
        if (this.claims.length < MAX_CLAIMS) this.claims.push(claim);
      },
    });
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
    this.#answer.add(event);
    yield event;
  }

  *#said(content: string): Generator<ChatEvent> {
    if (content === '') return;
    const event: ChatEvent = { type: 'text', content };
    this.#answer.add(event);
    yield event;
  }
}
