import type { Facts } from './facts.ts';
import { neutralPhrase, type ClaimKind } from './neutral.ts';
import {
  AMOUNT,
  CODE,
  CODE_WORDS,
  COUPON_SHAPE,
  figuresOf,
  isSettled,
  PERCENTAGE,
  readings,
  WORD,
} from './patterns.ts';

/** A figure of an answer that nothing this turn's tools returned accounts for. */
export interface NeutralisedClaim {
  kind: ClaimKind;
  /** As the model wrote it. */
  text: string;
}

export interface ClaimCheckOptions {
  facts: Facts;
  /** BCP 47; the language of the phrase that takes a claim's place. */
  locale: string;
  onClaim(claim: NeutralisedClaim): void;
}

/** Longest figure with its currency; what goes on longer is no price, and is let through as it stands. */
const MAX_CLAIM = 64;
/** Characters said before that tell whether a word in capitals is a code. */
const CONTEXT = 60;
/** Where a claim can begin: a figure, a currency sign, a word in capitals. */
const BEGINNING = /[\p{N}\p{Sc}%٪％﹪A-Z]/u;
/** A currency may grow onto a word, "Preis$5". */
const SIGN = /\p{Sc}/u;
const INSIDE_WORD = /[\p{L}\p{M}\p{N}]$/u;

/**
 * Reads an answer as it is written and puts a neutral phrase in place of every price, percentage and coupon code that
 * nothing accounts for: a model must not promise what the shop then has to keep. Only a piece that may be part of such a
 * claim is held back, a word or two; the result is the same however the text comes in pieces.
 */
export class ClaimCheck {
  readonly #options: ClaimCheckOptions;
  #held = '';
  /** The end of what the model has written up to there. */
  #before = '';

  constructor(options: ClaimCheckOptions) {
    this.#options = options;
  }

  /** @returns what may be shown now */
  push(text: string): string {
    return this.#read(this.#held + text, false);
  }

  /** The rest, at the end of the answer or before something else is shown. */
  flush(): string {
    return this.#read(this.#held, true);
  }

  #read(text: string, isLast: boolean): string {
    let out = '';
    let at = 0;
    while (at < text.length) {
      const start = this.#nextBeginning(text, at);
      this.#note(text.slice(at, start));
      out += text.slice(at, start);
      at = start;
      if (at >= text.length) break;
      const rest = text.slice(at, at + MAX_CLAIM);
      if (!isLast && rest.length < MAX_CLAIM && !isSettled(rest)) break;
      const claim = this.#claimAt(text, at);
      const taken = claim?.text ?? matchAt(WORD, text, at)?.[0] ?? text[at]!;
      this.#note(taken);
      out += claim?.replacement ?? taken;
      at += taken.length;
    }
    this.#held = text.slice(at);
    return out;
  }

  #nextBeginning(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      const char = String.fromCodePoint(text.codePointAt(at)!);
      const before = at === 0 ? this.#before : text[at - 1]!;
      if (BEGINNING.test(char) && (SIGN.test(char) || !INSIDE_WORD.test(before))) return at;
      if (char.length === 2) at++;
    }
    return text.length;
  }

  #claimAt(text: string, at: number): { text: string; replacement: string } | null {
    const { facts, locale, onClaim } = this.#options;
    const neutral = (kind: ClaimKind, claim: string, marks: { before?: string; after?: string } = {}) => {
      onClaim({ kind, text: claim });
      return { text: claim, replacement: `${marks.before ?? ''}${neutralPhrase(kind, locale)}${marks.after ?? ''}` };
    };
    const amount = matchAt(AMOUNT, text, at);
    if (amount) {
      const [claim] = amount;
      if (figuresOf(amount).every((figure) => facts.hasAmount(readings(figure))))
        return { text: claim, replacement: claim };
      const { afterSign, beforeSign } = amount.groups!;
      // Emphasis that begins or ends inside the claim goes on around the phrase.
      return neutral('amount', claim, { before: marksIn(afterSign), after: marksIn(beforeSign) });
    }
    const percentage = matchAt(PERCENTAGE, text, at);
    if (percentage) {
      const [claim] = percentage;
      if (facts.hasPercentage(readings(figuresOf(percentage)[0]!))) return { text: claim, replacement: claim };
      return neutral('percentage', claim, { after: marksIn(percentage.groups!['gap']) });
    }
    const code = matchAt(CODE, text, at);
    if (code && !facts.hasCode(code[0])) {
      if (COUPON_SHAPE.test(code[0]) || CODE_WORDS.test(this.#before)) return neutral('code', code[0]);
    }
    return null;
  }

  #note(text: string): void {
    this.#before = (this.#before + text).slice(-CONTEXT);
  }
}

/** @param pattern with the sticky flag */
function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function marksIn(gap: string | undefined): string {
  return gap?.replace(/[^*_~`([]/g, '') ?? '';
}
