/** The process dies, by accident or by order, and what a shopper was reading goes on in the next one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ChatEvent, StartedTurn, Thread } from '../../proxy/protocol/index.ts';
import { lockDataDir } from '../../proxy/storage/index.ts';
import { answer, frames as upstream, STALL, startFakeOpenAi, textDelta, type Script } from '../fakes/fake-openai.ts';
import { tempDir } from '../temp-dir.ts';
import { frames } from './http/served.ts';

const door = path.resolve(import.meta.dirname, '../../proxy/start.js');
const begun = { type: 'response.created', response: { id: 'r', output: [] } };

async function scene(script: Script) {
  const dir = tempDir();
  const openai = await startFakeOpenAi(script);
  onTestFinished(async () => {
    await openai.close();
    dir[Symbol.dispose]();
  });

  async function start(env: Record<string, string> = {}) {
    const child = spawn(process.execPath, [door], {
      cwd: dir.path,
      env: { PATH: process.env['PATH'], PORT: '0', OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: openai.baseUrl, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const ended = exit.then(([code, signal]) => {
      throw new Error(`The proxy ended (${code ?? signal}) before it said where it is. ${complaints}`);
    });
    const [said] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer];
    ended.catch(() => undefined);
    const url = /http:\/\/[\d.:]+/.exec(String(said))![0];
    return {
      url,
      async end(signal: NodeJS.Signals) {
        child.kill(signal);
        return exit;
      },
    };
  }

  function database() {
    const db = new Database(dir.file('data/shop-clerk.sqlite'), { readonly: true });
    onTestFinished(() => void db.close());
    return db;
  }

  return { start, database, openai, dir };
}

async function call<T>(
  url: string,
  method: string,
  token = '',
  body?: object,
  headers: Record<string, string> = {},
): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  return (await response.json()) as T;
}

/** Asks, and reads until the answer has begun. Goes on reading behind our back until the line breaks. */
async function askAndRead(url: string) {
  const { token } = await call<{ token: string }>(`${url}/api/session`, 'POST', '', { shop: 'demo' });
  const question = { message: 'Hello?', thread_id: null, client_message_id: 'crash-test-1' };
  const ids = await call<StartedTurn>(`${url}/api/chat/stream`, 'POST', token, question, {
    accept: 'application/json',
  });
  const response = await fetch(`${url}/api/turns/${ids.turn_id}/events`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let stream = '';
  while (!stream.includes('Half')) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`The answer ended before it began: ${response.status} ${stream}`);
    stream += value;
  }
  const rest = (async () => {
    for (;;) {
      const next = await reader.read().catch(() => ({ done: true, value: undefined }));
      if (next.done) return stream;
      stream += next.value;
    }
  })();
  return { token, question, ids, rest };
}

async function resume(url: string, token: string, { turn_id }: StartedTurn, after: number): Promise<ChatEvent[]> {
  const headers = { authorization: `Bearer ${token}`, 'last-event-id': `${turn_id}:${after}` };
  const response = await fetch(`${url}/api/turns/${turn_id}/events`, { headers });
  return frames(await response.text()).map(({ event }) => event);
}

const half = upstream([begun, textDelta('Half an ans'), STALL]);

