import type { z } from 'zod';
import { didYouMean } from './spelling.ts';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list [ … ]',
  object: 'an object { … }',
  record: 'an object { … }',
};

/**
 * What is wrong with a setting, in words for its owner; `safeParse(value, { error: wording })`. It never repeats the value:
 * that may be a key which was written into the wrong line. A schema's own words come before these.
 */
export function wording(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return bound(issue.origin, issue.minimum, issue.inclusive === true ? 'at least' : 'above');
    case 'too_big':
      return bound(issue.origin, issue.maximum, issue.inclusive === true ? 'at most' : 'below');
    case 'invalid_value':
      return oneOf(issue.values.map(String), issue.input);
    case 'invalid_union':
      return oneOf('options' in issue ? (issue.options as string[]) : [], undefined);
    case 'invalid_key':
      return 'is no name that may stand here';
    default:
      return 'is not what may stand here';
  }
}

function bound(origin: string, value: number | bigint, relation: string): string {
  if (origin === 'number' || origin === 'int') return `must be a number ${relation} ${value}`;
  const unit = origin === 'string' ? 'character' : 'entr';
  const plural = origin === 'string' ? 's' : 'ies';
  const singular = origin === 'string' ? '' : 'y';
  return `must have ${relation} ${value} ${unit}${Number(value) === 1 ? singular : plural}`;
}

function oneOf(values: readonly string[], input: unknown): string {
  const meant = typeof input === 'string' ? didYouMean(input, values) : undefined;
  return `must be ${values.length > 1 ? 'one of ' : ''}${values.join(', ')}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}
