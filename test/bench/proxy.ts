/**
 * The proxy beside the two things it can be compared with: asking the same upstream directly, and a 30-line pipe. All in
 * one run, each in a process of its own, so that the ratios hold on any machine though the times do not.
 */
import type { Bodies, Measured } from './client.ts';
import { startClerk } from './clerk.ts';
import { cpuSeconds, memoryMb, run, start, type Running } from './processes.ts';

interface Target {
  name: string;
  url: string;
  process: Running | null;
  body: Bodies;
}

interface Row extends Measured {
  name: string;
  /** Seconds for 1,000,000 chunks. */
  cpu: number | null;
  memory: number | null;
}

const SECONDS = 8;
const RATE = 20;
/** New streams a second: shoppers don't all press Enter at once. */
const ARRIVALS = 250;
const SHOPPERS = 100;

export async function benchProxy(loads: readonly number[] = [100, 500, 1000]): Promise<void> {
  const tokens = SECONDS * RATE;
  const upstream = await start('test/bench/upstream.ts', { RATE: String(RATE), TOKENS: String(tokens) });
  const upstreamUrl = `http://127.0.0.1:${upstream.said}`;
  const pipe = await start('test/bench/raw-pipe.ts', { UPSTREAM: upstreamUrl });
  const clerk = await startClerk('proxy/start.js', `${upstreamUrl}/v1`);
  const bare = await startClerk('test/bench/clerk-without-log.ts', `${upstreamUrl}/v1`);
  try {
    const targets = async (round: number): Promise<Target[]> => [
      { name: 'direct', url: `${upstreamUrl}/v1/responses`, process: null, body: { body: '{}' } },
      { name: 'raw pipe', url: `http://127.0.0.1:${pipe.said}/v1/responses`, process: pipe, body: { body: '{}' } },
      {
        name: 'without the log',
        url: `${bare.url}/api/chat/stream`,
        process: bare,
        body: await question(bare.url, round),
      },
      {
        name: 'Shop Clerk',
        url: `${clerk.url}/api/chat/stream`,
        process: clerk,
        body: await question(clerk.url, round),
      },
    ];
    // Enough for warming up, so that no figure pays for compiling, nor for what is read at the start.
    for (const target of await targets(0)) await measure(target, 300, tokens);
    for (const [round, streams] of loads.entries()) {
      const rows: Row[] = [];
      for (const target of await targets(round + 1)) rows.push(await measure(target, streams, tokens));
      print(streams, rows);
    }
  } finally {
    await Promise.all([upstream.stop(), pipe.stop(), clerk.stop(), bare.stop()]);
  }
}

/** Of many shoppers: one who had a thousand conversations would be no usual one. */
async function question(url: string, round: number): Promise<Target['body']> {
  const tokens: string[] = [];
  for (let shopper = 0; shopper < SHOPPERS; shopper++) {
    const answer = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ shop: 'demo' }),
    });
    tokens.push(((await answer.json()) as { token: string }).token);
  }
  return {
    tokens,
    body: JSON.stringify({
      message: 'Something for my dog?',
      thread_id: null,
      client_message_id: `bench-${round}-INDEX`,
    }),
  };
}

async function measure(target: Target, streams: number, tokens: number): Promise<Row> {
  const before = target.process && cpuSeconds(target.process);
  const printed = await run('test/bench/client.ts', {
    TARGET: target.url,
    STREAMS: String(streams),
    TOKENS: String(tokens),
    BODIES: JSON.stringify(target.body),
    RAMP_MS: String((streams / ARRIVALS) * 1000),
  });
  const measured = JSON.parse(printed) as Measured;
  const used = target.process && cpuSeconds(target.process) - before!;
  return {
    ...measured,
    name: target.name,
    cpu: used === null ? null : (used / measured.chunks) * 1_000_000,
    memory: target.process && memoryMb(target.process),
  };
}

function print(streams: number, rows: readonly Row[]): void {
  const [direct, pipe] = rows as [Row, Row];
  const added = (row: Row, share: 'p50' | 'p95') =>
    row === direct ? '–' : (row.firstToken[share] - direct.firstToken[share]).toFixed(2);
  console.log(`\n${streams} streams of ${RATE} tokens/s for ${SECONDS} s`);
  console.table(
    Object.fromEntries(
      rows.map((row) => [
        row.name,
        {
          'first token p50 ms': row.firstToken.p50,
          'added p50': added(row, 'p50'),
          'added p95': added(row, 'p95'),
          'delay p50 ms': row.delay.p50,
          'delay p99 ms': row.delay.p99,
          'CPU s / 1M chunks': row.cpu?.toFixed(1) ?? '–',
          '÷ raw pipe': row.cpu === null || pipe.cpu === null ? '–' : (row.cpu / pipe.cpu).toFixed(2),
          'RSS MB': row.memory?.toFixed(0) ?? '–',
          incomplete: row.failed,
        },
      ]),
    ),
  );
}
