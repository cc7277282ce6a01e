/**
 * A shop as its owner writes it: `shops/*.json`, and what the environment and the demo say, in the same form. Every
 * default has its home here; docs/shops.md has them in a table.
 */
import { z } from 'zod';
import { REASONING_EFFORTS, WIRES } from '../models/types.ts';
import { CART_KINDS, DEGRADE_STEPS, MASKED, STORE_SEARCHES } from './types.ts';
import { dictionary, fewStrings, greetings, hours, theme } from './widget-schema.ts';

const LANGUAGE_TAG = 'must be a language tag, such as en or he';
const language = z.string().refine(isLanguageTag, LANGUAGE_TAG);
/** By language; the record's keys are checked like any text. */
const byLanguage = <T extends z.ZodType>(value: T) => z.record(z.string(), value).superRefine(languageKeys);

const webUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) URL, such as https://shop.example' })
  .max(2_000);
/** A page of the shop's: a URL, or its path, since a shop may have pages on several origins. */
const pageUrl = z
  .string()
  .max(2_000)
  .refine(
    (value) => webUrl.safeParse(value).success || /^\/(?![/\\])/.test(value),
    'must be an http(s) URL, or a path such as /cart/',
  );
/** Never the secret itself: these files are copied, shown and committed. */
const secret = z
  .string()
  .regex(/^env:[A-Za-z_][A-Za-z0-9_]*$/, 'is a secret: write env:NAME here and set NAME in the environment');
const file = z.string().min(1).max(1_000);

const yesOrNo = z.boolean().optional();
/** What is left out is as our table of models has it. */
const capabilities = z.strictObject({
  temperature: yesOrNo,
  reasoning_efforts: z.array(z.enum(REASONING_EFFORTS)).max(REASONING_EFFORTS.length).superRefine(noTwice).optional(),
  reasons_with_tools: yesOrNo,
  strict_tools: yesOrNo,
  encrypted_reasoning: yesOrNo,
  file_search: yesOrNo,
  counts_input: yesOrNo,
  usage_in_stream: yesOrNo,
  obfuscation: yesOrNo,
  developer_role: yesOrNo,
  max_tokens_field: z.enum(['max_tokens', 'max_completion_tokens']).optional(),
  parallel_tool_calls: yesOrNo,
  tool_choice: yesOrNo,
  prompt_cache_key: yesOrNo,
  safety_identifier: yesOrNo,
  thinks_first: yesOrNo,
});

const price = z.number().min(0).max(100_000);
const model = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  base_url: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) URL, such as https://api.openai.com/v1' })
    .max(2_000)
    .optional(),
  api_key: secret.optional(),
  wire: z.enum(WIRES).optional(),
  capabilities: capabilities.optional(),
  /** Both are left to the provider unless given, and only sent to a model that takes them. */
  reasoning_effort: z.enum(REASONING_EFFORTS).optional(),
  temperature: z.number().min(0).max(2).optional(),
  /** US dollars for a million tokens; cached input costs as much as other input unless it is given. */
  prices: z
    .strictObject({ input: price, cached_input: price.optional(), cache_write: price.optional(), output: price })
    .optional(),
});

const arm = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'must be lower-case letters, digits, "-" and "_", such as terra'),
  weight: z.number().gt(0).max(1_000_000).default(1),
  model: model.extend({ name: z.string().min(1).max(200) }),
});
const modelTest = z.strictObject({
  arms: z
    .array(arm)
    .min(2)
    .max(8)
    .superRefine((arms, context) => {
      if (new Set(arms.map(({ name }) => name)).size < arms.length) context.addIssue('has two arms of the same name');
    }),
});

const count = (max: number) => z.int().gt(0).max(max);
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

const often = { every_minutes: z.int().min(0).max(43_200).optional(), webhook_secret: secret.optional() };
const feed = { file: file.optional(), url: webUrl.optional(), encoding: z.string().max(40).optional() };
const lang = language.optional();
const exported = {
  ...feed,
  lang,
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be a code of ISO 4217, such as USD'),
  shop_url: webUrl,
  ...often,
};
/** Types that are read from a file or from a URL. */
export const FEEDS = ['google_feed', 'shopify_csv', 'woocommerce_csv'] as const;

