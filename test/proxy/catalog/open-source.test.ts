import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openSource, type OpenSourceOptions } from '../../../proxy/catalog/open-source.ts';
import { Spill } from '../../../proxy/catalog/spill.ts';
import { loopbackWeb } from '../../fakes/loopback-web.ts';
import { tempDir } from '../../temp-dir.ts';
import { feed, serve } from './feed-files.ts';

const options = (more: Partial<OpenSourceOptions> = {}) => ({
  request: loopbackWeb(),
  signal: new AbortController().signal,
  ...more,
});

async function textOf(source: Awaited<ReturnType<typeof openSource>>): Promise<string> {
  let text = '';
  for await (const chunk of source.text()) text += chunk;
  return text;
}

/** What is written to the temporary folder goes to one of the test's own. */
function ownTemp() {
  const dir = tempDir();
  vi.stubEnv('TMPDIR', dir.path);
  expect(tmpdir()).toBe(dir.path);
  return dir;
}
afterEach(() => void vi.unstubAllEnvs());

describe('a URL', () => {
  test('is downloaded once, can be read twice, and leaves nothing behind', async () => {
    using temp = ownTemp();
    await using server = await serve('id,title\n');
    const source = await openSource({ url: server.url }, options());
    expect(await textOf(source)).toBe('id,title\n');
    expect(await textOf(source)).toBe('id,title\n');
    expect(server.requests()).toBe(1);
    expect(readdirSync(temp.path)).toHaveLength(1);
    await source.close();
    expect(readdirSync(temp.path)).toEqual([]);
  });

  test('leaves nothing behind either when it breaks off', async () => {
    using temp = ownTemp();
    await using server = await serve('id,title\n', { cut: true });
    await expect(openSource({ url: server.url }, options())).rejects.toThrow(/could not be downloaded/);
    expect(readdirSync(temp.path)).toEqual([]);
  });

  test('is stopped with the reason', async () => {
    await using server = await serve('id,title\n');
    const reason = new Error('stop');
    await expect(openSource({ url: server.url }, options({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
  });

  test('that is none is refused without telling it', async () => {
    await expect(openSource({ url: 'not a url?key=planted' }, options())).rejects.toThrow(
      /^The URL of the feed is no URL\.$/,
    );
  });
});

test('more than the bound is refused, from a file and from a URL', async () => {
  await using server = await serve('x'.repeat(3_000_000));
  await expect(openSource({ url: server.url }, options({ maxBytes: 2 * 1024 ** 2 }))).rejects.toMatchObject({
    name: 'SourceError',
  });
  const file = await openSource({ file: feed('google.xml') }, options({ maxBytes: 1_000 }));
  await expect(textOf(file)).rejects.toMatchObject({
    name: 'SourceError',
    message: expect.stringContaining('larger than'),
  });
});

test('a compressed file is refused in words', async () => {
  await using server = await serve(gzipSync('id,title\n'));
  const source = await openSource({ url: server.url }, options());
  await expect(textOf(source)).rejects.toThrow(/is compressed \(gzip\); unpack it first/);
  await source.close();
});

test('rows put aside on the disk come back in their order, and the disk is cleared', async () => {
  using temp = ownTemp();
  const rows = new Spill<{ n: number; text: string }>();
  for (let n = 0; n < 3_000; n++) await rows.add(`key ${n % 7}`, { n, text: 'שלום '.repeat(500) });
  expect(readdirSync(temp.path)).toHaveLength(1);
  expect((await rows.rows('key 3')).map(({ n }) => n)).toEqual(
    Array.from({ length: 429 }, (_, index) => index * 7 + 3).filter((n) => n < 3_000),
  );
  expect(await rows.rows('key 3', 2)).toHaveLength(2);
  expect([rows.count('key 3'), rows.count('none'), (await rows.rows('none')).length]).toEqual([
    rows.count('key 3'),
    0,
    0,
  ]);
  await rows.close();
  expect(readdirSync(temp.path)).toEqual([]);
});
