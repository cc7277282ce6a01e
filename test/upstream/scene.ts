import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ClerkProcess } from '../faults/clerk-process.ts';
import { tempDir } from '../temp-dir.ts';
import { startUpstream, type Play } from './upstream.ts';
import type { Wire } from './wires.ts';

export interface Place {
  /** The shop's slug, and where its model is. */
  name: string;
  wire: Wire;
  play: Play;
}

export interface UsageRow {
  shop: string;
  turn_id: string;
  outcome: string;
  estimated: 0 | 1;
  input_tokens: number;
  cached_tokens: number;
  cache_write_tokens: number;
  output_tokens: number;
  reasoning_tokens: number;
  cost_micro_usd: number | null;
  price: string | null;
  retries: number;
}

export interface Scene extends AsyncDisposable {
  url: string;
  /** How often the model of a shop was asked. */
  asked(shop: string): number;
  /** Whether the process is alive and serves. */
  isUp(): Promise<boolean>;
  /** The rows of all calls. */
  usage(): UsageRow[];
}

const PAYERS = ['visitor', 'address', 'shop'];
const NO_LIMIT = { messages_per_minute: null, turns_at_once: null, tokens_per_day: null };

/** The proxy as a process of its own with a shop for each place, and behind each shop a model that goes wrong its own way. */
export async function createScene(places: readonly Place[]): Promise<Scene> {
  const dir = tempDir();
  const [dataDir, shopsDir] = [dir.file('data'), dir.file('shops')];
  mkdirSync(dataDir);
  mkdirSync(shopsDir);
  const upstream = await startUpstream(new Map(places.map(({ name, play }) => [name, play])));
  const file = path.resolve(import.meta.dirname, '../../demo/shop/catalog.json');
  for (const { name, wire } of places) {
    const shop = {
      slug: name,
      name,
      catalog: { type: 'file', file },
      topic_guard: false,
      answer_cache: false,
      model: {
        name: 'gpt-6-luna',
        base_url: upstream.baseUrl(name),
        api_key: 'env:UPSTREAM_KEY',
        ...(wire.name !== 'responses' && { wire: wire.name }),
      },
      limits: Object.fromEntries(PAYERS.map((payer) => [payer, NO_LIMIT])),
    };
    writeFileSync(path.join(shopsDir, `${name}.json`), JSON.stringify(shop));
  }
  const clerk = await ClerkProcess.create({
    dataDir,
    env: { LOG_LEVEL: 'silent', SHOPS_DIR: shopsDir, UPSTREAM_KEY: 'sk-upstream', ALLOW_PRIVATE_NETWORK: 'true' },
  });
  await clerk.start();
  return {
    url: clerk.url,
    asked: upstream.asked,
    isUp: () =>
      fetch(`${clerk.url}/api/health`).then(
        ({ ok }) => ok,
        () => false,
      ),
    usage: () => clerk.look((db) => db.prepare<[], UsageRow>('SELECT * FROM usage ORDER BY id').all()),
    async [Symbol.asyncDispose]() {
      await clerk.end('SIGKILL');
      await upstream.close();
      dir[Symbol.dispose]();
    },
  };
}
