import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { SignJWT } from 'jose';
import type { ChatResponse, SessionResponse } from '../../proxy/protocol/index.ts';
import { ClerkProcess } from '../faults/clerk-process.ts';
import { tempDir } from '../temp-dir.ts';
import { mixModel, type MixQuestion } from './mix-model.ts';
import { startUpstream } from './upstream.ts';

/** One keeps answers and one doesn't; else they are the same. */
export const SHOPS = ['cached', 'plain'] as const;
export type MixShop = (typeof SHOPS)[number];

interface Product {
  title: string;
  availability: string;
  price: { min: { amount: number } };
  variants: { price: { amount: number } }[];
}

export interface MixShops extends AsyncDisposable {
  session(shop: MixShop, signedInAs?: string): Promise<string>;
  ask(token: string, question: MixQuestion, threadId: string | null): Promise<ChatResponse>;
  /** How often a shop's model was called. */
  called(shop: MixShop): number;
  /** Rows of answers that came from the cache. */
  cachedRows(shop: MixShop): { tokens: number; cost: number }[];
  changeCatalog(change: (products: Product[]) => Product[]): Promise<void>;
  changePrompt(prompt: string): Promise<void>;
}

const KEY = 'a-secret-that-is-only-good-for-this-test';
const ADMIN = 'an-admin-token-that-is-long-enough';
const PAYERS = ['visitor', 'address', 'shop'];
const NO_LIMIT = { messages_per_minute: null, turns_at_once: null, tokens_per_day: null };
const JSON_TYPE = { 'content-type': 'application/json' };
const PATIENCE = { everyMs: 50, times: 200 };

/** Two shops of one proxy, with the demo store's goods and a model of their own each. */
export async function startMixShops(questions: readonly MixQuestion[]): Promise<MixShops> {
  const dir = tempDir();
  const [dataDir, shopsDir, catalogFile] = [dir.file('data'), dir.file('shops'), dir.file('catalog.json')];
  mkdirSync(dataDir);
  mkdirSync(shopsDir);
  const upstream = await startUpstream(new Map(SHOPS.map((name) => [name, mixModel(questions)])));
  const demo = path.resolve(import.meta.dirname, '../../demo/shop/catalog.json');
  let { products } = JSON.parse(readFileSync(demo, 'utf8')) as { products: Product[] };
  const writeCatalog = () => writeFileSync(catalogFile, JSON.stringify({ products }));
  const writeShops = (prompt: string) => {
    for (const slug of SHOPS) writeFileSync(path.join(shopsDir, `${slug}.json`), JSON.stringify(shopOf(slug, prompt)));
  };
  const shopOf = (slug: MixShop, prompt: string) => ({
    slug,
    name: 'Pippalo',
    languages: ['en', 'he'],
    prompt,
    // Says from outside which prompt is in force.
    greeting: { en: prompt },
    catalog: { type: 'file', file: catalogFile, every_minutes: 0 },
    cart: { kind: 'event' },
    topic_guard: false,
    identity: { secret: 'env:MIX_IDENTITY' },
    model: { name: 'gpt-6-luna', base_url: upstream.baseUrl(slug), api_key: 'env:MIX_KEY' },
    limits: Object.fromEntries(PAYERS.map((payer) => [payer, NO_LIMIT])),
    ...(slug === 'plain' && { answer_cache: false }),
  });
  writeCatalog();
  writeShops('Be brief.');
  const clerk = await ClerkProcess.create({
    dataDir,
    env: {
      LOG_LEVEL: 'silent',
      SHOPS_DIR: shopsDir,
      MIX_KEY: 'sk-mix',
      MIX_IDENTITY: KEY,
      ADMIN_TOKEN: ADMIN,
      ALLOW_PRIVATE_NETWORK: 'true',
    },
  });
  await clerk.start();

  async function post<T>(place: string, body: object, token?: string): Promise<T> {
    const headers = { ...JSON_TYPE, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(`${clerk.url}${place}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${place}: HTTP ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  return {
    async session(shop, signedInAs) {
      const identity = signedInAs === undefined ? {} : { identity: await jwt(signedInAs) };
      return (await post<SessionResponse>('/api/session', { shop, ...identity })).token;
    },
    ask: (token, { text: message, locale }, thread_id) =>
      post('/api/chat', { message, locale, thread_id, client_message_id: crypto.randomUUID() }, token),
    called: (shop) => upstream.asked(shop),
    cachedRows: (shop) =>
      clerk.look((db) =>
        db
          .prepare<[string], { tokens: number; cost: number }>(
            `SELECT input_tokens + output_tokens AS tokens, cost_micro_usd AS cost FROM usage
             WHERE shop = ? AND from_cache = 1`,
          )
          .all(shop),
      ),
    async changeCatalog(change) {
      products = change(products);
      writeCatalog();
      for (const shop of SHOPS) await post('/api/sync', { shop, full: true }, ADMIN);
    },
    async changePrompt(prompt) {
      writeShops(prompt);
      for (let times = 0; times < PATIENCE.times; times++) {
        const greetings = await Promise.all(SHOPS.map((shop) => fetch(`${clerk.url}/api/shops/${shop}`)));
        const texts = await Promise.all(greetings.map((answer) => answer.text()));
        if (texts.every((text) => text.includes(prompt))) return;
        await setTimeout(PATIENCE.everyMs);
      }
      throw new Error('The proxy has not read its shops again.');
    },
    async [Symbol.asyncDispose]() {
      await clerk.end('SIGKILL');
      await upstream.close();
      dir[Symbol.dispose]();
    },
  };
}

function jwt(subject: string): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setExpirationTime('10 minutes')
    .sign(new TextEncoder().encode(KEY));
}
