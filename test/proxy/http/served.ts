import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { onTestFinished } from 'vitest';
import { createApp } from '../../../proxy/app.ts';
import { readConfig } from '../../../proxy/config.ts';
import { createDeps } from '../../../proxy/deps.ts';
import { createLog } from '../../../proxy/log.ts';
import type { ChatEvent, SessionResponse } from '../../../proxy/protocol/index.ts';
import type { Shop } from '../../../proxy/shops/types.ts';
import { startFakeOpenAi, type Script } from '../../fakes/fake-openai.ts';
import { products } from '../chat/workshop.ts';
import { writeFileSync } from 'node:fs';
import { tempDir } from '../../temp-dir.ts';

export interface Served {
  url: string;
  /** A request with JSON in and out; `token` null sends none. */
  api<T = Record<string, unknown>>(method: string, path: string, options?: CallOptions): Promise<Answer<T>>;
  session(shop?: string): Promise<SessionResponse>;
  deps: Awaited<ReturnType<typeof createDeps>>;
  openai: Awaited<ReturnType<typeof startFakeOpenAi>>;
}

export interface CallOptions {
  token?: string;
  json?: unknown;
  body?: string;
  headers?: Record<string, string>;
}

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** The whole proxy on a port of its own, with two shops, real storage, and a fake OpenAI behind it. */
export async function serveProxy(script: Script, env: Record<string, string> = {}): Promise<Served> {
  const dir = tempDir();
  writeFileSync(dir.file('catalog.json'), JSON.stringify({ products }));
  const openai = await startFakeOpenAi(script);
  const config = readConfig({ DATA_DIR: dir.file('data'), LOG_LEVEL: 'silent', OPENAI_API_KEY: 'sk-test', ...env });
  const shop = (slug: string, origins: string[]): Shop => ({
    slug,
    name: slug,
    locale: 'en',
    origins,
    prompt: '',
    greeting: { en: 'Hello' },
    prompts: {},
    model: 'gpt-6-luna',
    catalogFile: dir.file('catalog.json'),
  });
  const deps = await createDeps({
    config,
    shops: [shop('pets', ['https://pets.example']), shop('books', ['https://books.example'])],
    upstream: { apiKey: 'sk-test', baseUrl: openai.baseUrl },
    demoModel: false,
    sessionSecret: 'a secret that is only good for a test',
    version: '0.0.0',
    log: createLog({ level: config.logLevel, secrets: [] }),
  });
  const server = await new Promise<Server>((resolve) => {
    const started = serve({ fetch: createApp(deps).fetch, hostname: '127.0.0.1', port: 0 }, () =>
      resolve(started),
    ) as Server;
  });
  onTestFinished(async () => {
    await deps.turns.drain(0);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await deps.close();
    await openai.close();
    dir[Symbol.dispose]();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const api: Served['api'] = async (method, path, { token, json, body, headers } = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(json !== undefined ? { body: JSON.stringify(json) } : body !== undefined && { body }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };

  return {
    url,
    api,
    deps,
    openai,
    async session(shop = 'pets') {
      return (await api<SessionResponse>('POST', '/api/session', { json: { shop } })).body;
    },
  };
}

let count = 0;

/** A body for the two chat routes. */
export function message(text: string, rest: Record<string, unknown> = {}) {
  return { message: text, thread_id: null, client_message_id: `client-message-${++count}`, ...rest };
}

/** The frames of a stream, read strictly: `id:` (not for a gap) and one `data:` line each. */
export function frames(stream: string): { id: string; event: ChatEvent }[] {
  return stream
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => {
      const match = /^(?:id: (\S+)\n)?data: (.+)$/.exec(frame);
      if (!match) throw new Error(`not a frame: ${JSON.stringify(frame)}`);
      return { id: match[1] ?? '', event: JSON.parse(match[2]!) as ChatEvent };
    });
}
