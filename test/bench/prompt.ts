/**
 * What conversations about the demo catalogue take in tokens, as they are told and as they would be without windows,
 * summaries and compaction; and how much of each request is the beginning of the one before it, which a provider can
 * cache and sells for a tenth. Tokens are our own guess on both sides: it is too high, and the same for both.
 */
import { z } from 'zod';
import { entries, toProduct } from '../../demo/catalog/index.ts';
import { startDemoModel } from '../../demo/index.ts';
import { createCatalog, syncCatalog } from '../../proxy/catalog/index.ts';
import { TokenCounts } from '../../proxy/chat/context/token-counts.ts';
import { AnswerCache } from '../../proxy/chat/answer-cache/answer-cache.ts';
import { ClientActs } from '../../proxy/chat/client-acts.ts';
import { modelTools } from '../../proxy/chat/context/prompt.ts';
import { fence } from '../../proxy/chat/context/fence.ts';
import { historyItems, titlesOfOld, tokensOf } from '../../proxy/chat/context/history.ts';
import { summariseThread } from '../../proxy/chat/context/summarise-thread.ts';
import { runTurn } from '../../proxy/chat/turn.ts';
import type { TurnDeps } from '../../proxy/chat/types.ts';
import { createLimits } from '../../proxy/limits/index.ts';
import { createOpenAiResponses } from '../../proxy/models/index.ts';
import { billOf } from '../../proxy/models/pricing.ts';
import type { Model, ModelItem, ModelRequest } from '../../proxy/models/types.ts';
import { createShops } from '../../proxy/shops/index.ts';
import { openSqlite } from '../../proxy/storage/index.ts';
import { estimateTokens } from '../../proxy/tokens.ts';
import { tools } from '../../proxy/tools/index.ts';
import { NO_DOCUMENTS } from '../fakes/fake-knowledge.ts';
import { testShop } from '../fixtures/shops.ts';
import { tempDir } from '../temp-dir.ts';
import { curiousModel, DEMO_QUESTIONS, LONG_QUESTIONS } from './prompt-conversations.ts';

const shop = testShop({ slug: 'demo', tools: tools.map(({ name }) => name), cart: { kind: 'event' } });
/** How it was before: so many messages, whatever they take. */
const MESSAGES_BEFORE = 40;
const never = new AbortController().signal;
const SCHEMA = 'https://json-schema.org/draft/2020-12/schema';
/** What the bounds of whole numbers took in the tools' schemas. */
const BOUNDS_BEFORE =
  estimateTokens(JSON.stringify(tools.map(({ input }) => z.toJSONSchema(input)))) -
  estimateTokens(JSON.stringify(modelTools(tools).map(({ parameters }) => ({ $schema: SCHEMA, ...parameters }))));

interface Asked {
  isSummary: boolean;
  fixed: string;
  sent: readonly ModelItem[];
  before: readonly ModelItem[];
}

export async function benchPrompt(): Promise<void> {
  const demo = await startDemoModel({ tokenDelayMs: 0 });
  const demoModel = createOpenAiResponses({ apiKey: 'demo', baseUrl: demo.baseUrl, model: 'demo-model' });
  try {
    const rows = {
      'demo model, 8 questions': figuresOf(await converse(demoModel, DEMO_QUESTIONS)),
      'a model that looks things up, 8 questions': figuresOf(
        await converse(curiousModel(), LONG_QUESTIONS.slice(0, 8)),
      ),
      'the same, 40 questions': figuresOf(await converse(curiousModel(), LONG_QUESTIONS)),
    };
    console.log(
      'Prompts: input tokens of whole conversations (our guess), and the share of each that stood in the request before',
    );
    console.table(rows);
  } finally {
    await demo.close();
  }
}

