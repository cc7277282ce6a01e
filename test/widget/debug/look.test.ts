import { expect, test } from 'vitest';
import { look, type Finding } from '../../../widget/debug/look.ts';
import { serveProxy } from '../../proxy/http/served.ts';

const origin = 'https://pets.example';
const { signal } = new AbortController();

/** As a page of the shop asks. */
const asPage: typeof fetch = (url, init) => fetch(url, { ...init, headers: { origin } });

const brief = (findings: Finding[]) => findings.map(({ check, status }) => `${status} ${check}`);

test('finds nothing wrong where all is well', async () => {
  const { url } = await serveProxy([]);
  const options = { base: `${url}/`, shop: 'pets', origin: url, fetch: asPage, now: Date.now, signal };
  expect(brief(await look(options))).toEqual(['ok proxy', 'ok shop', 'ok stream']);
});

test('says which setting keeps a page out, and what a browser will not mix', async () => {
  const { url } = await serveProxy([]);
  const options = { base: url, shop: 'books', origin, fetch: asPage, now: Date.now, signal };
  const findings = await look(options);
  expect(brief(findings)).toEqual(['fail mixed content', 'ok proxy', 'fail shop', 'ok stream']);
  expect(findings[2]!.says).toContain('Add "https://pets.example" to "origins" in shops/books.json');
  expect(brief(await look({ ...options, shop: 'cats', origin: url }))).toContain('fail shop');
});

test('hands on what the proxy says of itself', async () => {
  const { url, deps } = await serveProxy([]);
  deps.models.circuits = () => [{ model: 'gpt-6-luna', state: 'open', since: 0, lastError: 'model_quota' }];
  deps.models.warnings = () => [{ model: 'gpt-5', kind: 'shutdown', date: '2999-12-11' }];
  const findings = await look({ base: url, shop: 'pets', origin: url, fetch: asPage, now: Date.now, signal });
  expect(brief(findings)).toEqual(['warn proxy', 'fail model', 'warn model', 'ok shop', 'ok stream']);
  expect(findings[2]!.says).toBe('gpt-5: shutdown 2999-12-11');
});

test('sees a stream that comes all at once, and a clock that is wrong', async () => {
  const { url } = await serveProxy([]);
  const held: typeof fetch = async (at, init) => {
    const answer = await asPage(at, init);
    return new Response(await answer.text(), { status: answer.status });
  };
  const now = () => Date.now() + 3_600_000;
  const findings = await look({ base: url, shop: 'pets', origin: url, fetch: held, now, signal });
  expect(brief(findings)).toEqual(['ok proxy', 'ok shop', 'fail stream', 'warn clock']);
});

test('names what a dead line may be', async () => {
  const dead: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'));
  const findings = await look({
    base: 'https://clerk.example/',
    shop: 'pets',
    origin,
    fetch: dead,
    now: Date.now,
    signal,
  });
  expect(brief(findings)).toEqual(['fail proxy', 'fail shop', 'fail stream']);
  expect(findings[0]!.fix).toContain('connect-src https://clerk.example');
});
