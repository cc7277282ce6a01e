/** Conversations as a shop has them, written by the storage's own verbs: the same ones for the same seed. */
import type { ErrorCode } from '../../proxy/protocol/index.ts';
import type { Storage, StoredPart, ToolStep, TurnRow, UsageRow } from '../../proxy/storage/types.ts';
import { createRandom, integer } from '../faults/random.ts';

export interface FillOptions {
  storage: Storage;
  turns: number;
  /** Most are of the first one. */
  shops?: readonly string[];
  /** Milliseconds since 1970: the first of `days` days on which conversations begin. */
  from: number;
  days: number;
  seed?: number;
  /** What shoppers ask; words at random where it isn't said. */
  questions?: readonly string[];
  /** What is shown and put into carts. */
  products?: readonly number[];
}

const DAY = 24 * 60 * 60_000;
const MODELS = ['gpt-6-luna', 'gpt-6-terra', 'garden-large'];
const ERRORS: ErrorCode[] = ['model_timeout', 'model_unavailable', 'internal', 'budget_spent'];
const WORDS = (
  'puppy kitten bed bowl leash collar food treats litter aquarium filter pump cage toy ball rope brush shampoo vitamins ' +
  'delivery return warranty size colour price discount gift wrapping voucher club store hours בית כלב חתול מזון משלוח ' +
  'החזרה מידה צבע café crème naïve straße Ёлка корм кошка'
).split(' ');
const MISSING = [
  'Hamster wheel',
  'hamster  wheel',
  'Gift wrapping',
  'ferret food',
  'Snake heater',
  'нет корма',
  'כלוב לאוגר',
];
const PRODUCTS = Array.from({ length: 40 }, (_, index) => index + 1);
const NO_CAP = { maxTokens: null, maxMicroUsd: null };
const CLAIMS = ['49 ₪', '20%', 'SAVE20', 'save20'];

