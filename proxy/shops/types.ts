import type { KeyObject } from 'node:crypto';
import type { OpeningHours } from '../opening-hours.ts';
import type { Capabilities, ReasoningEffort, WireName } from '../models/types.ts';
import type { ProactiveGreeting, ShopContact, ThemeSettings } from '../protocol/index.ts';
import type { Secret } from './secret.ts';

/** A shop that this proxy serves, with everything decided: defaults are filled in, references to secrets resolved. */
export interface Shop {
  slug: string;
  name: string;
  /** The name in languages that write it in another way. */
  names: Record<string, string>;
  /** Where its settings stand, as its owner would look for them: `shops/acme.json`, or `the environment`. */
  settings: string;
  /** BCP 47; the first of `locales`. */
  locale: string;
  /** Languages that the shop speaks. */
  locales: readonly string[];
  /** Pages that may use this shop's assistant: exact origins. The proxy's own origin always may. */
  origins: readonly string[];
  /** What the owner wants the assistant to know and to be like; follows our own rules in the prompt. */
  prompt: string;
  /** How the assistant speaks, in a few words; '' leaves it to the rules of the house. */
  tone: string;
  /** Texts about the shop (delivery, returns …) that the assistant may answer from; part of the prompt's fixed beginning. */
  knowledge: readonly KnowledgeText[];
  /** By language. */
  greeting: Record<string, string>;
  prompts: Record<string, string[]>;
  theme: ShopTheme;
  /** The shop's own words in place of the widget's, by language and name of the text. */
  strings: Record<string, Record<string, string>>;
  /** What the widget may say by itself. */
  proactive: readonly ProactiveGreeting[];
  /** Takes what the page says of itself with a question. */
  pageContext: boolean;
  /** Lets its pages offer functions of their own to the model. */
  pageTools: boolean;
  models: ShopModels;
  /** Names of the tools it may use, in the registry's order. */
  tools: readonly string[];
  catalog: CatalogSettings;
  documents: ShopDocuments;
  cart: ShopCart;
  limits: ShopLimits;
  /** Where a shopper finds people; null when the shop gives no address. */
  contact: ShopContact | null;
  /** When they are there; null where the shop doesn't say. */
  hours: OpeningHours | null;
  /** Where messages of its contact form go; null where they are kept for the owner to look at. */
  contactDelivery: ContactDelivery | null;
  /** Threads that nobody has touched for so many days are deleted. */
  retentionDays: number;
  privacy: ShopPrivacy;
  /** What signs the tokens of the shop's own signed-in shoppers; null where it knows none. */
  identity: ShopIdentity | null;
  /** Declines obvious foreign work before any model is asked. */
  topicGuard: boolean;
  /** How long an answer to a first question may be told to others who ask the same; null: never. */
  answerCache: { minutes: number } | null;
  /** Null where nothing is moderated. */
  moderation: ShopModeration | null;
}

export interface KnowledgeText {
  title: string;
  text: string;
}

export interface ShopTheme {
  /** CSS colour of the brand, `#rrggbb`. */
  accent?: string;
  colorScheme?: 'auto' | 'light' | 'dark';
  /** All the rest, as the widget takes it. */
  looks: ThemeSettings;
}

export interface ShopModels {
  default: ModelChoice;
  /** Asked when little is left of the budget; see `whenSpent`. */
  cheaper: ModelChoice | null;
  /** Asked where the default model can't answer; null where nobody is. */
  fallback: ModelChoice | null;
  /** Of a test: each visitor's default model is that of one of them. Empty where nothing is tested. */
  arms: readonly ModelArm[];
}

export interface ModelArm {
  name: string;
  /** How many visitors it gets, beside the weights of the others. */
  weight: number;
  model: ModelChoice;
}

/** Every model that a shop may call. */
export function choicesOf({ default: choice, cheaper, fallback, arms }: ShopModels): ModelChoice[] {
  return [choice, cheaper, fallback, ...arms.map(({ model }) => model)].filter((one) => one !== null);
}

/** The name of the keyless demo model. */
export const DEMO_MODEL = 'demo-model';

