/** The machine or its owner lets the proxy down; it goes on, or says what is wrong. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../proxy/config.ts';
import { serveProxy } from '../proxy/http/served.ts';
import { tempDir } from '../temp-dir.ts';

const proxy = path.resolve(import.meta.dirname, '../../proxy');
/** In a process of its own: the log writes past the streams that a test could listen to. */
const LEAK = `
  import { createLog } from ${JSON.stringify(path.join(proxy, 'log.ts'))};
  const secret = process.argv[1];
  createLog({ level: 'info', secrets: [secret] }).error({ err: new Error('key ' + secret + ' is wrong') }, 'failed');
`;

// Only Linux has a disk that is always full.
test.skipIf(!existsSync('/dev/full'))(
  'a full disk under the log neither ends the proxy nor keeps it from ending',
  async () => {
    const dir = tempDir();
    const child = spawn(process.execPath, [path.join(proxy, 'start.js')], {
      cwd: dir.path,
      env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'trace' },
      stdio: ['ignore', 'pipe', openSync('/dev/full', 'w')],
    });
    const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
    onTestFinished(() => {
      child.kill('SIGKILL');
      dir[Symbol.dispose]();
    });
    const [said] = (await once(child.stdout!, 'data')) as [Buffer];
    const url = /http:\/\/[\d.:]+/.exec(String(said))![0];
    for (let n = 0; n < 3; n++) expect((await fetch(`${url}/api/health`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  },
);

test('a database that cannot be read makes the proxy unhealthy, not broken', async () => {
  const { api, deps } = await serveProxy([]);
  const { count } = deps.catalog;
  deps.catalog.count = () => Promise.reject(new Error('disk I/O error'));
  expect(await api('GET', '/api/health')).toMatchObject({
    status: 503,
    body: { status: 'down', checks: { storage: { status: 'down' } } },
  });
  deps.catalog.count = count;
  expect(await api('GET', '/api/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
});

test('a secret is hidden in the log however JSON writes it', async () => {
  const secret = 'quotes " and \\ back\tslashes';
  const child = spawn(process.execPath, ['--input-type=module', '-e', LEAK, secret], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let line = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (line += text));
  await once(child, 'close');
  expect(JSON.parse(line)).toMatchObject({ err: { message: 'key [redacted] is wrong' } });
});

test.each([
  ['a line break', 'sk-proj-1234\n'],
  ['a space', ' sk-proj-1234'],
  ['quotes of a word processor', '“sk-proj-1234”'],
])('an API key with %s is refused at the start, and not repeated', (_, key) => {
  const read = () => readConfig({ OPENAI_API_KEY: key });
  expect(read).toThrow(/OPENAI_API_KEY must be plain letters/);
  expect(read).not.toThrow(/1234/);
});