export async function fill({
  storage,
  turns,
  shops = ['pets', 'books'],
  from,
  days,
  seed = 7,
  questions,
  products = PRODUCTS,
}: FillOptions) {
  const random = createRandom(seed);
  const chance = (share: number) => random() < share;
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const words = (least: number, most: number) =>
    Array.from({ length: integer(random, least, most) }, () => one(WORDS)).join(' ');
  let made = 0;
  let talks = 0;

  async function talk(): Promise<void> {
    const shop = chance(0.85) ? shops[0]! : one(shops);
    const visitorId = `vis_${integer(random, 1, turns)}`;
    const length = Math.min(integer(random, 1, 5), turns - made);
    let threadId: string | null = null;
    let now = from + Math.floor(random() * days * DAY);
    let asked = '';
    // Tried out at the desk.
    const own = chance(0.03);
    talks++;
    for (let n = 0; n < length; n++) {
      const clientMessageId = `message-${talks}-${n}`;
      const begun = await storage.beginTurn({
        shop,
        visitorId,
        address: 'hash',
        threadId,
        clientMessageId,
        text: questions ? one(questions) : chance(0.001) ? `${words(2, 8)} axolotl` : words(3, 20),
        locale: chance(0.3) ? 'he' : 'en',
        maxThreads: 10_000,
        maxMessages: 1_000,
        now,
        own,
        ...(n > 0 && chance(0.03) && { replaces: asked }),
      });
      if (begun.outcome !== 'started') throw new Error(`A turn did not start: ${begun.outcome}.`);
      ({ threadId } = begun.turn);
      asked = clientMessageId;
      now = await answer(begun.turn, now);
      made++;
      now += integer(random, 5_000, 180_000);
    }
  }

  /** @returns when it ended */
  async function answer(turn: TurnRow, startedAt: number): Promise<number> {
    const firstAt = startedAt + integer(random, 150, 4_000);
    let end = firstAt + integer(random, 200, 12_000);
    const steps = await callModels(turn, startedAt, end - startedAt);
    // Left running as by a crash, but only what is the last of its thread: a thread has one at the most.
    const fate = random();
    const ids = { turnId: turn.id, steps };
    if (fate < 0.03) {
      const code = one(ERRORS);
      const error = { code, message: 'It failed.', retryable: true };
      await storage.finishTurn({ ...ids, finish: 'error', error, parts: [], firstAt: null, now: end });
    } else if (fate < 0.05) {
      const parts = [{ type: 'text' as const, content: words(1, 10) }];
      await storage.finishTurn({ ...ids, finish: 'cancelled', error: null, parts, firstAt, now: end });
    } else {
      if (fate < 0.06) {
        const error = { code: 'model_interrupted' as const, message: 'Restarted.', retryable: true };
        await storage.finishTurn({ ...ids, finish: 'error', interrupted: true, error, parts: [], firstAt, now: end });
        await storage.reopenTurn(turn.id, { since: 0, maxAttempts: 3 });
        end += 60_000;
      }
      const finish = chance(0.98) ? 'stop' : 'length';
      await storage.finishTurn({ ...ids, finish, error: null, parts: partsOf(turn), firstAt, now: end });
      if (!turn.own) await said(turn, end);
    }
    return end;
  }

  function partsOf({ id }: TurnRow): StoredPart[] {
    const ids = Array.from({ length: integer(random, 1, 4) }, () => one(products));
    const price = { min: { amount: 1_990, currency: 'ILS' }, max: { amount: 2_990, currency: 'ILS' } };
    const shown = [...new Set(ids)].map((one) => ({
      id: one,
      title: `Product ${one}`,
      price,
      availability: 'in_stock' as const,
    }));
    const parts: StoredPart[] = [{ type: 'text', content: words(10, 60) }];
    if (chance(0.5)) parts.push({ type: 'products', ids: shown.map((product) => product.id), shown });
    if (chance(0.05)) {
      const added = {
        productId: shown[0]!.id,
        variantId: 'a',
        quantity: integer(random, 1, 3),
        shown: shown[0]!,
        url: '/p',
      };
      const outcome = chance(0.7) ? { ok: true as const } : { ok: false as const, code: 'declined' as const };
      parts.push({ type: 'cart', callId: `act_${id}`, added: chance(0.9) ? added : null, outcome });
    }
    if (chance(0.06)) parts.push({ type: 'notice', code: 'contact' });
    return parts;
  }

  async function callModels({ id: turnId, shop, threadId, own }: TurnRow, createdAt: number, durationMs: number) {
    const steps: ToolStep[] = [];
    const model = one(MODELS);
    const arm = chance(0.5) ? 'large' : '';
    if (!own && chance(0.1)) {
      const row = { shop, threadId, turnId, model, arm, firstTokenMs: 5, durationMs: 9, createdAt };
      await storage.addCachedUsage(row);
      return steps;
    }
    for (let round = integer(random, 1, 2); round > 0; round--) {
      if (round > 1) steps.push({ name: 'search_products', query: words(1, 3), found: integer(random, 0, 20) });
      const inputTokens = integer(random, 500, 6_000);
      const isPriced = model !== 'garden-large' || chance(0.5);
      const usage: UsageRow = {
        shop,
        threadId,
        turnId,
        model,
        inputTokens,
        cachedTokens: chance(0.7) ? integer(random, 0, inputTokens) : 0,
        cacheWriteTokens: integer(random, 0, 100),
        outputTokens: integer(random, 10, 800),
        reasoningTokens: integer(random, 0, 50),
        estimated: chance(0.02),
        firstTokenMs: integer(random, 100, 3_000),
        durationMs,
        costMicroUsd: isPriced ? integer(random, 50, 20_000) : null,
        outcome: 'running',
        purpose: own ? 'own' : chance(0.05) ? 'summary' : 'answer',
        arm,
        fromCache: false,
        retries: chance(0.03) ? 1 : 0,
        price: null,
        createdAt,
      };
      const day = new Date(createdAt).toISOString().slice(0, 10);
      const accounts = [day, day.slice(0, 7)].map((period) => ({ ...NO_CAP, payer: `shop:${shop}`, period }));
      const begun = await storage.beginUsage(usage, { tokens: 0, microUsd: 0, accounts });
      if (begun.outcome !== 'begun') throw new Error('A call did not begin.');
      // One in a thousand is left as by a crash.
      if (!chance(0.001)) await storage.endUsage(begun.id, { ...usage, outcome: chance(0.98) ? 'ok' : 'error' });
    }
    return steps;
  }

  /** What comes of an answer. */
  async function said({ id: turnId, shop, visitorId, threadId, assistantMessageId: messageId }: TurnRow, now: number) {
    const where = { shop, threadId, turnId, createdAt: now };
    const kinds = ['documents', 'search', 'no_result'] as const;
    if (chance(0.08))
      await storage.addGap({ ...where, kind: one(kinds), query: chance(0.7) ? one(MISSING) : words(1, 3) });
    if (chance(0.02)) await storage.addFinding({ ...where, kind: 'amount', text: one(CLAIMS) });
    if (chance(0.12)) {
      const rating = chance(0.8) ? 'up' : 'down';
      await storage.rateMessage({ shop, visitorId, messageId, feedback: { rating }, now });
      if (chance(0.1)) await storage.rateMessage({ shop, visitorId, messageId, feedback: null, now });
    }
    if (chance(0.02)) {
      const addition = { additionId: `card-${turnId}`, productId: one(products), quantity: 1, now };
      await storage.addCardAddition({ shop, visitorId, messageId, ...addition });
    }
    if (chance(0.01)) {
      const note = { wrong: chance(0.7), note: 'Not so.', writtenBy: 'operator', updatedAt: now };
      await storage.noteAnswer({ shop, messageId, ...note });
    }
  }

  while (made < turns) await talk();
}
