/** One shop needs no file: the same settings under the names of environment variables. */
import path from 'node:path';
import type { ShopDraft } from './draft.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Read = (text: string) => unknown;

const text: Read = (value) => value;
const list: Read = (value) => value.split(',').flatMap((entry) => entry.trim() || []);
/** What is no number stays a text, for the schema to refuse. */
const number: Read = (value) => (/^\d+(\.\d+)?$/.test(value) ? Number(value) : value);
const limit: Read = (value) => (value === 'none' ? null : number(value));
const yesOrNo: Read = (value) => (value === 'true' ? true : value === 'false' ? false : value);
/** The setting with all its defaults, or left out. */
const on: Read = (value) => (value === 'true' ? {} : value === 'false' ? undefined : value);
const minutesOrNot: Read = (value) => (value === 'false' ? false : { minutes: number(value) });
/** What a variable holds is a secret itself; the shop refers to it as a file would. */
const reference =
  (name: string): Read =>
  () =>
    `env:${name}`;

/** Variable → its place in the form of schema.ts. */
const SETTINGS: Readonly<Record<string, readonly [place: string, read: Read]>> = {
  SHOP_SLUG: ['slug', text],
  SHOP_NAME: ['name', text],
  SHOP_LANGUAGES: ['languages', list],
  SHOP_ORIGINS: ['origins', list],
  SHOP_PROMPT: ['prompt', text],
  SHOP_TONE: ['tone', text],
  SHOP_ACCENT: ['theme.accent', text],
  SHOP_COLOR_SCHEME: ['theme.color_scheme', text],
  SHOP_POSITION: ['theme.position', text],
  SHOP_LAYOUT: ['theme.layout', text],
  SHOP_LOGO_URL: ['theme.logo_url', text],
  SHOP_INPUT_PRICE: ['model.prices.input', number],
  SHOP_CACHED_INPUT_PRICE: ['model.prices.cached_input', number],
  SHOP_OUTPUT_PRICE: ['model.prices.output', number],
  SHOP_CHEAPER_MODEL: ['cheaper_model.name', text],
  SHOP_FALLBACK_MODEL: ['fallback_model.name', text],
  SHOP_TOOLS: ['tools', list],
  SHOP_BUDGET_USD_PER_DAY: ['limits.shop.usd_per_day', limit],
  SHOP_BUDGET_USD_PER_MONTH: ['limits.shop.usd_per_month', limit],
  ...payers(),
  SHOP_THREADS_PER_VISITOR: ['limits.threads_per_visitor', number],
  SHOP_MESSAGES_PER_THREAD: ['limits.messages_per_thread', number],
  MAX_MESSAGE_LENGTH: ['limits.message_length', number],
  SHOP_CONTEXT_TOKENS: ['limits.context_tokens', number],
  SHOP_WHEN_SPENT: ['limits.when_spent', list],
  SHOP_CONTACT_EMAIL: ['contact.email', text],
  SHOP_CONTACT_PHONE: ['contact.phone', text],
  SHOP_CONTACT_URL: ['contact.url', text],
  SHOP_CONTACT_FORM: ['contact.form', yesOrNo],
  SHOP_CONTACT_DELIVER_EMAIL: ['contact.deliver.email', text],
  SHOP_CONTACT_WEBHOOK_URL: ['contact.deliver.webhook.url', text],
  SHOP_CONTACT_WEBHOOK_SECRET: ['contact.deliver.webhook.secret', reference('SHOP_CONTACT_WEBHOOK_SECRET')],
  SHOP_PAGE_CONTEXT: ['page_context', yesOrNo],
  SHOP_PAGE_TOOLS: ['page_tools', yesOrNo],
  SHOP_RETENTION_DAYS: ['retention_days', number],
  SHOP_CONSENT: ['privacy.consent', yesOrNo],
  SHOP_DISCLOSURE: ['privacy.disclosure', yesOrNo],
  SHOP_PRIVACY_URL: ['privacy.policy_url', text],
  SHOP_MASK: ['privacy.mask', list],
  SHOP_IDENTITY_SECRET: ['identity.secret', reference('SHOP_IDENTITY_SECRET')],
  SHOP_IDENTITY_PUBLIC_KEY: ['identity.public_key', reference('SHOP_IDENTITY_PUBLIC_KEY')],
  SHOP_IDENTITY_ISSUER: ['identity.issuer', text],
  SHOP_IDENTITY_AUDIENCE: ['identity.audience', text],
  SHOP_TOPIC_GUARD: ['topic_guard', yesOrNo],
  SHOP_ANSWER_CACHE: ['answer_cache', minutesOrNot],
  SHOP_MODERATION: ['moderation', on],
  SHOP_DESK_MODELS: ['desk.models', list],
  SHOP_CART: ['cart.kind', text],
  SHOP_CART_URL: ['cart.url', text],
  CATALOG_FILE: ['catalog.file', text],
  CATALOG_URL: ['catalog.url', text],
  CATALOG_TYPE: ['catalog.type', text],
  CATALOG_CURRENCY: ['catalog.currency', text],
  CATALOG_SHOP_URL: ['catalog.shop_url', text],
  CATALOG_ENCODING: ['catalog.encoding', text],
  CATALOG_LANG: ['catalog.lang', text],
  CATALOG_EVERY_MINUTES: ['catalog.every_minutes', number],
  WOOCOMMERCE_URL: ['catalog.url', text],
  WOOCOMMERCE_KEY: ['catalog.key', reference('WOOCOMMERCE_KEY')],
  WOOCOMMERCE_SECRET: ['catalog.secret', reference('WOOCOMMERCE_SECRET')],
  WOOCOMMERCE_WEBHOOK_SECRET: ['catalog.webhook_secret', reference('WOOCOMMERCE_WEBHOOK_SECRET')],
  SHOPIFY_DOMAIN: ['catalog.shop', text],
  SHOPIFY_TOKEN: ['catalog.token', reference('SHOPIFY_TOKEN')],
  SHOPIFY_COUNTRY: ['catalog.country', text],
};

