import { expect, test } from 'vitest';
import { createModerations } from '../../../proxy/models/moderation.ts';
import { createGuard } from '../../../proxy/outbound/index.ts';
import { Secret } from '../../../proxy/shops/secret.ts';
import type { ShopModeration } from '../../../proxy/shops/types.ts';
import { startFakeModeration, type Verdict } from '../../fakes/fake-moderation.ts';

const SETTINGS: ShopModeration = {
  input: true,
  output: true,
  required: false,
  model: 'omni-moderation-latest',
  baseUrl: '',
  apiKey: new Secret('sk-moderation-0123456789'),
  guarded: false,
};

async function judged(verdict: Verdict, changes: Partial<ShopModeration> = {}, timeoutMs = 3_000) {
  const fake = await startFakeModeration(verdict);
  let clock = 0;
  const warnings: { fields: object; message: string }[] = [];
  const moderationFor = createModerations({
    guard: createGuard({ allowPrivate: false }),
    log: { warn: (fields, message) => void warnings.push({ fields, message }) },
    now: () => clock,
    timeoutMs,
  });
  const { check } = moderationFor({ ...SETTINGS, baseUrl: fake.baseUrl, ...changes });
  return {
    fake,
    warnings,
    check: (text: string, signal = new AbortController().signal) => check(text, signal),
    pass: (ms: number) => void (clock += ms),
  };
}

test('asks the endpoint about a text, and tells what it was flagged for', async () => {
  const { check, fake } = await judged((text) => (text.includes('knife') ? ['violence', 'illicit'] : []));
  expect(await check('A brush?')).toEqual([]);
  expect(new Set(await check('A knife!'))).toEqual(new Set(['violence', 'illicit']));
  expect(fake.bodies[1]).toEqual({ model: 'omni-moderation-latest', input: 'A knife!' });
});

test('asks about a long text in pieces, in one request', async () => {
  const { check, fake } = await judged((text) => (text.endsWith('knife') ? ['violence'] : []));
  expect(await check(`${'x'.repeat(20_000)}knife`)).toEqual(['violence']);
  expect(fake.asked).toHaveLength(1);
  expect([fake.asked[0]!].flat().map(({ length }) => length)).toEqual([8_000, 8_000, 4_005]);
});

test.each([
  ['is out of order', () => new Response('{"error":{"message":"no"}}', { status: 500 })],
  ['refuses the key', () => new Response('{"error":{"message":"no"}}', { status: 401 })],
  ['answers with a page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
  ['answers without a verdict', () => Response.json({ results: [] })],
  ['answers with half a verdict', () => Response.json({ results: [{ categories: {} }] })],
])('has no verdict when the endpoint %s, and asks once', async (_, answer) => {
  const { check, fake, warnings } = await judged(answer);
  expect(await check('A brush?')).toBeNull();
  expect(fake.asked).toHaveLength(1);
  expect(warnings).toMatchObject([{ message: 'the moderation gave no verdict', fields: { missed: 1 } }]);
});

test('has no verdict when the endpoint takes too long', async () => {
  const { check, warnings } = await judged(() => new Promise(() => undefined), {}, 20);
  expect(await check('A brush?')).toBeNull();
  expect(warnings).toMatchObject([{ fields: { code: 'model_timeout' } }]);
});

test('says once a minute that there are no verdicts, and how many there would have been; never what was asked', async () => {
  const { check, warnings, pass } = await judged(() => new Response('no', { status: 500 }));
  for (let asked = 0; asked < 3; asked++) await check('my secret question');
  expect(warnings).toHaveLength(1);
  pass(60_000);
  await check('my secret question');
  expect(warnings).toMatchObject([{ fields: { missed: 1 } }, { fields: { missed: 3 } }]);
  expect(JSON.stringify(warnings)).not.toMatch(/secret|sk-moderation/);
});

test('ends when its asker has no need of it any more', async () => {
  const { check } = await judged(() => new Promise(() => undefined));
  const stop = new AbortController();
  const asked = check('A brush?', stop.signal);
  stop.abort(new Error('enough'));
  await expect(asked).rejects.toThrow('enough');
});

test('an address that a shop has written leads into no private network', async () => {
  const { check, fake } = await judged(() => [], { guarded: true });
  expect(await check('A brush?')).toBeNull();
  expect(fake.asked).toEqual([]);
});