/** A model and where it is asked. */
export interface ModelChoice {
  model: string;
  /** Up to and including `/v1`. */
  baseUrl: string;
  apiKey: Secret;
  wire: WireName;
  /** What the owner knows of the model that our table doesn't, or has otherwise. */
  capabilities?: Partial<Capabilities>;
  /** Left to the provider when absent. */
  reasoningEffort?: ReasoningEffort;
  /** The same. 0 to 2. */
  temperature?: number;
  /** Prices that the owner knows better than the price list; null takes the list's. */
  prices: ModelPrices | null;
  /** The address was written by a shop, not by who runs the proxy: it must not lead into the private network. */
  guarded: boolean;
}

/** US dollars for a million tokens. */
export interface ModelPrices {
  input: number;
  cachedInput: number;
  /** What a provider takes for putting input into its cache. */
  cacheWrite: number;
  output: number;
  /** Where the owner gave them: `shops/acme.json`. */
  source: string;
}

/** Where a feed or an export is. */
export type CatalogPlace = { file: string } | { url: string };

/** What an export doesn't say of itself. */
export interface ExportSettings {
  currency: string;
  shopUrl: string;
  encoding?: string;
  lang?: string;
}

export type CatalogOrigin =
  /** A catalogue of ours, in a file. */
  | { type: 'file'; file: string }
  /** The same, fetched. */
  | { type: 'url'; url: string }
  /** WooCommerce's Store API: no keys. */
  | { type: 'woocommerce'; url: string }
  /** WooCommerce's REST v3, with a key that may read. */
  | { type: 'woocommerce_rest'; url: string; key: Secret; secret: Secret }
  | { type: 'shopify'; shop: string; token?: Secret; country?: string; lang?: string }
  | ({ type: 'google_feed'; encoding?: string; lang?: string } & CatalogPlace)
  | ({ type: 'shopify_csv' } & ExportSettings & CatalogPlace)
  | ({ type: 'woocommerce_csv' } & ExportSettings & CatalogPlace);

export type CatalogSettings = CatalogOrigin & {
  /** How often it is read; 0 is only when asked. Left out: hourly, and a file when it changes. */
  everyMinutes?: number;
  /** Of WooCommerce's webhooks. */
  webhookSecret?: Secret;
};

/** Where a document of the shop's settings is read from. `name` is what the owner wrote, `url` where a shopper reads it. */
export type DocumentSource =
  | { type: 'file'; file: string; name: string; url?: string }
  | { type: 'url'; url: string }
  /** The pages that it names, `max` at most. */
  | { type: 'sitemap'; url: string; max: number };

/** Documents that the shop's settings name; others are added by hand. */
export interface ShopDocuments {
  sources: readonly DocumentSource[];
  /** How often they are read again; 0 is only when asked. */
  everyMinutes: number;
  /** What makes vectors of them, beside the index of their words; null where nothing does. */
  embeddings: ShopEmbeddings | null;
  /** A provider's vector store that holds a copy of them and is searched, too; null where there is none. */
  store: ShopDocumentStore | null;
}

/** Who asks a store: our tool, by its search endpoint, or the model's own server while it answers. */
export const STORE_SEARCHES = ['tool', 'hosted'] as const;

export interface ShopDocumentStore {
  type: 'openai';
  search: (typeof STORE_SEARCHES)[number];
  /** One that is there already, with files of its own; left out, one is made. */
  id?: string;
  /** Up to and including `/v1`. */
  baseUrl: string;
  apiKey: Secret;
  /** As in `ModelChoice`. */
  guarded: boolean;
}

export interface ShopEmbeddings {
  model: string;
  /** Up to and including `/v1`. */
  baseUrl: string;
  apiKey: Secret;
  /** As in `ModelChoice`. */
  guarded: boolean;
}

export const CART_KINDS = ['woocommerce', 'shopify', 'event', 'none'] as const;

export interface ShopCart {
  /** How the page's own cart is reached; `event` leaves it to the page. */
  kind: (typeof CART_KINDS)[number];
  /** The shop's cart page. */
  url?: string;
}

