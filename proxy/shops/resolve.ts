import type { ThemeSettings } from '../protocol/index.ts';
import { didYouMean } from '../spelling.ts';
import { checkForm, type Flaw, type ShopDraft, toLine, topOf } from './draft.ts';
import { cartOf, catalogOf } from './catalog.ts';
import { contactDeliveryOf, contactOf } from './contact.ts';
import { documentsOf } from './documents.ts';
import { hoursOf } from './hours.ts';
import { identityOf } from './identity.ts';
import { modelsOf } from './model-choice.ts';
import { moderationOf } from './moderation.ts';
import type { ShopFile } from './schema.ts';
import { References, type Surroundings } from './surroundings.ts';
import type { Allowance, DegradeStep, KnowledgeText, Shop } from './types.ts';

/** All of a shop's knowledge: every call of its model carries and pays for it. */
const MAX_KNOWLEDGE = 20_000;

export type Resolved = { shop: Shop; problems: [] } | { shop: undefined; problems: string[] };

/** A draft → a shop with everything decided, or all that is wrong with it, a line each. */
export async function resolveShop(draft: ShopDraft, surroundings: Surroundings): Promise<Resolved> {
  const { shop, flaws } = await resolveDraft(draft, surroundings);
  return shop ? { shop, problems: [] } : { shop, problems: flaws.map((flaw) => toLine(draft, flaw)) };
}

/** The same, with each problem's place. */
export async function resolveDraft(
  draft: ShopDraft,
  surroundings: Surroundings,
): Promise<{ shop: Shop; flaws: [] } | { shop: undefined; flaws: readonly Flaw[] }> {
  const { file, flaws } = checkForm(draft.values);
  if (!file) return { shop: undefined, flaws };
  const wrong = new Set(flaws.map(topOf));

  const references = new References(draft, surroundings.env);
  const models = modelsOf(file, references, surroundings);
  const tools = toolsOf(file, references, surroundings.toolNames);
  const catalog = await catalogOf(file, references, surroundings);
  const knowledge = await knowledgeOf(file, references);
  const documents = await documentsOf(file, models, references, surroundings);
  const identity = await identityOf(file, references);
  const whenSpent = whenSpentOf(file, references);
  const moderation = moderationOf(file, models, references, surroundings);
  const contactDelivery = contactDeliveryOf(file, references, surroundings);
  const slug = file.slug ?? draft.slug;
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(slug)) {
    references.flaw(
      'slug',
      `is missing, and the file's name makes none; write one of lower-case letters, digits and "-"`,
    );
  }
  // What was left out because it is wrong must not be missed in addition.
  const further = references.flaws.filter(
    (flaw) => !wrong.has(topOf(flaw)) && !(wrong.size > 0 && isAboutOthers(flaw)),
  );
  if (flaws.length + further.length > 0 || !models || !catalog)
    return { shop: undefined, flaws: [...flaws, ...further] };

  const { theme, limits, privacy } = file;
  const shop: Shop = {
    slug,
    name: file.name,
    names: file.names,
    settings: draft.settings,
    locale: file.languages[0]!,
    locales: file.languages,
    origins: file.origins,
    prompt: file.prompt,
    tone: file.tone,
    knowledge,
    greeting: file.greeting,
    prompts: file.starter_prompts,
    theme: {
      ...(theme.accent !== undefined && { accent: theme.accent }),
      ...(theme.color_scheme !== undefined && { colorScheme: theme.color_scheme }),
      looks: looksOf(theme),
    },
    strings: file.strings,
    proactive: file.proactive.map(withoutUndefined),
    pageContext: file.page_context,
    pageTools: file.page_tools,
    models,
    tools,
    catalog,
    documents,
    cart: cartOf(file),
    limits: {
      visitor: allowance(limits.visitor),
      address: allowance(limits.address),
      shop: allowance(limits.shop),
      threadsPerVisitor: limits.threads_per_visitor,
      messagesPerThread: limits.messages_per_thread,
      messageLength: limits.message_length,
      contextTokens: limits.context_tokens,
      whenSpent,
    },
    contact: contactOf(file),
    hours: hoursOf(file),
    contactDelivery,
    retentionDays: file.retention_days,
    privacy: {
      consent: privacy.consent,
      disclosure: privacy.disclosure,
      ...(privacy.policy_url !== undefined && { policyUrl: privacy.policy_url }),
      mask: privacy.mask,
    },
    identity,
    topicGuard: file.topic_guard,
    answerCache: file.answer_cache || null,
    moderation,
  };
  return { shop, flaws: [] };
}

function looksOf({ accent: _accent, color_scheme: _scheme, dark, ...looks }: ShopFile['theme']): ThemeSettings {
  return { ...withoutUndefined(looks), ...(dark && { dark: withoutUndefined(dark) }) };
}

/** What a draft leaves out isn't there at all. */
function withoutUndefined<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}

/** The steps that a shop chose for when its budget is gone need other settings. */
function isAboutOthers({ path }: Flaw): boolean {
  return path === 'limits.when_spent';
}

function toolsOf({ tools }: ShopFile, references: References, all: readonly string[]): readonly string[] {
  for (const name of tools ?? []) {
    if (all.includes(name)) continue;
    const meant = didYouMean(name, all);
    references.flaw(
      'tools',
      `there is no tool "${name}"; ${meant === undefined ? `there are ${all.join(', ')}` : `did you mean ${meant}?`}`,
    );
  }
  return tools ? all.filter((name) => tools.includes(name)) : all;
}

async function knowledgeOf({ knowledge }: ShopFile, references: References): Promise<KnowledgeText[]> {
  const texts: KnowledgeText[] = [];
  let length = 0;
  for (const [index, { title, text, file }] of knowledge.entries()) {
    const found = text ?? (await references.fileText(`knowledge.${index}.file`, file!, MAX_KNOWLEDGE));
    if (found === undefined) continue;
    length += Buffer.byteLength(title) + Buffer.byteLength(found);
    texts.push({ title, text: found });
  }
  if (length > MAX_KNOWLEDGE) {
    references.flaw(
      'knowledge',
      `is ${Math.ceil(length / 1_000)} kB long, ${MAX_KNOWLEDGE / 1_000} kB are the most: the model reads all of it for every answer`,
    );
  }
  return texts;
}

function whenSpentOf({ limits, contact, cheaper_model }: ShopFile, references: References): readonly DegradeStep[] {
  const steps = limits.when_spent;
  if (!steps) return contact ? ['search', 'contact'] : ['search'];
  if (steps.includes('cheaper_model') && !cheaper_model) {
    references.flaw('limits.when_spent', 'names cheaper_model, but there is no "cheaper_model"');
  }
  if (steps.includes('contact') && !contact)
    references.flaw('limits.when_spent', 'names contact, but there is no "contact"');
  return steps;
}

function allowance(limits: ShopFile['limits']['visitor']): Allowance {
  return {
    messagesPerMinute: limits.messages_per_minute,
    turnsAtOnce: limits.turns_at_once,
    tokensPerDay: limits.tokens_per_day,
    usdPerDay: limits.usd_per_day,
    usdPerMonth: limits.usd_per_month,
  };
}
