import { cleanLine } from '../clean-text.ts';
import type { SuggestionsEvent } from '../protocol/index.ts';
import type { MessageRow } from '../storage/types.ts';
import { ClaimCheck } from './claims/claim-check.ts';
import type { Facts } from './claims/facts.ts';

/** What fits on a button, in UTF-16 code units; half a question is none. */
const MAX_LENGTH = 60;
const MAX_QUESTIONS = 4;
/** Long enough for everything that is dropped to be seen as too long. */
const READ = 4 * MAX_LENGTH;
/** Addresses, Markdown, HTML, marks of citations, what only one vendor's model means something by. */
const MARKUP =
  /:\/\/|\b(?:https?|mailto|tel|javascript|data):|www\.|[\p{L}\p{N}]\.\p{L}{2,}|。[a-z]{2,}|(?:\d{1,3}\.){3}\d|[@<>[\]{}`*_|\\#【】\p{Co}]/iu;
/** Numbers to call: nobody asks the assistant for one that they already have. */
const PHONE = /\+\s?\p{Nd}|\p{Nd}(?:[\s().\u2010-\u2015-]{0,3}\p{Nd}){8}/u;

export interface SuggestionBounds {
  /** What an answer may state. */
  facts: Facts;
  /** The thread so far, the question that is being answered last. */
  messages: readonly MessageRow[];
}

/**
 * What of a model's suggestions may stand under an answer. A button speaks for the shopper: what isn't fit to be said is
 * dropped, never mended. @returns undefined when nothing is left
 */
export function suggestionsOf(
  questions: readonly string[],
  { facts, messages }: SuggestionBounds,
): SuggestionsEvent | undefined {
  const known = new Set(messages.filter(({ role }) => role === 'user').map((message) => keyOf(textOf(message))));
  const data: string[] = [];
  for (const question of questions) {
    const line = cleanLine(question, READ);
    const key = keyOf(line);
    if (key === '' || line.length > MAX_LENGTH || MARKUP.test(line) || PHONE.test(line)) continue;
    if (known.has(key) || statesUnknown(line, facts)) continue;
    known.add(key);
    if (data.push(line) === MAX_QUESTIONS) break;
  }
  return data.length === 0 ? undefined : { type: 'suggestions', data };
}

/** Case, blanks and marks make no other question. */
function keyOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function textOf({ parts }: MessageRow): string {
  return parts.map((part) => (part.type === 'text' ? part.content : '')).join(' ');
}

/** A price, a percentage or a code that nobody has named. */
function statesUnknown(line: string, facts: Facts): boolean {
  let found = false;
  const check = new ClaimCheck({ facts, locale: 'en', onClaim: () => (found = true) });
  check.push(line);
  check.flush();
  return found;
}
