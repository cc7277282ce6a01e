import { expect, test } from 'vitest';
import { usageCommand } from '../../../proxy/commands/usage.ts';
import { databaseIn, openSqlite } from '../../../proxy/storage/index.ts';
import type { UsageRow } from '../../../proxy/storage/types.ts';
import { tempDir } from '../../temp-dir.ts';
import { call, reservation } from '../storage/spending-calls.ts';

const NOVEMBER = Date.parse('2026-11-03T12:00:00Z');
const ok = { estimated: false, outcome: 'ok', createdAt: NOVEMBER } as const;

/** The command over these calls. */
async function calls(...rows: Partial<UsageRow>[]) {
  const dir = tempDir();
  const storage = openSqlite({ file: databaseIn(dir.path) });
  for (const changes of rows) {
    const row = call({ ...ok, ...changes });
    if (row.fromCache) await storage.addCachedUsage(row);
    const begun = row.fromCache ? null : await storage.beginUsage({ ...row, outcome: 'running' }, reservation({}));
    if (begun?.outcome === 'begun')
      await storage.endUsage(begun.id, { ...row, outcome: (changes.outcome as 'ok') ?? 'ok' });
  }
  await storage.close();
  async function run(...args: string[]) {
    const lines: string[] = [];
    const options = { shops: ['pets', 'books'], dataDir: dir.path, now: () => Date.parse('2026-11-21T09:00:00Z') };
    const code = await usageCommand(args, { ...options, print: (line) => void lines.push(line) });
    return { code, lines };
  }
  return { run, [Symbol.dispose]: () => dir[Symbol.dispose]() };
}

const luna = { model: 'gpt-6-luna', inputTokens: 2_000, cachedTokens: 500, outputTokens: 300, costMicroUsd: 1_234_567 };

test('the owner reads what each model and arm has used and cost this month, and all of it together', async () => {
  using made = await calls(
    { ...luna, arm: 'a' },
    { ...luna, arm: 'a', outcome: 'error', retries: 2 },
    { ...luna, arm: 'a', fromCache: true },
    { ...luna, arm: 'b', purpose: 'summary', costMicroUsd: 12 },
    { ...luna, createdAt: Date.parse('2026-10-31') },
  );
  expect(await made.run()).toEqual({
    code: 0,
    lines: [
      'period   shop  model       arm  for        calls  our cache  errors  retries  input  cached  output       cost',
      '2026-11  pets  gpt-6-luna  a    answers        3          1       1        2  4,000     25%     600  $2.469134',
      '2026-11  pets  gpt-6-luna  b    summaries      1          0       0        0  2,000     25%     300  $0.000012',
      'total                                          4          1       1        2  6,000     25%     900  $2.469146',
    ],
  });
});

test('a cost that nobody knows is never shown as nothing, nor a guess as a count', async () => {
  using made = await calls(
    { model: 'gpt-6-luna', costMicroUsd: 5 },
    { model: 'gpt-6-luna', costMicroUsd: null },
    { model: 'mine', costMicroUsd: null, estimated: true },
    { model: 'mine', fromCache: true },
  );
  const { lines } = await made.run();
  expect(lines.slice(1, 4).map((line) => line.split(/ {2,}/).at(-1))).toEqual([
    'at least $0.000005',
    'unknown',
    'at least $0.000005',
  ]);
  expect(lines.join('\n')).toContain('Nobody knows the price of 2 calls');
  expect(lines.join('\n')).toContain('The tokens of 1 call are guessed');
});

test('by day, between two days, and of one shop', async () => {
  using made = await calls(
    { shop: 'books' },
    {},
    { createdAt: Date.parse('2026-10-31T23:59:59Z') },
    { createdAt: Date.parse('2026-11-04') },
  );
  const periods = async (...args: string[]) =>
    (await made.run(...args, '--json')).lines.map((line) => (JSON.parse(line) as { period: string }).period);
  expect(await periods('--by', 'day')).toEqual(['2026-11-03', '2026-11-03', '2026-11-04']);
  expect(await periods('pets', '--by', 'day', '--from', '2026-10-01', '--to', '2026-11-03')).toEqual([
    '2026-10-31',
    '2026-11-03',
  ]);
  expect(await periods('--from', '2026-01-01')).toEqual(['2026-10', '2026-11', '2026-11']);
});

test('as JSON and as CSV for programs, with every figure', async () => {
  using made = await calls({ ...luna, arm: 'a', cacheWriteTokens: 7, reasoningTokens: 9 });
  expect((await made.run('--json')).lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { shop: 'pets', period: '2026-11', model: 'gpt-6-luna', arm: 'a', purpose: 'answer', costMicroUsd: 1_234_567 },
  ]);
  const [header, row, ...rest] = (await made.run('--csv')).lines;
  expect(header!.split(',')).toHaveLength(row!.split(',').length);
  expect(row).toBe('2026-11,pets,gpt-6-luna,a,answer,1,0,0,0,0,0,2000,500,7,300,9,1.234567');
  expect(rest).toEqual([]);
});

test("a provider's name for its model moves no cursor and is no formula", async () => {
  using made = await calls({ model: '=cmd|"\u001b[2J\u202eevil' });
  expect((await made.run()).lines[1]).not.toMatch(/[\u001b\u202e]/);
  expect((await made.run('--csv')).lines[1]).toContain(`"'=cmd|""[2Jevil"`);
});

test('a shop that is served no longer is still told of', async () => {
  using made = await calls({ shop: 'closed' });
  expect(await made.run('closed')).toMatchObject({ code: 0 });
  expect((await made.run('closed')).lines[1]).toContain('2026-11  closed  gpt-6-luna');
});

test.each([
  [['cats'], 'There is no shop "cats"; there are pets, books.'],
  [['--from', '2026-02-30'], '--from is "2026-02-30", which is no day; write it as 2026-11-21.'],
  [['--to', 'today'], '--to is "today", which is no day; write it as 2026-11-21.'],
  [['--from', '2026-12-01'], '--from 2026-12-01 is after --to 2026-11-21.'],
  [['--by', 'week'], '--by is "week"; it can be day or month.'],
  [['--json', '--csv'], 'Choose --json or --csv.'],
])('a wrong call (%s) says how to call it', async (args, said) => {
  using made = await calls();
  expect(await made.run(...args)).toEqual({ code: 2, lines: [said] });
});

test('help is no mistake, an unknown option is, and no calls are no table', async () => {
  using made = await calls();
  expect(await made.run('--help')).toMatchObject({ code: 0, lines: [expect.stringContaining('npm run usage')] });
  expect(await made.run('--what')).toMatchObject({ code: 2, lines: [expect.stringContaining('npm run usage')] });
  expect((await made.run('pets', 'books')).code).toBe(2);
  expect(await made.run('pets')).toEqual({ code: 0, lines: ['No model was called from 2026-11-01 to 2026-11-21.'] });
});
