import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import net, { type AddressInfo, type Server } from 'node:net';
import { onTestFinished } from 'vitest';
import { createOutbound, type OutboundOptions } from '../../../proxy/outbound/index.ts';
import type { Outbound, OutboundError, OutboundRequest, Resolve } from '../../../proxy/outbound/types.ts';

/** One machine has loopback addresses only: here this one is the public internet, and every other one is inside. */
export const PUBLIC = '127.0.0.1';
export const INSIDE = '127.0.0.2';

export interface Site {
  port: number;
  origin: string;
  requests: IncomingMessage[];
}

/** A web server that ends with the test. */
export async function site(answer: RequestListener, host = PUBLIC): Promise<Site> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  const port = await listen(server, host);
  onTestFinished(() => server.closeAllConnections());
  return { port, origin: `http://${host}:${port}`, requests };
}

/** Says these bytes to whoever connects, again and again when `endless`. @returns its origin */
export async function rawSite(first: string, endless?: string): Promise<string> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    // The other side hangs up in the middle: that is what is tested.
    socket.on('error', () => socket.destroy());
    socket.once('data', () => {
      socket.write(first);
      const more = (): void => {
        if (endless !== undefined && !socket.destroyed && socket.write(endless)) setImmediate(more);
      };
      socket.on('drain', more);
      more();
    });
  });
  const port = await listen(server, PUBLIC);
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  return `http://${PUBLIC}:${port}`;
}

async function listen(server: Server, host: string): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Names and their addresses; each question takes the next answer, the last one stays. */
export function names(answers: Record<string, string[][]>): Resolve & { asked: string[] } {
  const asked: string[] = [];
  async function resolve(hostname: string) {
    const times = asked.filter((name) => name === hostname).length;
    asked.push(hostname);
    const list = answers[hostname];
    if (!list) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' });
    return list[Math.min(times, list.length - 1)]!.map((address) => ({ address, family: net.isIP(address) }));
  }
  return Object.assign(resolve, { asked });
}

export function outbound(options: Partial<OutboundOptions> = {}): Outbound {
  return createOutbound({
    allowPrivate: false,
    version: '1.2.3',
    isPublic: (address) => address === PUBLIC,
    resolve: names({}),
    ...options,
  });
}

/** An answer with all of its body. */
export async function get(web: Outbound, url: string, request: Partial<OutboundRequest> = {}) {
  const { signal } = new AbortController();
  const answer = await web.request(url, { signal, maxBytes: 1_000_000, timeoutMs: 10_000, ...request });
  const chunks: Buffer[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  return { ...answer, body: Buffer.concat(chunks) };
}

/** The error of a request that must fail. */
export async function refusal(answer: Promise<unknown>): Promise<OutboundError> {
  try {
    await answer;
  } catch (error) {
    return error as OutboundError;
  }
  throw new Error('The request went through.');
}
