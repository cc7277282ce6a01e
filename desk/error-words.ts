import type { ErrorCode } from '../proxy/protocol/index.ts';
import { plain, sentence } from './format.ts';

/** Why an answer failed, for an owner; shoppers have the widget's own words. */
const WORDS: Partial<Record<ErrorCode, string>> = {
  model_unavailable: 'The model could not be reached',
  model_rate_limited: 'The provider let no more questions through',
  model_quota: 'The account with the provider is used up',
  model_config: 'The model or its key is set up wrongly',
  model_timeout: 'The model took too long',
  model_interrupted: 'The answer broke off',
  model_refused: 'The model would not answer',
  context_too_long: 'The conversation was too long for the model',
  budget_spent: 'The budget was used up',
  limit_reached: 'A limit of the shop was reached',
  overloaded: 'Too many answers at once',
  shutting_down: 'The proxy was being restarted',
  internal: 'A fault in the proxy; its log says more',
};

export function errorWords(code: string): string {
  return WORDS[code as ErrorCode] ?? sentence(plain(code));
}
