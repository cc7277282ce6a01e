/**
 * A shop as its owner writes it: `shops/*.json`, and what the environment and the demo say, in the same form. Every
 * default has its home here; docs/shops.md has them in a table.
 */
import { z } from 'zod';
import { catalog } from './catalog-schema.ts';
import { documents } from './document-schema.ts';
import { model, modelTest } from './model-schema.ts';
import { byLanguage, count, file, language, noTwice, pageUrl, secret, webUrl } from './schema-values.ts';
import { CART_KINDS, DEGRADE_STEPS, MASKED } from './types.ts';
import { dictionary, fewStrings, greetings, hours, theme } from './widget-schema.ts';

/** Null is no limit. */
const allowance = (messages: number, turns: number, tokens: number) =>
  z
    .strictObject({
      messages_per_minute: count(1_000_000).nullable().default(messages),
      turns_at_once: count(100_000).nullable().default(turns),
      tokens_per_day: count(1e12).nullable().default(tokens),
      usd_per_day: z.number().gt(0).max(1e6).nullable().default(null),
      usd_per_month: z.number().gt(0).max(1e6).nullable().default(null),
    })
    .prefault({});

const limits = z
  .strictObject({
    visitor: allowance(10, 2, 500_000),
    address: allowance(30, 6, 2_000_000),
    shop: allowance(600, 200, 20_000_000),
    threads_per_visitor: count(10_000).default(100),
    messages_per_thread: count(1_000).default(200),
    message_length: count(100_000).default(4_000),
    context_tokens: z.int().min(4_000).max(1_000_000).default(16_000),
    /** Left out: search, and then the contact where there is one. */
    when_spent: z.array(z.enum(DEGRADE_STEPS)).max(DEGRADE_STEPS.length).superRefine(noTwice).optional(),
  })
  .prefault({});

const title = z.string().min(1).max(200);
const knowledge = z
  .strictObject({ title, text: z.string().min(1).optional(), file: file.optional() })
  .refine((entry) => (entry.text === undefined) !== (entry.file === undefined), 'needs either "text" or "file"');

const email = z.email('must be an e-mail address').max(200).optional();
const contact = z
  .strictObject({
    email,
    phone: z
      .string()
      .regex(/^\+?\d[\d ().-]{2,30}$/, 'must be a phone number, such as +972 3 555 0100')
      .optional(),
    url: webUrl.optional(),
    /** Shoppers can write to the shop in the panel; left out: they can. */
    form: z.boolean().optional(),
    /** Left out: their messages are kept, and `shop-clerk messages` shows them. */
    deliver: z
      .strictObject({ webhook: z.strictObject({ url: webUrl, secret }).optional(), email })
      .refine((value) => (value.webhook === undefined) !== (value.email === undefined), {
        error: 'needs either "webhook" or "email"',
      })
      .optional(),
  })
  .refine(
    ({ email, phone, url, form, deliver }) =>
      form === true || [email, phone, url, deliver].some((way) => way !== undefined),
    'needs an "email", a "phone", a "url" or the "form"',
  )
  .refine(({ form, deliver }) => form !== false || deliver === undefined, {
    path: ['deliver'],
    error: 'says where the form\'s messages go, but "form" is false',
  });

const identity = z
  .strictObject({
    secret: secret.optional(),
    /** PEM, the name of a file with it, or env:NAME. */
    public_key: z.string().min(1).max(20_000).optional(),
    algorithms: z.array(z.string().max(20)).min(1).max(20).optional(),
    issuer: z.string().min(1).max(500).optional(),
    audience: z.string().min(1).max(500).optional(),
  })
  .refine(
    (value) => (value.secret === undefined) !== (value.public_key === undefined),
    'needs either "secret" or "public_key"',
  );

const moderation = z
  .strictObject({
    input: z.boolean().default(true),
    output: z.boolean().default(true),
    required: z.boolean().default(false),
    model: z.string().min(1).max(200).default('omni-moderation-latest'),
    base_url: model.shape.base_url,
    api_key: secret.optional(),
  })
  .refine(({ input, output }) => input || output, 'moderates neither "input" nor "output": leave it out');

