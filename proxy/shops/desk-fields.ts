/** The fields of a shop's settings that the desk may change. What isn't here stands in the file alone: secrets, addresses
 * that the proxy itself asks, where things are read from. */
const PAYERS = ['visitor', 'address', 'shop'] as const;
const ALLOWANCE = ['messages_per_minute', 'turns_at_once', 'tokens_per_day', 'usd_per_day', 'usd_per_month'] as const;

/** Numbers of which the file's is the most that the desk may set. */
export const CAPPED: ReadonlySet<string> = new Set([
  ...PAYERS.flatMap((payer) => ALLOWANCE.map((name) => `limits.${payer}.${name}`)),
  'limits.threads_per_visitor',
  'limits.messages_per_thread',
  'limits.message_length',
  'limits.context_tokens',
]);

/** Names of models: the file's own at this place, and those of its `desk.models`. */
export const MODEL_NAMES: ReadonlySet<string> = new Set(['model.name', 'cheaper_model.name', 'fallback_model.name']);

/** Pages of other people get the assistant by it: the operator's. */
const OPERATORS: ReadonlySet<string> = new Set(['origins']);

const LOOKS = ['accent', 'color_scheme', 'surface', 'text', 'muted', 'border', 'dark', 'radius', 'font', 'font_size'];

/** In the order in which they are shown. */
export const DESK_FIELDS: readonly string[] = [
  'name',
  'languages',
  'names',
  'greeting',
  'starter_prompts',
  'prompt',
  'tone',
  'knowledge',
  ...[...LOOKS, 'launcher_size', 'position', 'layout', 'logo_url'].map((name) => `theme.${name}`),
  'strings',
  'proactive',
  'page_context',
  'contact.email',
  'contact.phone',
  'contact.url',
  'contact.form',
  'hours',
  'tools',
  'topic_guard',
  'answer_cache',
  'model.name',
  'model.reasoning_effort',
  'model.temperature',
  'cheaper_model.name',
  'fallback_model.name',
  ...CAPPED,
  'limits.when_spent',
  'retention_days',
  'privacy.consent',
  'privacy.disclosure',
  'privacy.policy_url',
  'privacy.mask',
  'origins',
];

const KNOWN: ReadonlySet<string> = new Set(DESK_FIELDS);

export function isDeskField(field: string): boolean {
  return KNOWN.has(field);
}

export function isOperators(field: string): boolean {
  return OPERATORS.has(field);
}
