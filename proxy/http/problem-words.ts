/**
 * What is wrong with a request, in words. Schemas say of themselves what only they know ("must be a day, as 2026-11-21");
 * what zod would say in its own way ("expected number, received NaN") is said here for whoever reads an answer.
 */
import type { z } from '@hono/zod-openapi';

type Issue = z.core.$ZodIssue;

/** How zod's own messages begin: others were written for the field they stand at. */
const OWN = /^(?:Invalid|Too |Unrecognized)/;
const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** All problems, each with its path: `limit: must be a number; shop: is missing`. @param sent what they were found in */
export function problemsOf(issues: readonly Issue[], sent: unknown): string {
  return issues
    .map((issue) => `${issue.path.join('.') || 'body'}: ${wordsOf(issue, valueAt(sent, issue.path))}`)
    .join('; ');
}

function valueAt(sent: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], sent);
}

function wordsOf(issue: Issue, value: unknown): string {
  if (!OWN.test(issue.message)) return issue.message;
  if (value === undefined && issue.code.startsWith('invalid')) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}${Array.isArray(value) ? ', not a list' : ''}`;
    case 'invalid_value':
      return `must be ${listed(issue.values.map((one) => JSON.stringify(one) ?? String(one)))}`;
    case 'too_small':
      if (issue.origin === 'string') return 'must not be empty';
      return `must ${holds(issue.origin)} ${issue.minimum} or more`;
    case 'too_big':
      return `must ${holds(issue.origin)} ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''} at most`;
    case 'unrecognized_keys':
      return `takes no ${listed(issue.keys.map((key) => JSON.stringify(key.slice(0, 64))))}`;
    case 'invalid_union':
      return 'is in none of the forms that are taken here; /docs shows them';
    default:
      return 'is not written as it must be; /docs shows how';
  }
}

function holds(origin: string): string {
  return origin === 'array' || origin === 'set' || origin === 'object' ? 'have' : 'be';
}

/** `a`, `a or b`, `a, b or c`. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
