/** How fast a broken line is mended, and whether a crowd comes back spread out. */
import { performance } from 'node:perf_hooks';
import type { ChatRequest } from '../../proxy/protocol/index.ts';
import { createHttpTransport } from '../../widget/transport/http-transport.ts';
import { startFaultProxy, type FaultProxy } from '../fakes/fault-proxy.ts';
import { integer, createRandom } from '../faults/random.ts';
import { startClerk } from './clerk.ts';
import { start } from './processes.ts';

const TRIALS = 40;
const CROWD = 100;
const OUTAGE_MS = 2_000;

export async function benchResume(): Promise<void> {
  const upstream = await start('test/bench/upstream.ts', { RATE: '50', TOKENS: '400' });
  const clerk = await startClerk('proxy/start.js', `http://127.0.0.1:${upstream.said}/v1`);
  const faults = await startFaultProxy({ target: clerk.url, seed: 1 });
  try {
    const instant = await mend(faults, 0);
    const outage = await mend(faults, OUTAGE_MS);
    console.log('\nFrom the return of the line to the caught-up text, ms');
    console.table({ 'cut, back at once': quantiles(instant), [`cut, back after ${OUTAGE_MS} ms`]: quantiles(outage) });
    await crowd(faults);
  } finally {
    await faults.close();
    await clerk.stop();
    await upstream.stop();
  }
}

/** One reader at a time, whose line is cut somewhere in the answer. */
async function mend(faults: FaultProxy, outageMs: number): Promise<number[]> {
  const random = createRandom(outageMs + 1);
  const times: number[] = [];
  for (let trial = 0; trial < TRIALS; trial++) {
    const reader = read(faults.url, `mend-${outageMs}-${trial}`);
    await reader.tokens(integer(random, 5, 60));
    let back = performance.now();
    if (outageMs === 0) {
      faults.cutAll();
    } else {
      await faults.down();
      await new Promise((resolve) => setTimeout(resolve, outageMs));
      await faults.up();
      back = performance.now();
    }
    await reader.mended();
    times.push(performance.now() - back);
    reader.stop();
  }
  return times;
}

/** All lines cut in the same moment: how many have come back after so many tenths of a second. */
async function crowd(faults: FaultProxy): Promise<void> {
  const readers = Array.from({ length: CROWD }, (_, index) => read(faults.url, `crowd-${index}`));
  await Promise.all(readers.map((reader) => reader.tokens(5)));
  const before = faults.counters.connections;
  const cut = faults.cutAll();
  const back: number[] = [];
  for (let tenth = 1; tenth <= 10; tenth++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    back.push(faults.counters.connections - before);
  }
  await Promise.all(readers.map((reader) => reader.mended()));
  for (const reader of readers) reader.stop();
  console.log(`\n${cut} lines cut at once: how many had reconnected after 100, 200, … 1000 ms`);
  console.log(back.join(' '));
}

/** A reader by the widget's own transport. */
function read(baseUrl: string, name: string) {
  const abort = new AbortController();
  const transport = createHttpTransport({ baseUrl, shop: 'demo', mode: 'stream' });
  let seen = 0;
  let broken = false;
  let onToken = () => {};
  const following = (async () => {
    await transport.session({ token: null }, abort.signal);
    const request: ChatRequest = { message: 'Something?', thread_id: null, client_message_id: `bench-${name}-message` };
    for await (const event of transport.stream(request, abort.signal)) {
      if (event.type === 'line') broken = !event.up || broken;
      if (event.type !== 'text') continue;
      seen++;
      onToken();
    }
  })().catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      onToken = () => condition() && resolve();
      onToken();
    });
  return {
    tokens: (count: number) => until(() => seen >= count),
    /** The first text from now on that came over a mended line. */
    mended() {
      const before = seen;
      return until(() => broken && seen > before);
    },
    stop: () => abort.abort(),
    following,
  };
}

function quantiles(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
  return { p50: at(0.5), p95: at(0.95), trials: values.length };
}
