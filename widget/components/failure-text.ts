import { whenIn } from '../i18n/duration.ts';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import type { Failure } from '../state/state.ts';

/** What happened, in the shopper's words, and how long it takes if that is known. */
export function failureText({ code, retryAfterMs }: Failure, strings: Strings): string {
  const { failures, retryIn } = laterStrings(strings);
  const wait = retryAfterMs ? ` ${retryIn(whenIn(retryAfterMs, strings.$lang))}` : '';
  // Of a code of a newer proxy it can only say that something went wrong.
  return ({ ...strings.failures, ...failures }[code] ?? strings.failures.internal) + wait;
}