function figuresOf(asked: readonly Asked[]) {
  const answers = asked.filter(({ isSummary }) => !isSummary);
  const fixed = (one: Asked, key: 'sent' | 'before') =>
    estimateTokens(one.fixed) + (key === 'before' && !one.isSummary ? BOUNDS_BEFORE : 0);
  const total = (all: readonly Asked[], key: 'sent' | 'before') =>
    all.reduce((sum, one) => sum + fixed(one, key) + tokensOf(one[key]), 0);
  const most = (key: 'sent' | 'before') => Math.max(...answers.map((one) => fixed(one, key) + tokensOf(one[key])));
  const before = total(answers, 'before');
  const now = total(asked, 'sent');
  const same = { before: sameBeginning(answers, 'before'), now: sameBeginning(answers, 'sent') };
  const paid = { before: before * (1 - 0.9 * same.before), now: now * (1 - 0.9 * same.now) };
  return {
    calls: answers.length,
    before,
    now,
    'largest before': most('before'),
    'largest now': most('sent'),
    'of it summaries': total(
      asked.filter(({ isSummary }) => isSummary),
      'sent',
    ),
    'same beginning before': percent(same.before),
    'same beginning now': percent(same.now),
    'saved with a cache': percent(1 - paid.now / paid.before),
  };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Of all that was sent, the share that stood at the beginning of the request before it. */
function sameBeginning(asked: readonly Asked[], key: 'sent' | 'before'): number {
  const texts = asked.map((one) => one.fixed + one[key].map((item) => JSON.stringify(item)).join());
  let same = 0;
  for (const [index, text] of texts.entries()) {
    const last = texts[index - 1] ?? '';
    let at = 0;
    while (at < text.length && text[at] === last[at]) at++;
    same += at;
  }
  return same / texts.reduce((sum, text) => sum + text.length, 0);
}

async function converse(model: Model, questions: readonly string[]): Promise<Asked[]> {
  using dir = tempDir();
  const storage = openSqlite({ file: dir.file('prompt.sqlite') });
  try {
    const source = {
      name: 'demo',
      async *products() {
        yield* entries.map((entry) => toProduct(entry));
      },
    };
    await syncCatalog({ storage, shop: shop.slug, source, signal: AbortSignal.timeout(60_000) });
    const asked: Asked[] = [];
    let threadId: string | null = null;
    /** What each call of the turn found, whole. */
    let outputs: unknown[] = [];
    const whole: TurnDeps['tools'] = tools.map((tool) => ({
      ...tool,
      async run(input, context) {
        const index = outputs.push(undefined) - 1;
        const result = await tool.run(input, context);
        outputs[index] = result.output;
        return result;
      },
    }));
    async function note({ instructions, tools: given, input }: ModelRequest): Promise<void> {
      const isSummary = given.length === 0;
      const messages = isSummary ? [] : await storage.messages(threadId!, MESSAGES_BEFORE);
      const at = input.findLastIndex((item) => 'role' in item && item.role === 'user');
      const results = input.slice(at + 1).filter(({ type }) => type === 'tool_result');
      const rounds = input.slice(at + 1).map((item) => {
        return item.type === 'tool_result' ? { ...item, output: fence(outputs[results.indexOf(item)]) } : item;
      });
      const before = [input[0]!, ...historyItems(messages, titlesOfOld(messages)), ...rounds];
      asked.push({ isSummary, fixed: instructions + JSON.stringify(given), sent: input, before });
    }
    const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
    const deps: TurnDeps = {
      storage,
      catalog: createCatalog({ storage }),
      knowledge: NO_DOCUMENTS,
      shops: createShops([shop]),
      orders: { order: async () => null, countTry: async () => true },
      tools: whole,
      modelTools: modelTools(tools),
      modelFor: () => ({
        id: model.id,
        async *stream(request, signal) {
          await note(request);
          yield* model.stream(request, signal);
        },
      }),
      moderationFor: () => ({ check: async () => [] }),
      counts: new TokenCounts(),
      answers: new AnswerCache({ now: Date.now }),
      allowances: createLimits({ storage, billOf }),
      log,
      limits: { maxRounds: 5, maxOutputTokens: 2_000, historyMessages: 200 },
      now: Date.now,
    };
    for (const [index, text] of questions.entries()) {
      const bounds = { maxThreads: 10, maxMessages: 1_000, now: Date.now() };
      const who = { shop: shop.slug, visitorId: 'vis_bench', address: 'adr_bench', locale: 'en' };
      const begun = await storage.beginTurn({ ...who, ...bounds, threadId, clientMessageId: `message-${index}`, text });
      if (begun.outcome !== 'started') throw new Error(begun.outcome);
      const { turn } = begun;
      threadId = turn.threadId;
      outputs = [];
      const acts = new ClientActs({ turnId: turn.id, attempt: 1, hasPage: false });
      for await (const event of runTurn(deps, { shop, turn, acts }, never))
        if (event.type === 'error') throw new Error(event.message);
      await summariseThread(deps, shop, turn, never);
    }
    return asked;
  } finally {
    await storage.close();
  }
}

/** Figures are all that is printed. */
function ignore(): void {}
