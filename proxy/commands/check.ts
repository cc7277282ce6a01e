import { DAYS, type OpeningHours } from '../opening-hours.ts';
import { pricesOf } from '../models/pricing.ts';
import { contrastWarnings } from '../shops/contrast.ts';
import {
  choicesOf,
  DEMO_MODEL,
  type Allowance,
  type CatalogSettings,
  type ModelArm,
  type ModelChoice,
  type Shop,
  type ShopModeration,
} from '../shops/types.ts';

export interface Checked {
  shops: readonly Shop[];
  problems: readonly string[];
  warnings: readonly string[];
}

/** Days for which threads are seldom needed, and for which somebody will ask why they are kept. */
const LONG_RETENTION = 365;

/** `shop-clerk check`: what is in force, and what is wrong; never a secret. @returns the exit code: 0 good, 1 problems */
export function checkCommand({ shops, problems, warnings }: Checked, print: (line: string) => void): number {
  for (const shop of shops) {
    print(`${shop.name} (${shop.slug}), from ${shop.settings}`);
    for (const [name, value] of inForce(shop)) print(`  ${name.padEnd(12)} ${value}`);
    for (const warning of warningsOf(shop)) print(`  ! ${warning}`);
    print('');
  }
  if (shops.some((shop) => shop.models.default.model === DEMO_MODEL)) {
    print('! OPENAI_API_KEY is not set: the demo model answers.');
  }
  for (const warning of warnings) print(`! ${warning}`);
  if (problems.length === 0) {
    print(`${shops.length} ${shops.length === 1 ? 'shop is' : 'shops are'} good.`);
    return 0;
  }
  print('These settings need mending:');
  for (const problem of problems) print(`  ${problem}`);
  return 1;
}

function inForce(shop: Shop): [string, string][] {
  const { models, limits, catalog, cart, contact, privacy, identity } = shop;
  const knowledge = shop.knowledge.map(({ title }) => title).join(', ');
  const addresses = [contact?.email, contact?.phone, contact?.url].filter((way) => way !== undefined);
  return [
    ['languages', shop.locales.join(', ')],
    ['origins', shop.origins.join(', ') || 'only the pages that this proxy serves'],
    [
      'model',
      `${modelLine(models.default)}${models.arms.length > 0 ? '; the arms of the test answer in its place' : ''}`,
    ],
    ...(models.cheaper ? [['cheaper', modelLine(models.cheaper)] as [string, string]] : []),
    ...(models.fallback ? [['fallback', modelLine(models.fallback)] as [string, string]] : []),
    ...armLines(models.arms),
    ['tools', shop.tools.join(', ')],
    ['catalogue', catalogLine(catalog)],
    ['cart', cart.url === undefined ? cart.kind : `${cart.kind}, ${cart.url}`],
    ['knowledge', knowledge || 'none'],
    ['visitor', allowanceLine(limits.visitor)],
    ['address', allowanceLine(limits.address)],
    ['shop', allowanceLine(limits.shop)],
    ['when spent', limits.whenSpent.join(', then ') || 'shoppers are refused'],
    [
      'bounds',
      `${limits.messageLength} characters a message, ${limits.messagesPerThread} messages a thread, ${limits.threadsPerVisitor} threads a visitor, ${limits.contextTokens} tokens a call of the model`,
    ],
    ['contact', [...addresses, ...(contact?.form ? ['a form'] : [])].join(', ') || 'none'],
    ...(contact?.form ? [['messages', deliveryLine(shop)] as [string, string]] : []),
    ...(shop.hours ? [['hours', hoursLine(shop.hours)] as [string, string]] : []),
    ['page', shop.pageContext ? 'what the shopper looks at goes with a question' : 'not told'],
    ...(shop.pageTools ? [['functions', 'pages may offer their own to the model'] as [string, string]] : []),
    ...(shop.proactive.length > 0
      ? [['greets', `by itself, by ${shop.proactive.length} rules`] as [string, string]]
      : []),
    ['retention', `${shop.retentionDays} days`],
    [
      'privacy',
      `consent ${privacy.consent ? 'asked' : 'not asked'}, AI ${privacy.disclosure ? 'disclosed' : 'not disclosed'}, masked: ${privacy.mask.join(', ') || 'nothing'}`,
    ],
    ['sign-in', identity ? `by the shop's ${identity.key.type} key, ${identity.algorithms.join(', ')}` : 'none'],
    ['topic guard', shop.topicGuard ? 'on' : 'off'],
    ['answer cache', shop.answerCache ? `${shop.answerCache.minutes} minutes` : 'off'],
    ['moderation', moderationLine(shop.moderation)],
  ];
}

