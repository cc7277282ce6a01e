/**
 * `npm run test:reports [turns]`: fills a real database with 100,000 turns, compares every figure of the desk with a recount
 * of the raw rows, then asks a real proxy on that database for every view, while it streams answers to others. Fails when a
 * figure is another one, or when a view takes 300 ms or more.
 */
import { deepStrictEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ConversationPage, GapPage } from '../../proxy/protocol/admin/index.ts';
import { databaseIn, openSqlite, openSqliteReports } from '../../proxy/storage/index.ts';
import type { Bodies, Measured } from '../bench/client.ts';
import { run, start } from '../bench/processes.ts';
import { NO_LIMITS } from '../fixtures/no-limits.ts';
import { fill } from './fill.ts';
import { openRecount } from './recount.ts';

const TURNS = Number(process.argv[2] ?? 100_000);
const LIMIT_MS = 300;
const ROUNDS = 7;
const DAY = 24 * 60 * 60_000;
const TOKEN = 'a-token-that-is-only-good-for-this-run-and-long';
const STREAMS = 50;
const RATE = 20;
const SECONDS = 20;

const dataDir = mkdtempSync(path.join(tmpdir(), 'shop-clerk-reports-'));
const file = databaseIn(dataDir);
/** All within the days that conversations are kept, or the proxy would begin to delete them. */
const from = Math.floor(Date.now() / DAY) * DAY - 25 * DAY;
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const month = { from: day(from), to: day(from + 25 * DAY) };
const shop = 'demo';
try {
  await prepare();
  compare();
  const slow = await measure();
  if (slow.length > 0) throw new Error(`${LIMIT_MS} ms or more: ${slow.join(', ')}`);
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

async function prepare(): Promise<void> {
  const begun = performance.now();
  const storage = openSqlite({ file });
  await fill({ storage, turns: TURNS, shops: [shop, 'books'], from, days: 24 });
  await storage.close();
  console.log(`${TURNS} turns written in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

function compare(): void {
  const reports = openSqliteReports({ file });
  const recount = openRecount(file);
  let compared = 0;
  const same = (figures: unknown, recounted: unknown) => {
    deepStrictEqual(figures, recounted);
    compared++;
  };
  for (const by of ['day', 'hour'] as const) {
    const range = by === 'day' ? month : { from: month.from, to: day(from + 6 * DAY) };
    const query = { shop, ...range, by, compare: true, now: Date.now() };
    const { period, before } = reports.overview(query);
    same({ period, before }, recount.overview(query));
  }
  for (const by of ['day', 'month', 'model', 'arm', 'purpose'] as const) {
    same(reports.usageReport({ shop, ...month, by }), recount.usage({ shop, ...month, by }));
  }
  const { groups } = reports.gapGroups({ shop, state: 'all', order: 'count', offset: 0, limit: 100_000 });
  const name = ({ kind, text }: { kind: string; text: string }) => `${kind} ${text}`;
  const gaps = groups.map(({ kind, text, count, firstAt, lastAt }) => ({ kind, text, count, firstAt, lastAt }));
  const byName = (a: (typeof gaps)[number], b: (typeof gaps)[number]) => (name(a) < name(b) ? -1 : 1);
  same(gaps.toSorted(byName), recount.gaps(shop).toSorted(byName));
  for (const query of [
    { filter: 'rating' },
    { filter: 'error' },
    { filter: 'handoff' },
    { filter: 'no_result' },
    { filter: 'wrong' },
    { words: ['axolotl'] },
    {},
  ] as const) {
    const ids: string[] = [];
    let page = reports.conversations({ shop, ...query, limit: 500 });
    for (;;) {
      ids.push(...page.conversations.map(({ id }) => id));
      if (!page.next) break;
      page = reports.conversations({ shop, ...query, limit: 500, after: page.next });
    }
    same(ids, recount.conversations({ shop, ...query }));
  }
  reports.close();
  console.log(`${compared} reports equal to the recount of the raw rows`);
}

/** @returns the views that were too slow */
async function measure(): Promise<string[]> {
  const tokens = SECONDS * RATE;
  const upstream = await start('test/bench/upstream.ts', { RATE: String(RATE), TOKENS: String(tokens) });
  const clerk = await start('test/reports/clerk.ts', {
    ...NO_LIMITS,
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    NODE_ENV: 'production',
    ADMIN_TOKEN: TOKEN,
    OPENAI_API_KEY: 'bench',
    OPENAI_BASE_URL: `http://127.0.0.1:${upstream.said}/v1`,
    SHOP_SLUG: shop,
  }).catch(async (error: unknown) => {
    await upstream.stop();
    throw error;
  });
  const url = /http:\/\/[\d.:]+/.exec(clerk.said)![0];
  try {
    const get = async <T>(path: string): Promise<{ ms: number; body: T }> => {
      const asked = performance.now();
      const response = await fetch(`${url}/api/admin${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });
      const text = await response.text();
      if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 300)}`);
      return { ms: performance.now() - asked, body: text.startsWith('{') ? (JSON.parse(text) as T) : (text as T) };
    };
    const of = `shop=${shop}`;
    const range = `from=${month.from}&to=${month.to}`;
    const newest = (await get<ConversationPage>(`/conversations?${of}`)).body;
    const [conversation] = newest.conversations.toSorted((a, b) => b.messages - a.messages);
    const gap = (await get<GapPage>(`/gaps?${of}`)).body.gaps[0]!;
    const views: Record<string, string> = {
      'overview, by the day, compared': `/overview?${of}&${range}&compare=1`,
      'overview, by the hour': `/overview?${of}&from=${month.from}&to=${day(from + 6 * DAY)}&by=hour`,
      conversations: `/conversations?${of}&limit=50`,
      'the overview’s newest five': `/conversations?${of}&limit=5`,
      'the overview’s five gaps': `/gaps?${of}&limit=5`,
      'where pictures come from': `/install?${of}`,
      'conversations, a later page': `/conversations?${of}&limit=50&cursor=${newest.next_cursor}`,
      'conversations with an error': `/conversations?${of}&filter=error&limit=50`,
      'conversations, rated': `/conversations?${of}&filter=rating&limit=50`,
      'conversations, handed off': `/conversations?${of}&filter=handoff&limit=50`,
      'conversations, no result': `/conversations?${of}&filter=no_result&limit=50`,
      'conversations marked as wrong': `/conversations?${of}&filter=wrong&limit=50`,
      'search for a frequent word': `/conversations?${of}&q=puppy`,
      'search for a rare word': `/conversations?${of}&q=axolotl`,
      'search for no word of theirs': `/conversations?${of}&q=zzyzx`,
      'one conversation': `/conversations/${conversation!.thread_id}?${of}`,
      'its export, CSV': `/conversations/${conversation!.thread_id}/export?${of}&format=csv`,
      'gaps, most often': `/gaps?${of}&state=all`,
      'gaps, last asked': `/gaps?${of}&state=open&order=recent`,
      'where a gap was met': `/gaps/occurrences?${of}&kind=${gap.kind}&key=${encodeURIComponent(gap.key)}`,
      'usage by day': `/usage?${of}&${range}&by=day`,
      'usage by model, CSV': `/usage?${of}&${range}&by=model&format=csv`,
    };
    clerk.child.kill('SIGUSR2');
    const beside = stream(url, tokens);
    const slow: string[] = [];
    const rows: Record<string, { 'median ms': string; 'longest ms': string }> = {};
    for (const [name, path] of Object.entries(views)) {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round++) times.push((await get(path)).ms);
      times.sort((a, b) => a - b);
      const median = times[Math.floor(ROUNDS / 2)]!;
      rows[name] = { 'median ms': median.toFixed(1), 'longest ms': times.at(-1)!.toFixed(1) };
      if (median >= LIMIT_MS) slow.push(`${name} (${median.toFixed(0)} ms)`);
    }
    console.table(rows);
    const { failed } = await beside;
    console.log(`${STREAMS} streams beside them, ${failed} incomplete`);
    if (failed > 0) slow.push('streams that broke off');
    return slow;
  } finally {
    await clerk.stop();
    await upstream.stop();
  }
}

async function stream(url: string, tokens: number): Promise<Measured> {
  const session = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ shop }),
  });
  const { token } = (await session.json()) as { token: string };
  const id = crypto.randomUUID().slice(0, 12);
  const message = { message: 'Something for my dog?', thread_id: null, client_message_id: `${id}-INDEX` };
  const printed = await run('test/bench/client.ts', {
    TARGET: `${url}/api/chat/stream`,
    STREAMS: String(STREAMS),
    TOKENS: String(tokens),
    BODIES: JSON.stringify({ tokens: [token], body: JSON.stringify(message) } satisfies Bodies),
  });
  return JSON.parse(printed) as Measured;
}