describe('kill -9 in the middle of an answer', () => {
  test('and a restart: who comes back gets a reset and a whole new answer, and nothing is there twice', async () => {
    const { start, database, openai } = await scene([half, answer('A whole answer.'), answer('Next.')]);
    const first = await start();
    const { token, question, ids, rest } = await askAndRead(first.url);
    await first.end('SIGKILL');
    expect(frames(await rest).map(({ event }) => event.type)).toEqual(['thread_id', 'text']);
    expect(database().pragma('integrity_check', { simple: true })).toBe('ok');

    const second = await start();
    const events = await resume(second.url, token, ids, 2);
    // Deltas that come in one read from the model are one event.
    const types = events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
    expect(types).toEqual(['reset', 'thread_id', 'text', 'done']);
    const thread = await call<Thread>(`${second.url}/api/threads/${ids.thread_id}`, 'GET', token);
    expect(thread.messages).toMatchObject([
      { role: 'user' },
      { role: 'assistant', parts: [{ type: 'text', content: 'A whole answer.' }], finish: 'stop' },
    ]);

    // The repeated question joins; the next one tells the model of the whole answer only.
    await call(`${second.url}/api/chat`, 'POST', token, question);
    await call(`${second.url}/api/chat`, 'POST', token, {
      ...question,
      thread_id: ids.thread_id,
      client_message_id: 'crash-test-2',
    });
    expect(openai.requests).toHaveLength(3);
    expect(JSON.stringify(openai.requests[2]!.body.input)).toContain('A whole answer.');
    expect(JSON.stringify(openai.requests[2]!.body.input)).not.toContain('Half');

    const db = database();
    expect(db.prepare(`SELECT count(*) FROM turns WHERE status = 'running'`).pluck().get()).toBe(0);
    expect(db.prepare(`SELECT outcome FROM usage ORDER BY id`).pluck().all()).toEqual(['error', 'ok', 'ok']);
  });

  test('and nobody waits: the half answer is kept, marked as interrupted', async () => {
    const { start } = await scene([half]);
    const first = await start();
    const { token, ids } = await askAndRead(first.url);
    await first.end('SIGKILL');
    const second = await start();
    const thread = await call<Thread>(`${second.url}/api/threads/${ids.thread_id}`, 'GET', token);
    expect(thread.messages.at(-1)).toMatchObject({
      parts: [{ type: 'text', content: 'Half an ans' }],
      finish: 'error',
      error: { code: 'model_interrupted', retryable: true },
    });
  });

  test('and Stop after the restart: no new answer is begun for it', async () => {
    const { start, openai } = await scene([half, answer('Unwanted.')]);
    const first = await start();
    const { token, ids } = await askAndRead(first.url);
    await first.end('SIGKILL');
    const second = await start();
    const stopped = await fetch(`${second.url}/api/turns/${ids.turn_id}/cancel`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(stopped.status).toBe(204);
    expect((await resume(second.url, token, ids, 2)).map(({ type }) => type)).toEqual(['gap']);
    const thread = await call<Thread>(`${second.url}/api/threads/${ids.thread_id}`, 'GET', token);
    expect(thread.active_turn_id).toBeNull();
    expect(thread.messages.at(-1)).toMatchObject({ parts: [{ content: 'Half an ans' }], finish: 'cancelled' });
    expect(openai.requests).toHaveLength(1);
  });
});

describe('SIGTERM in the middle of an answer', () => {
  test('lets it end when it can, and whoever reads it reads it to its end', async () => {
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { start } = await scene([
      { ...half, body: [begun, textDelta('Half '), held, ...answer('and half.').body.slice(1)] },
    ]);
    const only = await start();
    const { rest } = await askAndRead(only.url);
    const ended = only.end('SIGTERM');
    release();
    expect(frames(await rest).at(-1)!.event).toMatchObject({ type: 'done', finish: 'stop' });
    expect(await ended).toEqual([0, null]);
  });

  test('breaks it off after its time, and the next process takes it up', async () => {
    const { start } = await scene([half, answer('A whole answer.')]);
    const first = await start({ SHUTDOWN_GRACE_MS: '50' });
    const { token, ids, rest } = await askAndRead(first.url);
    expect(await first.end('SIGTERM')).toEqual([0, null]);
    expect(frames(await rest).map(({ event }) => event.type)).toEqual(['thread_id', 'text']);
    const second = await start();
    const events = await resume(second.url, token, ids, 2);
    expect(events[0]).toEqual({ type: 'reset' });
    expect(events.at(-1)).toMatchObject({ type: 'done', finish: 'stop' });
  });
});

describe('a data folder', () => {
  test('belongs to one process at a time', () => {
    using dir = tempDir();
    const unlock = lockDataDir(dir.path);
    let waited = 0;
    const impatient = { waitMs: 0, onWait: () => waited++ };
    expect(() => lockDataDir(dir.path, impatient)).toThrow(/Another Shop Clerk is using .*DATA_DIR/);
    unlock();
    lockDataDir(dir.path, impatient)();
    expect(waited).toBe(1);
  });
});