/** Each with the share of the visitors that it gets. */
function armLines(arms: readonly ModelArm[]): [string, string][] {
  const all = arms.reduce((sum, { weight }) => sum + weight, 0);
  return arms.map(({ name, weight, model }) => [
    'tested',
    `${name}: ${Number(((100 * weight) / all).toFixed(1))} % of the visitors, ${modelLine(model)}`,
  ]);
}

function catalogLine(catalog: CatalogSettings): string {
  // Of a URL only the host: the rest may be a secret.
  const where = 'file' in catalog ? catalog.file : 'shop' in catalog ? catalog.shop : new URL(catalog.url).host;
  const often = catalog.everyMinutes ?? ('file' in catalog ? undefined : 60);
  const when =
    often === undefined ? 'read when it changes' : often === 0 ? 'read when asked' : `every ${often} minutes`;
  return `${catalog.type}, ${where}, ${when}${catalog.webhookSecret ? ', webhooks taken' : ''}`;
}

/** Where what shoppers write in the form goes. */
function deliveryLine({ contactDelivery }: Shop): string {
  if (!contactDelivery) return 'kept here: npm run messages';
  // Of a URL only the host: the rest may be a secret.
  return contactDelivery.kind === 'email'
    ? `by e-mail to ${contactDelivery.email}`
    : `to the webhook at ${new URL(contactDelivery.url).host}`;
}

function hoursLine({ timeZone, days, closed }: OpeningHours): string {
  const open = DAYS.filter((day) => (days[day] ?? []).length > 0);
  const dates = closed.length > 0 ? `, closed on ${closed.length} dates` : '';
  return `${open.join(', ') || 'no day'}, in the time zone ${timeZone}${dates}`;
}

function modelLine(choice: ModelChoice): string {
  const prices = pricesOf(choice);
  const cost = prices
    ? `$${prices.input} in, $${prices.output} out for a million tokens (${prices.source})`
    : 'price unknown';
  const wire = choice.wire === 'chat' ? ' (Chat Completions)' : '';
  return `${choice.model} at ${new URL(choice.baseUrl).origin}${wire}, ${cost}`;
}

function moderationLine(moderation: ShopModeration | null): string {
  if (!moderation) return 'off';
  const { input, output, required, model, baseUrl } = moderation;
  const what = input && output ? 'questions and answers' : input ? 'questions' : 'answers';
  const without = required ? 'no answer without a verdict' : 'answers go on without a verdict';
  return `${what}, by ${model} at ${new URL(baseUrl).origin}; ${without}`;
}

function allowanceLine(allowance: Allowance): string {
  const parts = [
    [allowance.messagesPerMinute, 'messages a minute'],
    [allowance.turnsAtOnce, 'answers at once'],
    [allowance.tokensPerDay, 'tokens a day'],
    [allowance.usdPerDay, 'dollars a day'],
    [allowance.usdPerMonth, 'dollars a month'],
  ] as const;
  return parts.flatMap(([limit, unit]) => (limit === null ? [] : [`${limit} ${unit}`])).join(', ') || 'no limit';
}

function warningsOf(shop: Shop): string[] {
  const { origins, limits, models, contact, contactDelivery, privacy, retentionDays, hours } = shop;
  const { usdPerDay, usdPerMonth } = limits.shop;
  const unknown = new Set(choicesOf(models).flatMap((choice) => (pricesOf(choice) ? [] : [choice.model])));
  return [
    ...(origins.length === 0 ? ['no origins: no page of another address may use it'] : []),
    ...(usdPerDay === null && usdPerMonth === null ? ['no limit in money for the shop, only in tokens'] : []),
    ...[...unknown].map((model) => `nobody knows what ${model} costs: it counts in tokens only`),
    ...(contact?.form && !contactDelivery
      ? ['nobody is told of messages: set "contact.deliver", or look with npm run messages']
      : []),
    ...(privacy.mask.length > 0 && !privacy.consent
      ? ['texts are masked, but shoppers are not asked for consent']
      : []),
    ...contrastWarnings(shop.theme),
    ...(hours && !contact ? ['hours are set, but there is no "contact" that shoppers could see them with'] : []),
    ...proactiveWarnings(shop),
    ...(retentionDays > LONG_RETENTION ? [`threads are kept for ${retentionDays} days`] : []),
  ];
}

/** A shopper whose language a greeting doesn't speak isn't greeted. */
function proactiveWarnings({ proactive, locales, cart }: Shop): string[] {
  const silent = locales.filter((locale) => proactive.some(({ text }) => text[locale] === undefined));
  return [
    ...(silent.length > 0 ? [`"proactive" says nothing in ${silent.join(', ')}`] : []),
    ...(cart.kind === 'none' && proactive.some((rule) => rule.idle_cart_s !== undefined)
      ? ['"proactive" waits for a cart, but "cart" is none']
      : []),
  ];
}