/** All variables that are read here. */
export const SHOP_VARIABLES: readonly string[] = [...Object.keys(SETTINGS), 'SHOP_LOCALE', 'SHOP_GREETING'];

/** The shop that the environment describes; undefined without a catalogue, since then there is none. */
export function shopOfEnvironment(env: Environment, folder: string): ShopDraft | undefined {
  const type = catalogType(env);
  if (type === undefined) return undefined;
  const values = valuesOf(env, Object.keys(SETTINGS));
  const languages = [env['SHOP_LOCALE'] ?? '', ...((values['languages'] as string[] | undefined) ?? [])];
  const spoken = [...new Set(languages.filter((language) => language !== ''))];
  if (spoken.length > 0) values['languages'] = spoken;
  if (env['SHOP_GREETING']) values['greeting'] = { [spoken[0] ?? 'en']: env['SHOP_GREETING'] };
  (values['catalog'] as Record<string, unknown>)['type'] = type;
  // Two variables say where a catalogue is; the one that was written is the one to mend.
  const place = (at: string) => (at === 'catalog.url' && env['WOOCOMMERCE_URL'] ? 'WOOCOMMERCE_URL' : variableAt(at));
  return { settings: 'the environment', slug: 'shop', folder: path.resolve(folder), values, place };
}

/** What kind of catalogue it is, where no CATALOG_TYPE says so: that of the variable that says where it is. */
function catalogType(env: Environment): string | undefined {
  const kinds: [string, string][] = [
    ['CATALOG_FILE', 'file'],
    ['CATALOG_URL', 'url'],
    ['WOOCOMMERCE_URL', env['WOOCOMMERCE_KEY'] ? 'woocommerce_rest' : 'woocommerce'],
    ['SHOPIFY_DOMAIN', 'shopify'],
  ];
  const found = kinds.find(([name]) => env[name]);
  return found && (env['CATALOG_TYPE'] || found[1]);
}

/** What the environment says of limits, the answer cache and who may show it, for a shop whose other settings stand elsewhere: the demo store. */
export function limitsOfEnvironment(env: Environment): Record<string, unknown> {
  return valuesOf(
    env,
    Object.keys(SETTINGS).filter((name) => /^(?:limits\.|answer_cache$|origins$)/.test(SETTINGS[name]![0])),
  );
}

/** The variable to mend for what is wrong at `place`: the one that says it, or something around or inside it. */
export function variableAt(place: string): string {
  if (place.startsWith('greeting')) return 'SHOP_GREETING';
  if (place.endsWith('.api_key')) return 'OPENAI_API_KEY';
  const near = Object.entries(SETTINGS).find(([, [own]]) => place === own || place.startsWith(`${own}.`));
  const inside = Object.entries(SETTINGS).find(([, [own]]) => own.startsWith(`${place}.`));
  return (near ?? inside)?.[0] ?? place;
}

function payers(): Record<string, readonly [string, Read]> {
  const entries = ['visitor', 'address', 'shop'].flatMap((payer) =>
    ['messages_per_minute', 'turns_at_once', 'tokens_per_day', 'usd_per_day', 'usd_per_month']
      // The shop's money has a name of its own, SHOP_BUDGET_….
      .filter((name) => payer !== 'shop' || !name.startsWith('usd'))
      .map((name) => [`SHOP_LIMIT_${payer}_${name}`.toUpperCase(), [`limits.${payer}.${name}`, limit]] as const),
  );
  return Object.fromEntries(entries);
}

function valuesOf(env: Environment, names: readonly string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const name of names) {
    const value = env[name];
    const [place, read] = SETTINGS[name]!;
    if (value === undefined || value === '') continue;
    const steps = place.split('.');
    const last = steps.pop()!;
    let inner = values;
    for (const step of steps) inner = (inner[step] ??= {}) as Record<string, unknown>;
    inner[last] = read(value);
  }
  return values;
}
