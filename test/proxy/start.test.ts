import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { answer, failure, startFakeOpenAi } from '../fakes/fake-openai.ts';
import { tempDir } from '../temp-dir.ts';

const root = path.resolve(import.meta.dirname, '../..');
const door = path.join(root, 'proxy/start.js');

/** Runs the proxy as a process of its own, in an empty folder; resolves once it has said where it is. */
async function start(env: Record<string, string>) {
  const dir = tempDir();
  const child = spawn(process.execPath, [door], {
    cwd: dir.path,
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exit;
    dir[Symbol.dispose]();
  });
  await Promise.race([once(child.stdout, 'data'), exit]);
  const url = /http:\/\/[\d.:]+/.exec(output.stdout)?.[0];
  return { child, exit, output, dir, url };
}

/** A shop of its own instead of the demo stores: the proxy is up in a third of the time. */
function ownShop(): Record<string, string> {
  const files = tempDir();
  onTestFinished(() => files[Symbol.dispose]());
  const price = { amount: 1_000, currency: 'ILS' };
  const product = {
    externalId: '1',
    title: 'Bed',
    url: 'https://shop.example/bed',
    description: '',
    categories: [],
    tags: [],
    price: { min: price, max: price },
    availability: 'in_stock',
    purchasable: true,
    images: [],
    options: [],
    variants: [{ id: '1', title: '', price, availability: 'in_stock', options: [] }],
  };
  writeFileSync(files.file('catalog.json'), JSON.stringify({ products: [product] }));
  return { CATALOG_FILE: files.file('catalog.json'), SHOP_SLUG: 'acme', OPENAI_API_KEY: 'sk-1' };
}

async function chat(url: string, shop: string): Promise<Record<string, unknown>> {
  const post = (route: string, body: object, token = '') =>
    fetch(url + route, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  const { token } = (await (await post('/api/session', { shop })).json()) as { token: string };
  const body = { message: 'Hello', thread_id: null, client_message_id: 'start-test-1' };
  return (await (await post('/api/chat', body, token)).json()) as Record<string, unknown>;
}

describe('the process', () => {
  test('says where it is, and answers without a key by the demo model, which it says', async () => {
    const { url, output } = await start({});
    expect(output.stdout).toMatch(/^Shop Clerk is at http:\/\/127\.0\.0\.1:\d+\/demo\/\n$/);
    expect(output.stderr).toContain('the demo model answers');
    expect(await chat(url!, 'demo')).toMatchObject({ finish: 'stop', message: expect.stringMatching(/\w/) });
  });

  test('talks to the model it is given', async () => {
    const openai = await startFakeOpenAi([answer('From afar.')]);
    onTestFinished(() => openai.close());
    const { url } = await start({
      ...ownShop(),
      OPENAI_API_KEY: 'sk-mine',
      OPENAI_BASE_URL: openai.baseUrl,
      OPENAI_MODEL: 'gpt-x',
    });
    expect(await chat(url!, 'acme')).toMatchObject({ message: 'From afar.' });
    expect(openai.requests[0]).toMatchObject({
      path: '/v1/responses',
      headers: { authorization: 'Bearer sk-mine' },
      body: { model: 'gpt-x', store: false },
    });
  });

  test('ends on SIGTERM without an error', async () => {
    const { child, exit } = await start(ownShop());
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });

  test('keeps its session secret for itself, and over a restart', async () => {
    const kept = tempDir();
    onTestFinished(() => kept[Symbol.dispose]());
    const env = { ...ownShop(), DATA_DIR: kept.path };
    const first = await start(env);
    const file = kept.file('session-secret');
    const secret = readFileSync(file, 'utf8');
    expect(secret).toHaveLength(43);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    first.child.kill('SIGTERM');
    await first.exit;
    await start(env);
    expect(readFileSync(file, 'utf8')).toBe(secret);
  });

  test('never writes a key to its log, not even when a provider repeats it', async () => {
    const key = 'sk-very-secret-key-0123456789';
    const openai = await startFakeOpenAi([
      failure(401, { message: `Incorrect API key provided: ${key}`, code: 'invalid_api_key' }),
    ]);
    onTestFinished(() => openai.close());
    const { url, output, dir } = await start({
      ...ownShop(),
      OPENAI_API_KEY: key,
      OPENAI_BASE_URL: openai.baseUrl,
      LOG_LEVEL: 'trace',
    });
    expect(JSON.stringify(await chat(url!, 'acme'))).not.toContain(key);
    expect(output.stderr).toContain('a turn failed');
    expect(output.stderr).not.toContain(key);
    expect(output.stderr).not.toContain(readFileSync(dir.file('data/session-secret'), 'utf8'));
  });
});

describe('the process does not start', () => {
  test.each([
    ['in production without a key', { NODE_ENV: 'production' }, /OPENAI_API_KEY is not set\. In production/],
    ['with wrong settings, and tells them all', { PORT: 'x', LOG_LEVEL: 'loud' }, /PORT must be[\s\S]*LOG_LEVEL/],
    ['without its catalogue', { CATALOG_FILE: 'nowhere.json' }, /CATALOG_FILE there is no file \S*nowhere\.json/],
    ['on a port that is not its to take', { HOST: '192.0.2.1' }, /could not start/],
  ])('%s', async (_, env, message) => {
    const { exit, output } = await start('HOST' in env ? { ...ownShop(), ...env } : env);
    expect(await exit).toEqual([1, null]);
    expect(output.stderr).toMatch(message);
    expect(output.stderr).not.toMatch(/\n\s+at /);
    expect(output.stdout).toBe('');
  });

  test('on a port that is taken, and says which', async () => {
    const holder = net.createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void holder.close());
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const { exit, output } = await start({ ...ownShop(), PORT: String(port) });
    expect(await exit).toEqual([1, null]);
    expect(output.stderr).toContain(`Port ${port} is taken`);
  });

  test('on a Node that is too old, and says so in one line', async () => {
    using dir = tempDir();
    writeFileSync(dir.file('old.cjs'), `Object.defineProperty(process.versions, 'node', { value: '20.19.0' })`);
    const run = promisify(execFile)(process.execPath, ['--require', dir.file('old.cjs'), door]);
    await expect(run).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Shop Clerk needs Node 22\.22 or newer; this is 20\.19\.0\..*\n$/),
    });
  });
});

test('with a shop of its own it prints the tag for its pages, and no demo store is there', async () => {
  const { output } = await start(ownShop());
  const url = /http:\/\/[\d.:]+/.exec(output.stdout)![0];
  await vi.waitFor(() => expect(output.stdout).toContain('data-shop="acme"'));
  expect(output.stdout).toBe(
    `Shop Clerk is at ${url}/\nFor your pages: <script src="${url}/widget.js" defer data-shop="acme"></script>\n`,
  );
  expect((await fetch(`${url}/demo/`)).status).toBe(404);
  expect((await fetch(`${url}/widget.js`)).status).toBe(200);
});
