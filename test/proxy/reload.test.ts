import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { tempDir } from '../temp-dir.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The proxy as a process of its own, with the shops Acme and Books in files. */
async function start(env: Record<string, string> = {}) {
  const dir = tempDir();
  mkdirSync(dir.file('shops'));
  cpSync(path.join(root, 'demo/shop/catalog.json'), dir.file('catalog.json'));
  cpSync(path.join(root, 'demo/shop/catalog.json'), dir.file('own.json'));
  const write = (slug: string, values: object) =>
    writeFileSync(
      dir.file(`shops/${slug}.json`),
      JSON.stringify({ catalog: { type: 'file', file: '../catalog.json' }, ...values }),
    );
  write('acme', { name: 'Acme', model: { api_key: 'env:ACME_KEY' } });
  write('books', { name: 'Books' });
  const child = spawn(process.execPath, [path.join(root, 'proxy/start.js')], {
    cwd: dir.path,
    env: { PATH: process.env['PATH'], PORT: '0', ACME_KEY: 'sk-of-acme', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exit;
    dir[Symbol.dispose]();
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  await vi.waitFor(() => expect(output.stdout).toMatch(/books"/), 15_000);
  const url = /http:\/\/[\d.:]+/.exec(output.stdout)![0];
  const nameOf = async (slug: string) =>
    ((await (await fetch(`${url}/api/shops/${slug}`)).json()) as { name?: string }).name;
  return { child, dir, output, write, nameOf, url };
}

test('several shops are named at the start, and reloaded on SIGHUP; a bad edit changes nothing and is told', async () => {
  const { child, output, write, nameOf, url } = await start();
  expect(output.stdout).toBe(
    `Shop Clerk is at ${url}/\n` +
      `For the pages of Acme: <script src="${url}/widget.js" defer data-shop="acme"></script>\n` +
      `For the pages of Books: <script src="${url}/widget.js" defer data-shop="books"></script>\n`,
  );
  expect(await nameOf('acme')).toBe('Acme');

  write('acme', { name: 'Acme & Sons', greting: {} });
  write('books', { name: 'Books & More' });
  child.kill('SIGHUP');
  await vi.waitFor(async () => expect(await nameOf('books')).toBe('Books & More'), 5_000);
  expect(await nameOf('acme')).toBe('Acme');
  await vi.waitFor(() => expect(output.stderr).toContain('did you mean \\"greeting\\"?'), 5_000);
  expect(await (await fetch(`${url}/api/health`)).text()).toContain('"outdated":["shops/acme.json"]');
});

test('health names the variable that has gone wrong, and not what stands in it', async () => {
  const { child, dir, output, url } = await start({ CATALOG_FILE: 'own.json', SHOP_SLUG: 'own' });
  rmSync(dir.file('own.json'));
  child.kill('SIGHUP');
  await vi.waitFor(() => expect(output.stderr).toContain('there is no file'), 5_000);
  const health = await (await fetch(`${url}/api/health`)).text();
  expect(health).toContain('"outdated":["CATALOG_FILE"]');
  expect(health).not.toContain('own.json');
});

test('what the desk published is served over a file that changes under it, and by the next process', async () => {
  const token = 'an-admin-token-that-only-a-test-may-know';
  const { child, dir, write, nameOf, url } = await start({ ADMIN_TOKEN: token });
  const desk = async (base: string, method: string, at: string, body?: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const sent = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`${base}/api/admin/settings${at}?shop=acme`, sent);
    return { status: response.status, body: (await response.json()) as { fields: Record<string, unknown>[] } };
  };
  await desk(url, 'PUT', '/draft', { changes: { name: 'Acme of the desk' } });
  expect((await desk(url, 'POST', '/publish', { revision: 1, over: 0 })).status).toBe(200);
  expect(await nameOf('acme')).toBe('Acme of the desk');

  write('acme', { name: 'Acme of the file', tone: 'warm', model: { api_key: 'env:ACME_KEY' } });
  child.kill('SIGHUP');
  const fieldsOf = async (base: string) => (await desk(base, 'GET', '')).body.fields;
  await vi.waitFor(
    async () => expect(await fieldsOf(url)).toContainEqual(expect.objectContaining({ value: 'warm' })),
    5_000,
  );
  expect(await nameOf('acme')).toBe('Acme of the desk');
  const said = { field: 'name', file: 'Acme of the file', desk: 'Acme of the desk', file_changed: true };
  expect(await fieldsOf(url)).toContainEqual(expect.objectContaining(said));

  child.kill('SIGTERM');
  await once(child, 'exit');
  const next = await start({ ADMIN_TOKEN: token, DATA_DIR: dir.file('data') });
  expect(await next.nameOf('acme')).toBe('Acme of the desk');
});
