import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ChatError } from '../../../proxy/errors.ts';
import { createLimits } from '../../../proxy/limits/index.ts';
import { createRates } from '../../../proxy/limits/rates.ts';
import type { Asker, Limits } from '../../../proxy/limits/types.ts';
import { billOf } from '../../../proxy/models/pricing.ts';
import type { Allowance, DegradeStep, ModelChoice, Shop } from '../../../proxy/shops/types.ts';
import type { Storage } from '../../../proxy/storage/types.ts';
import { testShop, UNLIMITED } from '../../fixtures/shops.ts';
import { openSqlite } from '../../../proxy/storage/index.ts';
import { openFresh } from '../../fresh-database.ts';
import { tempDir } from '../../temp-dir.ts';
import { call } from '../storage/spending-calls.ts';

const DAY = 24 * 3_600_000;
/** A month ends with this day, an hour later. */
const EVENING = Date.UTC(2026, 10, 30, 23);

let clock = EVENING;
let dir: ReturnType<typeof tempDir>;
let storage: Storage;
let limits: Limits;

function start(opened = openSqlite): void {
  storage = opened({ file: dir.file('shop.sqlite') });
  limits = createLimits({ storage, billOf, now: () => clock, rates: createRates({ salt: Buffer.from('salt') }) });
}

beforeEach(() => {
  // The limiter of rates reads the machine's clock, so that one stands still as well.
  vi.useFakeTimers({ toFake: ['Date'], now: EVENING });
  clock = EVENING;
  dir = tempDir();
  start(openFresh);
});
afterEach(async () => {
  await storage.close();
  dir[Symbol.dispose]();
  vi.useRealTimers();
});

function pass(ms: number): void {
  clock += ms;
  vi.setSystemTime(clock);
}

interface Changes {
  slug?: string;
  visitor?: Partial<Allowance>;
  address?: Partial<Allowance>;
  shop?: Partial<Allowance>;
  whenSpent?: DegradeStep[];
}

function shopWith({ slug = 'demo', visitor, address, shop, whenSpent = [] }: Changes): Shop {
  const usual = testShop();
  return testShop({
    slug,
    limits: {
      ...usual.limits,
      visitor: { ...UNLIMITED, ...visitor },
      address: { ...UNLIMITED, ...address },
      shop: { ...UNLIMITED, ...shop },
      whenSpent,
    },
  });
}

function asker(shop: Shop, visitorId = 'vis_a', address = 'address-1'): Asker {
  return { shop, visitorId, address };
}

const luna: ModelChoice = { ...testShop().models.default, model: 'gpt-6-luna' };

async function refusal(attempt: () => unknown): Promise<Partial<ChatError>> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof ChatError) {
      const { code, message, retryAfterMs } = error;
      return { code, message, retryAfterMs };
    }
    throw error;
  }
  throw new Error('expected a refusal');
}

/** A call as the turn makes it: reserved, then settled with what it used. */
async function ask(who: Asker, used: { input: number; output: number } | null, share = 1) {
  const held = limits.reservation(who, luna, { input: 9_000, output: 1_000 }, share);
  const begun = await storage.beginUsage(call({ shop: who.shop.slug }), held);
  if (begun.outcome === 'begun' && used) {
    const usage = { ...call(), inputTokens: used.input, outputTokens: used.output };
    await storage.endUsage(begun.id, { ...usage, ...limits.bill(luna, usage), outcome: 'ok' });
  }
  return begun;
}