/** A list is the sources alone. */
function sourcesAlone(value: unknown): unknown {
  return Array.isArray(value) ? { sources: value } : (value ?? {});
}

/** `true` is all the defaults, and `false` as if it weren't there. */
function onOrOff(value: unknown): unknown {
  return value === true ? {} : value === false ? undefined : value;
}

export const shopFile = z.strictObject({
  slug: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and "-", such as my-shop')
    .optional(),
  name: z.string().min(1).max(80).default('Our shop'),
  /** Where another language writes the name in another way. */
  names: byLanguage(z.string().min(1).max(80)).default({}),
  languages: z.array(language).min(1).max(20).superRefine(noTwice).default(['en']),
  origins: z.array(z.string().superRefine(exactOrigin)).max(100).default([]),
  prompt: z.string().max(20_000).default(''),
  tone: z.string().max(500).default(''),
  greeting: byLanguage(z.string().min(1).max(500)).default({}),
  starter_prompts: byLanguage(z.array(z.string().min(1).max(80)).max(4)).default({}),
  theme: theme.extend({ logo_url: webUrl.optional() }).prefault({}),
  /** Texts of the widget in the shop's own words, by language and name. */
  strings: byLanguage(dictionary).refine(fewStrings, 'are too long in all: every visitor loads them').default({}),
  proactive: greetings(byLanguage(z.string().min(1).max(200))),
  /** Whether the widget may tell which page and products the shopper is looking at. */
  page_context: z.boolean().default(false),
  /** Whether pages may offer functions of their own to the model. */
  page_tools: z.boolean().default(false),
  model: model.prefault({}),
  cheaper_model: model.extend({ name: z.string().min(1).max(200) }).optional(),
  fallback_model: model.extend({ name: z.string().min(1).max(200) }).optional(),
  /** A test of models: `model` gives way to that of the visitor's arm. */
  model_test: modelTest.optional(),
  /** Left out: all there are. */
  tools: z.array(z.string()).min(1).max(50).superRefine(noTwice).optional(),
  catalog,
  knowledge: z.array(knowledge).max(50).default([]),
  documents: z.preprocess(sourcesAlone, documents),
  /** Left out: that of what the shop runs on, as the catalogue says it, else `event`. */
  cart: z.strictObject({ kind: z.enum(CART_KINDS).optional(), url: pageUrl.optional() }).prefault({}),
  limits,
  contact: contact.optional(),
  hours: hours.optional(),
  retention_days: count(3_650).default(30),
  privacy: z
    .strictObject({
      consent: z.boolean().default(false),
      disclosure: z.boolean().default(true),
      policy_url: webUrl.optional(),
      mask: z.array(z.enum(MASKED)).max(MASKED.length).superRefine(noTwice).default([]),
    })
    .prefault({}),
  identity: identity.optional(),
  topic_guard: z.boolean().default(true),
  answer_cache: z
    .union([z.literal(false), z.strictObject({ minutes: count(1_440).default(60) })], {
      error: 'must be false, or say for how many minutes, 1 to 1440: { "minutes": 60 }',
    })
    .prefault({}),
  /** Left out: nothing is moderated. The server is left out where the shop's model is OpenAI's. */
  moderation: z.preprocess(onOrOff, moderation.optional()),
  /** What the desk may choose from, beside what stands here. */
  desk: z
    .strictObject({ models: z.array(z.string().min(1).max(200)).max(50).superRefine(noTwice).default([]) })
    .prefault({}),
});

export type ShopFile = z.output<typeof shopFile>;

function exactOrigin(origin: string, context: z.RefinementCtx): void {
  if (URL.canParse(origin) && new URL(origin).origin === origin && /^https?:/.test(origin)) return;
  context.addIssue(`"${origin}" is no origin; write scheme, host and port only, such as https://shop.example`);
}
