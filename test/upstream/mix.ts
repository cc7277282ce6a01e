import { isDeepStrictEqual } from 'node:util';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ChatResponse } from '../../proxy/protocol/index.ts';
import type { MixQuestion } from './mix-model.ts';
import { SHOPS, startMixShops, type MixShop, type MixShops } from './mix-shops.ts';

export interface MixReport {
  questions: number;
  /** Answers that no model was called for. */
  served: number;
  /** Calls of the model with the cache and without it. */
  calls: Record<MixShop, number>;
  /** Of the calls that there are without the cache, in percent. */
  saved: number;
  /** Answers that a model asked the same at that moment would not have given, or that must not come from the cache at all. */
  wrong: string[];
  /** Rows of served answers that are missing, or count tokens or money. */
  wrongRows: number;
}

/** What happens to both shops before the question of this number. */
export type Changes = ReadonlyMap<number, (shops: MixShops) => Promise<void>>;

const FILE = path.resolve(import.meta.dirname, '../fixtures/questions/shop-questions.json');

export function readMix(): MixQuestion[] {
  return JSON.parse(readFileSync(FILE, 'utf8')) as MixQuestion[];
}

/** At first a fifth of the goods is missing. Then these come and another fifth goes, every other price goes up, the prompt changes. */
export function changesIn(count: number): Changes {
  const at = (part: number) => Math.floor(count * part);
  const without = (fifth: number) => (_: unknown, index: number) => index % 5 !== fifth;
  let all: Parameters<Parameters<MixShops['changeCatalog']>[0]>[0] = [];
  return new Map([
    [0, (shops) => shops.changeCatalog((products) => (all = products).filter(without(1)))],
    [at(0.34), (shops) => shops.changeCatalog(() => all.filter(without(3)))],
    [
      at(0.6),
      (shops) =>
        shops.changeCatalog((products) =>
          products.map((product, index) => (index % 2 === 0 ? product : dearer(product))),
        ),
    ],
    [at(0.8), (shops) => shops.changePrompt('Be brief, and name the brand.')],
  ]);
}

/**
 * Asks both shops the same, one question after the other, and compares what they say: one answers from its cache where it
 * can, the other always asks.
 */
export async function runMix(questions: readonly MixQuestion[], changes: Changes): Promise<MixReport> {
  await using shops = await startMixShops(questions);
  const tokens = new Map<string, string>();
  const threads = new Map<string, string>();
  const wrong: string[] = [];
  let served = 0;

  async function ask(shop: MixShop, index: number): Promise<{ answer: ChatResponse; calls: number }> {
    const question = questions[index]!;
    const visitor = `${shop} ${question.visitor}`;
    let token = tokens.get(visitor);
    if (token === undefined) {
      token = await shops.session(shop, question.signed_in && question.visitor);
      tokens.set(visitor, token);
    }
    const before = shops.called(shop);
    const thread = question.after === undefined ? null : threads.get(`${shop} ${question.after}`)!;
    const answer = await shops.ask(token, question, thread);
    threads.set(`${shop} ${index}`, answer.thread_id);
    return { answer, calls: shops.called(shop) - before };
  }

  for (const [index, question] of questions.entries()) {
    await changes.get(index)?.(shops);
    const [given, fresh] = await Promise.all([ask('cached', index), ask('plain', index)]);
    if (given.calls === 0) served++;
    const isOwn = question.after !== undefined || question.signed_in || question.personal || question.again;
    if (given.calls === 0 && isOwn) wrong.push(`${index}: "${question.text}" came from the cache`);
    if (!isDeepStrictEqual(seen(given.answer), seen(fresh.answer))) {
      wrong.push(`${index}: "${question.text}" was answered "${given.answer.message}" for "${fresh.answer.message}"`);
    }
  }
  const [cached, plain] = SHOPS.map((shop) => shops.called(shop)) as [number, number];
  const rows = shops.cachedRows('cached');
  return {
    questions: questions.length,
    served,
    calls: { cached, plain },
    saved: Math.round((1 - cached / plain) * 1_000) / 10,
    wrong,
    wrongRows: Math.abs(served - rows.length) + rows.filter(({ tokens, cost }) => tokens + cost > 0).length,
  };
}

/** All that a shopper sees. */
function seen({ message, products, notices, suggestions, finish, error }: ChatResponse) {
  return { message, products, notices, suggestions, finish, error };
}

function dearer<P extends { price: { min: { amount: number } }; variants: { price: { amount: number } }[] }>(
  product: P,
): P {
  const changed = structuredClone(product);
  changed.price.min.amount += 100;
  for (const { price } of changed.variants) price.amount += 100;
  return changed;
}