describe('messages a minute', () => {
  test.each(['visitor', 'address', 'shop'] as const)(
    'of a %s are counted, and allowed again a minute later',
    async (payer) => {
      const who = asker(shopWith({ [payer]: { messagesPerMinute: 3 } }));
      for (let n = 0; n < 3; n++) (await limits.admit(who)).release();
      pass(20_000);
      expect(await refusal(() => limits.admit(who))).toEqual({
        code: 'rate_limited',
        message: `Too many messages a minute for this ${payer}.`,
        retryAfterMs: 40_000,
      });
      pass(40_000);
      (await limits.admit(who)).release();
    },
  );

  test('let exactly so many through when fifty come at once', async () => {
    const who = asker(shopWith({ visitor: { messagesPerMinute: 10 } }));
    const answers = await Promise.allSettled(Array.from({ length: 50 }, () => limits.admit(who)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });

  test('that are refused do not count, not even for a moment, against others behind the same address', async () => {
    const shop = shopWith({ visitor: { messagesPerMinute: 1 }, address: { messagesPerMinute: 2 } });
    const many = Array.from({ length: 40 }, () => limits.admit(asker(shop, 'vis_a')));
    const [flood, neighbour] = await Promise.all([
      Promise.allSettled(many),
      Promise.allSettled([limits.admit(asker(shop, 'vis_b'))]),
    ]);
    expect(flood.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(neighbour[0].status).toBe('fulfilled');
  });

  test('of fresh visitors on one address count together, those of another shop do not', async () => {
    const address = { messagesPerMinute: 2 };
    const shop = shopWith({ address });
    await limits.admit(asker(shop, 'vis_1'));
    await limits.admit(asker(shop, 'vis_2'));
    expect(await refusal(() => limits.admit(asker(shop, 'vis_3')))).toMatchObject({ code: 'rate_limited' });
    await limits.admit(asker(shop, 'vis_3', 'address-2'));
    await limits.admit(asker(shopWith({ slug: 'books', address }), 'vis_1'));
  });
});

describe('turns at once', () => {
  test.each(['visitor', 'address', 'shop'] as const)('of a %s are bounded until one ends', async (payer) => {
    const who = asker(shopWith({ [payer]: { turnsAtOnce: 2 } }));
    const [first] = [await limits.admit(who), await limits.admit(who)];
    expect(await refusal(() => limits.admit(who))).toEqual({
      code: 'rate_limited',
      message: `Too many answers at once for this ${payer}.`,
      retryAfterMs: 5_000,
    });
    first.release();
    await limits.admit(who);
  });

  test('give back one place, however often it is released', async () => {
    const who = asker(shopWith({ visitor: { turnsAtOnce: 2 } }));
    const first = await limits.admit(who);
    await limits.admit(who);
    first.release();
    first.release();
    await limits.admit(who);
    expect(await refusal(() => limits.admit(who))).toMatchObject({ code: 'rate_limited' });
  });

  test('keep no place for a message that was refused for another reason', async () => {
    const who = asker(shopWith({ visitor: { turnsAtOnce: 1, messagesPerMinute: 1 } }));
    (await limits.admit(who)).release();
    await refusal(() => limits.admit(who));
    await refusal(() => limits.admit(who));
    pass(60_000);
    (await limits.admit(who)).release();
  });

  test('that go on after a restart are let in above the bound, and count', async () => {
    const who = asker(shopWith({ visitor: { turnsAtOnce: 1 } }));
    const places = [limits.resume(who), limits.resume(who)];
    places[0]!.release();
    expect(await refusal(() => limits.admit(who))).toMatchObject({ code: 'rate_limited' });
    places[1]!.release();
    await limits.admit(who);
  });
});

describe('streams', () => {
  test('are bounded for a visitor', async () => {
    const who = asker(shopWith({ visitor: { turnsAtOnce: 2 } }));
    const places = Array.from({ length: 12 }, () => limits.follow(who));
    expect(await refusal(() => limits.follow(who))).toMatchObject({ code: 'rate_limited', retryAfterMs: 5_000 });
    places[0]!.release();
    limits.follow(who);
  });

  test('are bounded for an address, whoever follows them', async () => {
    const shop = shopWith({ address: { turnsAtOnce: 6 } });
    for (let n = 0; n < 60; n++) limits.follow(asker(shop, `vis_${n}`));
    expect(await refusal(() => limits.follow(asker(shop, 'vis_new')))).toMatchObject({ code: 'rate_limited' });
    limits.follow(asker(shop, 'vis_new', 'address-2'));
  });

  test('grow with the answers at once that a shop allows', async () => {
    const who = asker(shopWith({ visitor: { turnsAtOnce: 5 } }));
    for (let n = 0; n < 30; n++) limits.follow(who);
    expect(await refusal(() => limits.follow(who))).toMatchObject({ code: 'rate_limited' });
  });
});

test('an address gets thirty new sessions a minute where it may ask less often', async () => {
  const shop = shopWith({ address: { messagesPerMinute: 10 } });
  for (let n = 0; n < 30; n++) await limits.countSession(shop, 'address-1');
  expect(await refusal(() => limits.countSession(shop, 'address-1'))).toMatchObject({
    code: 'rate_limited',
    retryAfterMs: 60_000,
  });
  await limits.countSession(shop, 'address-2');
  pass(60_000);
  await limits.countSession(shop, 'address-1');
});

test('an address that may ask without end gets sessions without end', async () => {
  for (let n = 0; n < 100; n++) await limits.countSession(shopWith({}), 'address-1');
});

describe('the allowance of a day or month', () => {
  const caps: [string, Partial<Allowance>, number][] = [
    ['tokens a day', { tokensPerDay: 25_000 }, 3_600_000],
    ['money a day', { usdPerDay: 0.003 }, 3_600_000],
    ['money a month', { usdPerMonth: 0.003 }, 3_600_000],
  ];
  for (const payer of ['visitor', 'address', 'shop'] as const) {
    test.each(caps)(`of a ${payer}: %s are never overrun by fifty at once`, async (_name, cap) => {
      const who = asker(shopWith({ [payer]: cap }));
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => ask(who, { input: 9_000, output: 1_000 })));
      const spent = outcomes.filter(({ outcome }) => outcome === 'begun').length;
      // 10 000 tokens or 9 000 × 0.125 + 1 000 × 0.5 micro-dollars are held for each.
      expect(spent * 10_000).toBeLessThanOrEqual(cap.tokensPerDay ?? Infinity);
      expect(spent * 1_400).toBeLessThanOrEqual((cap.usdPerDay ?? cap.usdPerMonth ?? Infinity) * 1e6);
      expect(spent).toBeGreaterThan(0);
    });

    test.each(caps)(`of a ${payer}: %s, once gone, refuse messages until it begins anew`, async (_name, cap, left) => {
      const who = asker(shopWith({ [payer]: cap }));
      await ask(who, { input: 22_000, output: 3_000 });
      expect(await refusal(() => limits.admit(who))).toMatchObject({
        code: payer === 'shop' ? 'budget_spent' : 'limit_reached',
        retryAfterMs: left,
      });
      pass(left - 1);
      await refusal(() => limits.admit(who));
      pass(1);
      (await limits.admit(who)).release();
    });
  }

  test('of a month is still gone on its next day', async () => {
    clock = EVENING - 10 * DAY;
    vi.setSystemTime(clock);
    const who = asker(shopWith({ shop: { usdPerDay: 0.003, usdPerMonth: 0.003 } }));
    await ask(who, { input: 22_000, output: 3_000 });
    expect(await refusal(() => limits.admit(who))).toMatchObject({ retryAfterMs: 10 * DAY + 3_600_000 });
    pass(DAY);
    expect(await refusal(() => limits.admit(who))).toMatchObject({
      message: "The shop's allowance of this month is used up.",
      retryAfterMs: 9 * DAY + 3_600_000,
    });
  });

  test('is still gone after a restart, what was held included', async () => {
    const who = asker(shopWith({ visitor: { tokensPerDay: 10_000 } }));
    await ask(who, null);
    await storage.close();
    start();
    expect(await refusal(() => limits.admit(who))).toMatchObject({ code: 'limit_reached' });
    expect(await ask(who, null)).toMatchObject({ outcome: 'spent', account: { payer: 'visitor:demo:vis_a' } });
  });

  test('of an address holds for all its visitors, that of a visitor for nobody else', async () => {
    const shop = shopWith({ visitor: { tokensPerDay: 10_000 }, address: { tokensPerDay: 20_000 } });
    for (const visitor of ['vis_1', 'vis_2']) {
      await ask(asker(shop, visitor), { input: 9_000, output: 1_000 });
      expect(await refusal(() => limits.admit(asker(shop, visitor)))).toMatchObject({ code: 'limit_reached' });
    }
    expect(await refusal(() => limits.admit(asker(shop, 'vis_3')))).toMatchObject({
      message: 'The allowance of this day is used up for this address.',
    });
    (await limits.admit(asker(shop, 'vis_3', 'address-2'))).release();
    (await limits.admit(asker({ ...shop, slug: 'books' }, 'vis_1'))).release();
  });

  test('of the shop lets messages in while the shop has chosen a way to go on', async () => {
    const who = asker(shopWith({ shop: { tokensPerDay: 10_000 }, whenSpent: ['search'] }));
    await ask(who, { input: 9_000, output: 1_000 });
    (await limits.admit(who)).release();
    expect(await ask(who, null)).toMatchObject({ outcome: 'spent', account: { payer: 'shop:demo' } });
  });

  test('refuses without taking a place', async () => {
    const who = asker(shopWith({ visitor: { tokensPerDay: 10_000, turnsAtOnce: 1 } }));
    await ask(who, { input: 9_000, output: 1_000 });
    await refusal(() => limits.admit(who));
    expect(await refusal(() => limits.admit(who))).toMatchObject({ code: 'limit_reached' });
  });
});

describe('a reservation', () => {
  test('holds the searches that the provider may make by itself', () => {
    const most = { input: 1_000, output: 100, searches: 3 };
    const { microUsd } = limits.reservation(asker(shopWith({})), luna, most, 1);
    expect(microUsd).toBe(1_000 * 0.125 + 100 * 0.5 + 3 * 2_500);
  });

  test('holds the dearest that a call may cost', () => {
    const { tokens, microUsd } = limits.reservation(asker(shopWith({})), luna, { input: 1_000, output: 100 }, 1);
    expect({ tokens, microUsd }).toEqual({ tokens: 1_100, microUsd: 1_000 * 0.125 + 100 * 0.5 });
  });

  test('holds no money where nobody knows the price', () => {
    const choice = { ...luna, model: 'llama-of-my-own' };
    const held = limits.reservation(asker(shopWith({})), choice, { input: 1_000, output: 100 }, 1);
    expect(held).toMatchObject({ tokens: 1_100, microUsd: 0 });
  });

  test("goes on the shop's own accounts always, on others where they have a cap", () => {
    const accounts = (changes: Changes) =>
      limits
        .reservation(asker(shopWith(changes)), luna, { input: 1, output: 1 }, 1)
        .accounts.map(({ payer, period }) => [payer, period]);
    const shops = [
      ['shop:demo', '2026-11-30'],
      ['shop:demo', '2026-11'],
    ];
    expect(accounts({})).toEqual(shops);
    expect(accounts({ visitor: { tokensPerDay: 5 }, address: { usdPerMonth: 5 } })).toEqual([
      ['visitor:demo:vis_a', '2026-11-30'],
      ['address:demo:address-1', '2026-11'],
      ...shops,
    ]);
  });

  test("may reach its share of the shop's caps, and all of the visitor's", () => {
    const shop = shopWith({
      visitor: { tokensPerDay: 100 },
      shop: { tokensPerDay: 100, usdPerDay: 4.1, usdPerMonth: 10 },
    });
    const { accounts } = limits.reservation(asker(shop), luna, { input: 1, output: 1 }, 0.8);
    expect(accounts).toMatchObject([
      { maxTokens: 100, maxMicroUsd: null },
      { maxTokens: 80, maxMicroUsd: 3_280_000 },
      { maxTokens: null, maxMicroUsd: 8_000_000 },
    ]);
  });

  test('holds to the very micro-dollar what the owner wrote', () => {
    const shop = shopWith({ shop: { usdPerDay: 4.1 } });
    const { accounts } = limits.reservation(asker(shop), luna, { input: 1, output: 1 }, 1);
    expect(accounts[0]).toMatchObject({ maxMicroUsd: 4_100_000 });
  });

  test('leaves the rest for the cheaper model', async () => {
    const who = asker(shopWith({ shop: { tokensPerDay: 50_000 } }));
    const outcomes: string[] = [];
    for (let n = 0; n < 5; n++) outcomes.push((await ask(who, null, 0.8)).outcome);
    expect(outcomes).toEqual(['begun', 'begun', 'begun', 'begun', 'spent']);
    expect(await ask(who, null, 1)).toMatchObject({ outcome: 'begun' });
  });
});

test('the next day and month of UTC are told in milliseconds', () => {
  expect(limits.retryAfterMs('day')).toBe(3_600_000);
  expect(limits.retryAfterMs('month')).toBe(3_600_000);
  pass(3_600_000);
  expect(limits.retryAfterMs('day')).toBe(DAY);
  expect(limits.retryAfterMs('month')).toBe(31 * DAY);
});
