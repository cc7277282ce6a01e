import type { Strings } from '../i18n/index.ts';
import { shopperStrings } from '../i18n/en-shopper.ts';

/**
 * What can't be seen and isn't needed: zero-width spaces and joins of words, soft hyphens, marks that turn the direction of
 * what follows, tags. ZWJ, ZWNJ, LRM and RLM stay: emoji, Persian and Hebrew are written with them.
 */
const UNSEEN =
  /[\u00AD\u061C\u180E\u200B\u2060-\u2064\u202A-\u202E\u2066-\u206F\uFEFF\uFFF9-\uFFFB]|[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]|[\u{E0000}-\u{E007F}]/gu;

/** As a text field has it: lines end in one way. */
export function tidied(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, '')
    .replace(/\u00A0/g, ' ');
}

/** Cuts to so many UTF-16 code units, but no character in two. */
export function trimmed(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '');
}

/** Where it was pasted: the composer, which this can't import, since it brings this. */
export interface Pasted {
  readonly input: HTMLTextAreaElement;
  readonly limit: number;
  readonly strings: Strings;
  draft: string;
  notice: string;
}

/** After something was pasted. The caret stays behind what was before it. */
export function tidy(composer: Pasted): void {
  const { input, limit, strings } = composer;
  const end = input.selectionEnd;
  const whole = tidied(input.value);
  const text = trimmed(whole, limit);
  if (text === input.value) return;
  const caret = Math.min(tidied(input.value.slice(0, end)).length, text.length);
  input.value = text;
  input.setSelectionRange(caret, caret);
  composer.draft = text;
  composer.notice = text === whole ? '' : shopperStrings(strings).trimmed;
}
