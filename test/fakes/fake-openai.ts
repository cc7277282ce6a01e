/**
 * A Responses API on loopback that does what a script says. It stands in for OpenAI where a real server's faults are
 * wanted: `startFakeOpenAi([toolCall('search_products', { query: 'leash' }), answer('Here are two.')])`.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { CUT, failure, type Part, type Reply, sse, STALL } from './fake-openai-replies.ts';

export * from './fake-openai-replies.ts';

export interface RecordedRequest {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  /** The JSON that came. */
  body: RequestBody;
  /** Which socket it came over, counted from 1. */
  connection: number;
  /** Resolves when the answer is over, `true` if the client left before its end. */
  abandoned: Promise<boolean>;
}

export interface RequestBody {
  model: string;
  input: Record<string, unknown>[];
  tools?: { name: string; strict: boolean; parameters: Record<string, unknown> }[];
  [field: string]: unknown;
}

/** One reply a request, in order; or a function that decides. `index` counts from 0. */
export type Script = Reply[] | ((request: RecordedRequest, index: number) => Reply | Promise<Reply>);

export interface FakeOpenAi {
  /** For `OPENAI_BASE_URL`: ends in `/v1`. */
  baseUrl: string;
  requests: RecordedRequest[];
  close(): Promise<void>;
}

export async function startFakeOpenAi(script: Script): Promise<FakeOpenAi> {
  const requests: RecordedRequest[] = [];
  const connections = new WeakMap<object, number>();
  let connectionCount = 0;

  const server = http.createServer((request, response) => {
    // A client that leaves makes the writing fail: that is what many scripts are for.
    respond(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.on('connection', (socket) => connections.set(socket, ++connectionCount));

  async function respond(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const recorded: RecordedRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: JSON.parse(await readText(request)) as RequestBody,
      connection: connections.get(request.socket) ?? 0,
      abandoned: new Promise((resolve) => response.once('close', () => resolve(!response.writableFinished))),
    };
    const index = requests.push(recorded) - 1;
    const reply = typeof script === 'function' ? await script(recorded, index) : (script[index] ?? exhausted(index));
    if (reply.status === undefined) {
      request.socket.destroy();
      return;
    }
    response.writeHead(reply.status, reply.headers);
    response.flushHeaders();
    let sequence = 0;
    for (const part of reply.body) {
      if (part === STALL) return;
      if (part === CUT) {
        response.socket?.destroy();
        return;
      }
      await play(part, response, () => sequence++);
    }
    response.end();
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function play(part: Exclude<Part, symbol>, response: http.ServerResponse, sequence: () => number): Promise<void> {
  if (typeof part === 'number') {
    await setTimeout(part);
  } else if (part instanceof Promise) {
    await part;
  } else {
    const raw = typeof part === 'string' || part instanceof Uint8Array;
    response.write(raw ? part : sse({ ...part, sequence_number: sequence() }));
    // Lets the bytes leave alone, so that the client has a chance to read each part by itself.
    await setImmediate();
  }
}

function exhausted(index: number): Reply {
  return failure(400, { message: `The script of this fake has no reply number ${index + 1}.` });
}

async function readText(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
