import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import type { CatalogProduct } from '../../proxy/catalog/types.ts';
import type { ChatResponse, SessionResponse, StartedTurn } from '../../proxy/protocol/index.ts';
import { startFakeOpenAi, type FakeOpenAi, type Script } from '../fakes/fake-openai.ts';
import { tempDir } from '../temp-dir.ts';
import type { Outgoing, ToTheTest, World } from './world-types.ts';

const door = path.resolve(import.meta.dirname, '../../proxy/start.js');
const world = path.resolve(import.meta.dirname, 'world.ts');
const NONE = { messages_per_minute: null, turns_at_once: null, tokens_per_day: null };

/** Settings of a shop without any limit. */
export const NO_LIMITS = {
  visitor: NONE,
  address: NONE,
  shop: NONE,
  threads_per_visitor: 10_000,
  messages_per_thread: 1_000,
};
/** At least as long as a session secret has to be. */
export const SESSION_SECRET = 'the-session-secret-of-the-suite-4f1c9a7e';

export interface Call {
  token?: string;
  json?: unknown;
  body?: string;
  headers?: Record<string, string>;
}

export interface Answer<Body = unknown> {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  /** The text read as JSON; null for what is none. */
  body: Body;
}

export interface ClerkOptions {
  /** By slug, as their owners write them. */
  shops: Record<string, object>;
  products?: Record<string, readonly CatalogProduct[]>;
  model: Script;
  env?: Record<string, string>;
  world?: Partial<World>;
}

/** The real proxy in a process of its own, with shops from files, SQLite, and a fake model; the world around it is watched. */
export class Clerk {
  url = '';
  /** All that it wrote to stdout and stderr. */
  output = '';
  readonly outgoing: Outgoing[] = [];
  readonly model: FakeOpenAi;
  readonly dir = tempDir();
  readonly #world: World;
  readonly #env: Record<string, string>;
  #child: ChildProcess | null = null;
  #agent = new http.Agent({ keepAlive: true, maxSockets: 100 });
  #messages = 0;

  private constructor(model: FakeOpenAi, { env = {}, world = {} }: ClerkOptions) {
    this.model = model;
    this.#world = { clockAheadMs: 0, names: {}, hosts: {}, ...world };
    this.#env = env;
  }

  static async open(options: ClerkOptions): Promise<Clerk> {
    const clerk = new Clerk(await startFakeOpenAi(options.model), options);
    mkdirSync(clerk.dir.file('shops'));
    for (const [slug, settings] of Object.entries(options.shops)) {
      clerk.write(`${slug}-catalog.json`, { products: options.products?.[slug] ?? [] });
      clerk.writeShop(slug, settings);
    }
    await clerk.start();
    return clerk;
  }

  writeShop(slug: string, settings: object): void {
    const catalog = { type: 'file', file: `../${slug}-catalog.json` };
    this.write(`shops/${slug}.json`, {
      name: slug,
      origins: [originOf(slug)],
      limits: NO_LIMITS,
      catalog,
      ...settings,
    });
  }

  write(name: string, value: object): void {
    writeFileSync(this.dir.file(name), JSON.stringify(value));
  }

  remove(name: string): void {
    rmSync(this.dir.file(name));
  }

  get environment(): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      LOG_LEVEL: 'trace',
      OPENAI_API_KEY: 'sk-of-the-suite-6b2d8e1f',
      OPENAI_BASE_URL: this.model.baseUrl,
      SESSION_SECRET,
      SHUTDOWN_GRACE_MS: '100',
      ...this.#env,
    };
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--import', world, door], {
      cwd: this.dir.path,
      env: { ...this.environment, WORLD: JSON.stringify(this.#world) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    child.on('message', (message: ToTheTest) => {
      if ('outgoing' in message) this.outgoing.push(message.outgoing);
    });
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    const [said] = (await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')])) as [unknown];
    const url = /Shop Clerk is at (http:\/\/[\d.:]+)/.exec(String(said));
    if (!url) throw new Error(`The proxy did not start: ${this.output}`);
    this.url = url[1]!;
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    this.#agent.destroy();
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: 100 });
    if (!child || child.exitCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }

  get isAlive(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Puts the proxy's clock so far ahead of ours. What it did before is in `outgoing` afterwards. */
  async setClockAhead(ms: number): Promise<void> {
    this.#world.clockAheadMs = ms;
    const child = this.#child!;
    const number = ++this.#messages;
    await new Promise<void>((resolve) => {
      child.on('message', function listen(message: ToTheTest) {
        if (!('heard' in message) || message.heard !== number) return;
        child.off('message', listen);
        resolve();
      });
      child.send({ clockAheadMs: ms, number });
    });
  }

  async call<Body>(method: string, path: string, call: Call = {}): Promise<Answer<Body>> {
    // The proxy may just have closed the socket that an earlier request left open.
    for (;;) {
      const answer = await this.#send<Body>(method, path, call);
      if (answer) return answer;
    }
  }

  /** Null where a socket that was left open is closed. */
  #send<Body>(method: string, path: string, { token, json, body, headers }: Call): Promise<Answer<Body> | null> {
    const sent = json === undefined ? body : JSON.stringify(json);
    return new Promise((resolve, reject) => {
      const request = http.request(
        this.url + path,
        {
          agent: this.#agent,
          method,
          headers: {
            ...(json !== undefined && { 'content-type': 'application/json' }),
            ...(sent !== undefined && { 'content-length': Buffer.byteLength(sent) }),
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
            ...headers,
          },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode!, headers: response.headers, text, body: parsed(text) as Body }),
          );
        },
      );
      request.on('error', (error: NodeJS.ErrnoException) => {
        if (request.reusedSocket && error.code === 'ECONNRESET') resolve(null);
        else reject(error);
      });
      request.end(sent);
    });
  }

  async session(shop: string, rest: object = {}): Promise<string> {
    const { body, text } = await this.call<Partial<SessionResponse> | null>('POST', '/api/session', {
      json: { shop, ...rest },
    });
    if (body?.token === undefined) throw new Error(`There is no session: ${text}`);
    return body.token;
  }

  /** A whole turn. */
  async chat(token: string, text: string, rest: Partial<Call> = {}): Promise<Answer<ChatResponse>> {
    return this.call<ChatResponse>('POST', '/api/chat', { token, json: question(text), ...rest });
  }

  /** A turn that runs on. */
  async startTurn(token: string, text: string): Promise<StartedTurn> {
    const headers = { accept: 'application/json' };
    return (await this.call<StartedTurn>('POST', '/api/chat/stream', { token, headers, json: question(text) })).body;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL');
    this.#agent.destroy();
    await this.model.close();
    this.dir[Symbol.dispose]();
  }
}

export function originOf(slug: string): string {
  return `https://${slug}.example`;
}

let forms = 0;

/** A body for `POST /api/contact`. */
export function contactForm(rest: Record<string, unknown> = {}) {
  return { client_message_id: `contact-${++forms}`, email: 'somebody@home.example', message: 'Hi', ...rest };
}

let questions = 0;

export function question(message: string, threadId: string | null = null) {
  return { message, thread_id: threadId, client_message_id: `question-${++questions}` };
}

/** What the shopper said last, in a request that the fake model got. */
export function lastQuestion(body: { input: Record<string, unknown>[] }): string {
  return JSON.stringify(body.input.findLast((item) => item['role'] === 'user') ?? '');
}

/** The proxy has come back with what tools found. */
export function hasToolResults(body: { input: Record<string, unknown>[] }): boolean {
  return body.input.at(-1)?.['type'] === 'function_call_output';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