export interface ShopLimits {
  visitor: Allowance;
  /** One address: an IPv4 address, or a /64 of IPv6. */
  address: Allowance;
  shop: Allowance;
  threadsPerVisitor: number;
  messagesPerThread: number;
  /** UTF-16 code units. */
  messageLength: number;
  /** What one call of the model may take with its answer: rules, tools, thread and what tools found. */
  contextTokens: number;
  /** What to do, in this order, when the shop's own allowance is used up; nothing left means refusal. */
  whenSpent: readonly DegradeStep[];
}

/** How much one payer may use. Null is no limit. Days and months are those of UTC. */
export interface Allowance {
  messagesPerMinute: number | null;
  turnsAtOnce: number | null;
  tokensPerDay: number | null;
  usdPerDay: number | null;
  usdPerMonth: number | null;
}

export const DEGRADE_STEPS = ['cheaper_model', 'search', 'contact'] as const;
/** `cheaper_model`: keeps the last fifth of the allowance for it · `search`: results without a model · `contact`: people. */
export type DegradeStep = (typeof DEGRADE_STEPS)[number];

/** One message, one way. */
export type ContactDelivery = { kind: 'webhook'; url: string; secret: Secret } | { kind: 'email'; email: string };

/** What is moderated, and by whom. */
export interface ShopModeration {
  input: boolean;
  output: boolean;
  /** Without a verdict there is no answer. */
  required: boolean;
  model: string;
  /** Up to and including `/v1`. */
  baseUrl: string;
  apiKey: Secret;
  /** As in `ModelChoice`. */
  guarded: boolean;
}

export const MASKED = ['email', 'phone', 'card'] as const;
export type MaskedKind = (typeof MASKED)[number];

export interface ShopPrivacy {
  /** Nothing is stored or sent before the shopper agrees. */
  consent: boolean;
  /** Says under the greeting that an AI answers. */
  disclosure: boolean;
  /** The shop's privacy page. */
  policyUrl?: string;
  /** What is taken out of a shopper's message before model, log and database see it. */
  mask: readonly MaskedKind[];
}

/** Verifies the JWTs with which a shop's page says who has signed in. */
export interface ShopIdentity {
  key: KeyObject;
  /** JWS algorithms that fit the key. */
  algorithms: readonly string[];
  /** Required values, where the owner names them. */
  issuer?: string;
  audience?: string;
}

export interface Shops {
  bySlug(slug: string): Shop | undefined;
  all(): readonly Shop[];
  /** What was wrong with the shops' files when they were last read; the shops themselves are served as they were before. */
  problems(): readonly string[];
}

/** Field → value: docs/decisions/0008-settings-at-the-desk.md. */
export type DeskChanges = Readonly<Record<string, unknown>>;

/** One thing that is wrong, and the path to it in the form of schema.ts. */
export interface DeskProblem {
  field: string;
  message: string;
}

export interface DeskField {
  field: string;
  /** With its default where the file says nothing; null where it is left out. */
  value: unknown;
  /** What the file says; undefined where it says nothing. */
  file: unknown;
  /** Of an owner. */
  editable: boolean;
  /** The most that may be set; null is no limit, and undefined is of other fields. */
  most?: number | null;
}

/** What the desk can make of one shop's settings: the file's, as they were last good, with changes over them. */
export interface ShopBench {
  slug: string;
  /** `shops/acme.json` */
  settings: string;
  /** Every field there is; `value` is with these changes. */
  fields(changes: DeskChanges): DeskField[];
  /** Names that the file lets the desk choose from. */
  models: readonly string[];
  tools: readonly string[];
  /** What an owner wrote: all that is wrong, or the shop that it makes. */
  check(changes: DeskChanges): Promise<{ shop: Shop; problems: [] } | { shop: undefined; problems: DeskProblem[] }>;
  /**
   * What is served of what was published: a field that doesn't go with the file any more is left out, and said. A limit is
   * never more than the file's. Undefined when the file alone is no good.
   */
  apply(changes: DeskChanges): Promise<{ shop: Shop | undefined; problems: DeskProblem[] }>;
}
