/**
 * A TCP proxy on loopback that breaks connections by plan. A fetch stream in flight survives a browser's "offline" switch
 * and a frozen tab: only a cut below HTTP shows what a lost line does. All that it decides by chance comes from the seed
 * and the number of the connection, so a seed that made a test fail makes it fail again, whatever the timing.
 */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { createRandom, integer } from '../faults/random.ts';

/** What is done to one connection; an empty plan is a perfect line. */
export interface Plan {
  /** Reset as soon as the first request comes: nothing of it reaches the target. For a closed port see `down()`. */
  refuse?: boolean;
  /** An answer of something on the way, in place of the target's. */
  answer?: 'bad-gateway' | 'login-page';
  /** Milliseconds before the first request is passed on. */
  delayMs?: number;
  /** After so many bytes of the target's answers: a reset, a proper end, or nothing any more on an open line. */
  cut?: { after: number; by: 'reset' | 'end' | 'silence' };
  /** Passes the target's bytes on in pieces of this size at most, each of a size by chance; cuts UTF-8 sequences too. */
  chunk?: number;
}

/** `request` is the first request line, such as `GET /api/health HTTP/1.1`; `connection` counts from 1. */
export type ChoosePlan = (random: () => number, request: string, connection: number) => Plan;

export interface FaultCounters {
  connections: number;
  refused: number;
  answered: number;
  reset: number;
  ended: number;
  silenced: number;
}

export interface FaultProxy {
  readonly url: string;
  readonly port: number;
  readonly seed: number;
  readonly counters: Readonly<FaultCounters>;
  /** For connections that are made from now on. */
  plan: Plan | ChoosePlan;
  /** Resets what is open now; tells how many connections that were. */
  cutAll(): number;
  /** Closes the port: connections are refused by the system. What is open is reset. */
  down(): Promise<void>;
  /** Opens it again, under the same number. */
  up(): Promise<void>;
  close(): Promise<void>;
}

export interface FaultProxyOptions {
  /** Of the real server, such as `http://127.0.0.1:3000`. */
  target: string;
  seed: number;
  plan?: Plan | ChoosePlan;
}

const PAGES: Record<NonNullable<Plan['answer']>, string> = {
  'bad-gateway': page('502 Bad Gateway', '<h1>502 Bad Gateway</h1>'),
  'login-page': page('200 OK', '<h1>Welcome to the airport. Please log in.</h1>'),
};

function page(status: string, html: string): string {
  // Readable for a page of any origin, so that what is tested is the answer and not the missing permission to read it.
  const headers = `Content-Type: text/html\r\nContent-Length: ${html.length}\r\nAccess-Control-Allow-Origin: *`;
  return `HTTP/1.1 ${status}\r\n${headers}\r\nConnection: close\r\n\r\n${html}`;
}

export async function startFaultProxy({ target, seed, plan = {} }: FaultProxyOptions): Promise<FaultProxy> {
  const { hostname, port: targetPort } = new URL(target);
  const clients = new Set<Socket>();
  const counters: FaultCounters = { connections: 0, refused: 0, answered: 0, reset: 0, ended: 0, silenced: 0 };
  let server: Server | null = null;

  async function listen(port: number): Promise<number> {
    // Half-open, so that one side may end before the other, as the target sees it.
    server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => void serve(client));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  async function serve(client: Socket): Promise<void> {
    const connection = ++counters.connections;
    clients.add(client);
    // Broken connections are the business here, and 'close' follows.
    client.on('error', () => {}).on('close', () => clients.delete(client));
    // Spread apart, or neighbouring connections would get neighbouring numbers.
    const random = createRandom(Math.imul(seed, 0x9e3779b1) + Math.imul(connection, 0x85ebca6b));
    const first = await firstBytes(client);
    if (!first) return void client.destroy();
    const request = first.toString('latin1').split('\r\n', 1)[0]!;
    const chosen = typeof faults.plan === 'function' ? faults.plan(random, request, connection) : faults.plan;
    if (chosen.refuse) {
      counters.refused++;
      return void client.resetAndDestroy();
    }
    if (chosen.answer) {
      counters.answered++;
      return void client.end(PAGES[chosen.answer]);
    }
    if (chosen.delayMs) await setTimeout(chosen.delayMs);
    if (client.destroyed) return;
    const upstream = connect({ host: hostname, port: Number(targetPort), noDelay: true, allowHalfOpen: true });
    client.on('close', () => upstream.destroy());
    upstream.on('error', () => {}).on('close', () => client.destroy());
    upstream.write(first);
    client.pipe(upstream);
    await passBack(upstream, client, chosen, random);
  }

  /** The target's answers, to the client, as far as the plan allows. */
  async function passBack(upstream: Socket, client: Socket, { cut, chunk }: Plan, random: () => number): Promise<void> {
    let left = cut?.after ?? Infinity;
    try {
      for await (const bytes of upstream as AsyncIterable<Buffer>) {
        for (const piece of pieces(bytes.subarray(0, left), chunk, random)) {
          if (!client.write(piece)) await once(client, 'drain');
          // A piece of its own for the reader: what is written in one go may arrive in one go.
          if (chunk !== undefined) await setImmediate();
        }
        left -= bytes.length;
        if (cut && left <= 0) return breakOff(upstream, client, cut.by);
      }
      client.end();
    } catch {
      // Either side is gone; so is the other.
      client.destroy();
    }
  }

  function breakOff(upstream: Socket, client: Socket, by: NonNullable<Plan['cut']>['by']): void {
    if (by === 'silence') {
      counters.silenced++;
      // The target goes on and is heard by nobody.
      upstream.resume();
    } else if (by === 'end') {
      counters.ended++;
      client.end();
      upstream.destroy();
    } else {
      counters.reset++;
      client.resetAndDestroy();
    }
  }

  function cutAll(): number {
    const count = clients.size;
    // Each takes its other side along.
    for (const client of clients) client.resetAndDestroy();
    return count;
  }

  async function down(): Promise<void> {
    if (!server) return;
    const closing = once(server, 'close');
    server.close();
    server = null;
    cutAll();
    await closing;
  }

  const port = await listen(0);
  const faults: FaultProxy = {
    url: `http://127.0.0.1:${port}`,
    port,
    seed,
    counters,
    plan,
    cutAll,
    down,
    up: async () => void (server ?? (await listen(port))),
    close: down,
  };
  return faults;
}

/** Null when the client leaves without a word. */
function firstBytes(client: Socket): Promise<Buffer | null> {
  return new Promise<Buffer | null>((resolve) => {
    client.once('data', (bytes) => {
      // At once: a second piece would be heard by nobody.
      client.pause();
      resolve(bytes);
    });
    client.once('close', () => resolve(null));
    client.once('end', () => resolve(null));
  });
}

function* pieces(bytes: Buffer, size: number | undefined, random: () => number): Generator<Buffer> {
  if (size === undefined) {
    if (bytes.length > 0) yield bytes;
    return;
  }
  for (let at = 0; at < bytes.length;) {
    const end = at + integer(random, 1, size);
    yield bytes.subarray(at, end);
    at = end;
  }
}