const catalog = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('file'), file, ...often }),
    z.strictObject({ type: z.literal('url'), url: webUrl, ...often }),
    z.strictObject({ type: z.literal('woocommerce'), url: webUrl, ...often }),
    z.strictObject({ type: z.literal('woocommerce_rest'), url: webUrl, key: secret, secret, ...often }),
    z.strictObject({
      type: z.literal('shopify'),
      shop: z
        .string()
        .max(200)
        .regex(
          /^(https:\/\/)?[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+\/?$/i,
          "must be the shop's address, such as acme.myshopify.com",
        ),
      token: secret.optional(),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, 'must be a code of ISO 3166, such as IL')
        .optional(),
      lang,
      ...often,
    }),
    z.strictObject({ type: z.literal('google_feed'), ...feed, lang, ...often }),
    z.strictObject({ type: z.literal('shopify_csv'), ...exported }),
    z.strictObject({ type: z.literal('woocommerce_csv'), ...exported }),
  ])
  .superRefine((value, context) => {
    if (!isFeed(value) || (value.file === undefined) !== (value.url === undefined)) return;
    context.addIssue('needs either "file" or "url"');
  });

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

const documentSource = z
  .strictObject({
    file: file.optional(),
    url: pageUrl.optional(),
    sitemap: webUrl.optional(),
    max: count(1_000).optional(),
  })
  .refine(
    ({ file, url, sitemap }) => (sitemap === undefined ? file !== undefined || url !== undefined : !file && !url),
    'needs a "file" (with the "url" where shoppers read it, if there is one), a "url" or a "sitemap"',
  )
  .refine(({ file, url }) => file !== undefined || url === undefined || URL.canParse(url), {
    path: ['url'],
    error: 'must be an http(s) URL where it is read from there; a path is for a "file"',
  })
  .refine(({ sitemap, max }) => sitemap !== undefined || max === undefined, 'has "max", which is for a "sitemap"');

const documents = z.strictObject({
  sources: z.array(documentSource).max(500).default([]),
  every_minutes: z.int().min(0).max(43_200).default(360),
  embeddings: z
    .strictObject({
      model: z.string().min(1).max(200).default('text-embedding-3-small'),
      base_url: model.shape.base_url,
      api_key: secret.optional(),
    })
    .optional(),
  store: z
    .strictObject({
      type: z.literal('openai'),
      vector_store_id: z
        .string()
        .regex(/^[\w-]{1,100}$/, 'is no id of a vector store, such as vs_abc123')
        .optional(),
      search: z.enum(STORE_SEARCHES).default('tool'),
      base_url: model.shape.base_url,
      api_key: secret.optional(),
    })
    .optional(),
});

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

type CatalogForm = z.output<typeof catalog>;

export function isFeed(value: CatalogForm): value is Extract<CatalogForm, { type: (typeof FEEDS)[number] }> {
  return (FEEDS as readonly string[]).includes(value.type);
}

function isLanguageTag(tag: string): boolean {
  try {
    // `hebrew` has the form of a tag, but no page and no browser asks for it.
    return new Intl.Locale(tag).language.length <= 3;
  } catch {
    return false;
  }
}

function languageKeys(value: object, context: z.RefinementCtx): void {
  for (const tag of Object.keys(value)) {
    if (!isLanguageTag(tag)) context.addIssue({ code: 'custom', path: [tag], message: LANGUAGE_TAG });
  }
}

function exactOrigin(origin: string, context: z.RefinementCtx): void {
  if (URL.canParse(origin) && new URL(origin).origin === origin && /^https?:/.test(origin)) return;
  context.addIssue(`"${origin}" is no origin; write scheme, host and port only, such as https://shop.example`);
}

function noTwice(values: readonly string[], context: z.RefinementCtx): void {
  if (new Set(values).size < values.length) context.addIssue('names something twice');
}
