/**
 * A provider that writes down what it would have charged, by a count of its own: the proxy's books are what is tested, so
 * they are not asked. It charges for what it has read as soon as it has read it, and for every word as soon as it is
 * said, whether anybody still listens or not.
 */
import {
  frames,
  itemDone,
  message,
  textDelta,
  type Part,
  type RecordedRequest,
  type Reply,
} from '../fakes/fake-openai.ts';

/** US dollars for a million tokens, or micro-dollars for one. */
export const PRICES = { input: 1, output: 4 };

export interface Charge {
  tokens: number;
  microUsd: number;
}

export class Meter {
  readonly #charges = new Map<string, Charge>();
  calls = 0;
  /** Whom the charges are for at the moment: a day, an address. */
  payer = 'all';

  get(payer = 'all'): Charge {
    return this.#charges.get(payer) ?? { tokens: 0, microUsd: 0 };
  }

  #charge(payer: string, tokens: number, price: number): void {
    const before = this.get(payer);
    this.#charges.set(payer, { tokens: before.tokens + tokens, microUsd: before.microUsd + tokens * price });
  }

  /** An answer of this many words, each charged when it is said. */
  answer(request: RecordedRequest, words: number, options: AnswerOptions = {}): Reply {
    const { pauseMs = 0, thinking = 0, word = 'word ', tool } = options;
    this.calls++;
    const { payer } = this;
    const { input, tools, instructions } = request.body;
    const read = tokensOf(JSON.stringify([instructions, input, tools]));
    this.#charge(payer, read, PRICES.input);
    let gone = false;
    void request.abandoned.then((abandoned) => (gone = abandoned));
    let said = 0;
    const say = (tokens: number): void => {
      if (gone) return;
      said += tokens;
      this.#charge(payer, tokens, PRICES.output);
    };
    say(thinking);
    const body = Array.from({ length: words }, (): Part[] => {
      // The fake looks at a part when its turn has come.
      const part = { ...textDelta(word) };
      return [
        pauseMs,
        Object.defineProperty(part, 'delta', { enumerable: true, get: () => (say(tokensOf(word)), word) }),
      ];
    });
    const item = tool ?? message(word.repeat(words));
    const end = {
      type: 'response.completed',
      get response() {
        const output_tokens_details = { reasoning_tokens: thinking };
        return {
          status: 'completed',
          output: [item],
          usage: { input_tokens: read, output_tokens: said, output_tokens_details, total_tokens: read + said },
        };
      },
    };
    const begun = { type: 'response.created', response: { id: 'r', output: [] } };
    return frames([begun, ...body.flat(), ...(tool ? [0] : []), itemDone(item), end]);
  }
}

export interface AnswerOptions {
  /** Before each word. */
  pauseMs?: number;
  /** Tokens that it thinks before it says anything, charged as output. */
  thinking?: number;
  word?: string;
  /** A tool call in place of the message. */
  tool?: ReturnType<typeof message>;
}

/**
 * As tokenizers count: some three bytes of prose in any language that is written much, and a token for every byte of
 * letters that hardly anybody writes.
 */
export function tokensOf(text: string): number {
  let tokens = 0;
  for (const letter of text) tokens += /[\u{10000}-\u{1f000}]/u.test(letter) ? 4 : Buffer.byteLength(letter) / 3.3;
  return Math.ceil(tokens);
}
