/**
 * Opens `STREAMS` streams and reads them to their end. A process of its own: prints one line of JSON.
 * Delays are from the time that the model wrote into each token to the moment it is read here.
 */
import http from 'node:http';
import { readStamp } from './stamp.ts';

export interface Measured {
  streams: number;
  chunks: number;
  failed: number;
  /** Milliseconds from the request to the first token. */
  firstToken: { p50: number; p95: number; p99: number };
  /** Milliseconds that a token was on its way. */
  delay: { p50: number; p99: number };
}

/** What is sent, as JSON in `BODIES`. `INDEX` in the body is the stream's number; the shoppers' tokens take turns. */
export interface Bodies {
  body: string;
  tokens?: string[];
}

const url = new URL(process.env['TARGET']!);
const streams = Number(process.env['STREAMS']);
const tokens = Number(process.env['TOKENS']);
/** Requests start spread over this time: shoppers don't all press Enter at once. */
const rampMs = Number(process.env['RAMP_MS'] ?? 1000);
const bodies = JSON.parse(process.env['BODIES'] ?? 'null') as Bodies | null;
const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });

const firstTokens: number[] = [];
const delays: number[] = [];
let chunks = 0;
let failed = 0;

await Promise.all(Array.from({ length: streams }, (_, index) => stream(index)));
const measured: Measured = {
  streams,
  chunks,
  failed,
  firstToken: { p50: quantile(firstTokens, 0.5), p95: quantile(firstTokens, 0.95), p99: quantile(firstTokens, 0.99) },
  delay: { p50: quantile(delays, 0.5), p99: quantile(delays, 0.99) },
};
console.log(JSON.stringify(measured));
agent.destroy();

async function stream(index: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, (rampMs * index) / streams));
  const asked = performance.now();
  const token = bodies?.tokens?.[index % bodies.tokens.length];
  let seen = 0;
  await new Promise<void>((resolve) => {
    const request = http.request(
      url,
      {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
      },
      (response) => {
        response.setEncoding('latin1');
        response.on('data', (text: string) => {
          const now = performance.timeOrigin + performance.now();
          // A token is its time; several may have been joined into one event on the way.
          for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
            if (seen++ === 0) firstTokens.push(performance.now() - asked);
            delays.push(now - readStamp(text, at));
          }
        });
        response.on('end', resolve).on('error', () => resolve());
      },
    );
    request.on('error', () => resolve());
    request.end((bodies?.body ?? '{}').replace('INDEX', String(index).padStart(8, '0')));
  });
  chunks += seen;
  if (seen !== tokens) failed++;
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(2));
}
