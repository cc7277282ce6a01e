import { call as toolCall, type RecordedRequest, type Reply } from '../../fakes/fake-openai.ts';
import { product } from '../../fixtures/products.ts';
import { Clerk, NO_LIMITS, question } from '../clerk.ts';
import { Meter, PRICES, type AnswerOptions } from '../meter.ts';
import type { Findings, GroupOptions } from '../findings.ts';

/** Micro-dollars of a day: room for a few calls, each of which may cost 15,000 at the most. */
const CAP = 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Letters that hardly anybody writes: a token for each byte, in and out. */
const GLYPHS = '\u{13000}';

interface Scenario {
  clerk: Clerk;
  meter: Meter;
  /** How the model answers from now on. */
  reply: { with: (request: RecordedRequest) => Reply };
  /** @returns how many of `count` questions at once were answered by the model, each by a token of its own unless given */
  ask(count: number, options?: AskOptions): Promise<number>;
  /** The same again and again, until no question gets through to the model. */
  exhaust(count: number, options?: AskOptions): Promise<void>;
}

interface AskOptions {
  token?: string;
  text?: string;
  headers?: (index: number) => Record<string, string>;
  /** Stops each as soon as its model was asked. */
  stop?: boolean;
}

type Play = (scenario: Scenario) => Promise<void>;

interface Attack {
  name: string;
  limits: object;
  env?: Record<string, string>;
  play: Play;
  /** Whose charges are compared with the cap; the dearest of them. */
  payers?: string[];
  /** The provider charged more than it was allowed to: nothing here can undo that, it is only shown. */
  overrun?: true;
}

const money = (payer: string, cap = CAP) => ({
  ...NO_LIMITS,
  [payer]: { ...NO_LIMITS.shop, usd_per_day: cap / 1e6 },
  when_spent: [],
});
const many = 50;
const forwarded = (of: (index: number) => string) => (index: number) => ({ 'x-forwarded-for': of(index) });

const ATTACKS: Attack[] = [
  {
    name: '50 at once, a fresh visitor each',
    limits: money('shop'),
    play: ({ exhaust }) => exhaust(many),
  },
  {
    name: 'one visitor, 50 at once',
    limits: money('visitor'),
    play: async ({ clerk, exhaust }) => exhaust(many, { token: await clerk.session('pets') }),
  },
  {
    name: 'fresh visitors, invented X-Forwarded-For',
    limits: money('address'),
    play: ({ exhaust }) => exhaust(many, { headers: forwarded((index) => `203.0.113.${index}, 198.51.100.${index}`) }),
  },
  {
    name: 'the same behind a trusted proxy',
    limits: money('address'),
    env: { TRUST_PROXY: 'loopback' },
    play: ({ exhaust }) =>
      exhaust(many, { headers: forwarded((index) => `203.0.113.${index}, 127.0.0.1, 198.51.100.7`) }),
  },
  {
    name: 'addresses of one IPv6 /64',
    limits: money('address'),
    env: { TRUST_PROXY: 'loopback' },
    play: ({ exhaust }) =>
      exhaust(many, { headers: forwarded((index) => `2001:db8:1:2:${index.toString(16)}::${index}`) }),
  },
  {
    name: 'kill -9 in the middle, five times',
    limits: money('shop'),
    async play({ clerk, ask, exhaust, reply, meter }) {
      reply.with = (request) => meter.answer(request, 200, { pauseMs: 5 });
      for (let round = 0; round < 5; round++) {
        const before = meter.calls;
        const asked = ask(20).catch(() => 0);
        if (await until(() => meter.calls > before, 40)) await pause(60);
        await clerk.end('SIGKILL');
        await asked;
        await clerk.start();
      }
      reply.with = (request) => meter.answer(request, 20);
      await exhaust(many);
    },
  },
  {
    name: 'over midnight, 50 on each side',
    limits: money('shop'),
    payers: ['today', 'tomorrow'],
    async play({ clerk, ask, exhaust, meter, reply }) {
      const toMidnight = DAY_MS - (Date.now() % DAY_MS);
      await clerk.setClockAhead(toMidnight - 60_000);
      meter.payer = 'today';
      reply.with = (request) => meter.answer(request, 100, { pauseMs: 3 });
      const running = ask(many);
      await until(() => meter.calls > 0, 200);
      await clerk.setClockAhead(toMidnight + 60_000);
      meter.payer = 'tomorrow';
      await running;
      await exhaust(many);
    },
  },
  {
    name: 'stopped at once, written in rare letters',
    limits: money('shop'),
    async play({ exhaust, meter, reply }) {
      reply.with = (request) => meter.answer(request, 500, { pauseMs: 5, word: GLYPHS.repeat(4) });
      await exhaust(10, { stop: true, text: GLYPHS.repeat(1_900) });
    },
  },
  {
    name: 'stopped while it thinks',
    limits: money('shop'),
    async play({ exhaust, meter, reply }) {
      reply.with = (request) => meter.answer(request, 5, { pauseMs: 200, thinking: 1_900 });
      await exhaust(10, { stop: true });
    },
  },
  {
    name: 'five rounds of tools each',
    limits: money('shop'),
    async play({ exhaust, meter, reply }) {
      reply.with = (request) => meter.answer(request, 0, { tool: toolCall('search_products', SEARCH) });
      await exhaust(20);
    },
  },
  {
    name: 'with a cheaper model to go on with',
    limits: { ...money('shop'), when_spent: ['cheaper_model', 'search'] },
    play: ({ exhaust }) => exhaust(many),
  },
  {
    name: 'a provider that ignores the bound of an answer',
    limits: money('shop'),
    overrun: true,
    async play({ exhaust, meter, reply }) {
      reply.with = (request) => meter.answer(request, 50, { thinking: 20_000 });
      await exhaust(many);
    },
  },
];

const SEARCH = {
  query: 'bed',
  synonyms: [],
  min_price: null,
  max_price: null,
  in_stock_only: false,
  on_sale_only: false,
  limit: 20,
};

/** Whoever wants the shop's money to be spent gets no more of it spent than the shop allows. */
export async function wallet(findings: Findings, { size }: GroupOptions): Promise<void> {
  const chosen = size === 'all' ? ATTACKS : ATTACKS.filter((_, index) => [0, 8].includes(index));
  const lines: string[] = [];
  let worst = 0;
  for (const attack of chosen) {
    const { ratio, asked, calls } = await spent(attack);
    // Each question that the allowance had no room for was an attempt to get more.
    findings.attempts += asked - 1;
    findings.attempt(`${attack.name}: ${ratio.toFixed(3)} of the cap`, ratio > 1 && !attack.overrun);
    if (calls === 0) throw new Error(`${attack.name}: nobody asked the model, which shows nothing.`);
    if (!attack.overrun) worst = Math.max(worst, ratio);
    lines.push(`${attack.name}: spend ÷ cap ${ratio.toFixed(3)}${attack.overrun ? ' (the provider’s own)' : ''}`);
  }
  findings.details.push(...lines);
  findings.note = `worst spend ÷ cap ${worst.toFixed(3)} in ${chosen.length} attacks`;
}

async function spent({ limits, env, play, payers = ['all'] }: Attack) {
  const meter = new Meter();
  const reply = { with: (request: RecordedRequest, options?: AnswerOptions) => meter.answer(request, 20, options) };
  const prices = { input: PRICES.input, output: PRICES.output };
  let asked = 0;
  await using clerk = await Clerk.open({
    shops: {
      pets: {
        limits,
        model: { prices },
        cheaper_model: { name: 'cheaper', prices },
        topic_guard: false,
        answer_cache: false,
      },
    },
    products: { pets: Array.from({ length: 20 }, (_, index) => product(index + 1, `Bed ${index}`)) },
    model: (request) => reply.with(request),
    ...(env && { env }),
  });

  async function ask(count: number, { token, text = 'Hello', headers = () => ({}), stop }: AskOptions = {}) {
    asked += count;
    const answered = await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const more = headers(index);
        const opened = () =>
          clerk.call<{ token: string }>('POST', '/api/session', { json: { shop: 'pets' }, headers: more });
        const own = token ?? (await opened()).body.token;
        const call = { token: own, json: question(text), headers: more };
        if (!stop) return (await clerk.call('POST', '/api/chat', call)).status === 200;
        const before = meter.calls;
        const begun = await clerk.call<{ turn_id?: string }>('POST', '/api/chat/stream', {
          ...call,
          headers: { ...more, accept: 'application/json' },
        });
        await until(() => meter.calls > before, 20);
        await pause(20);
        await clerk.call('POST', `/api/turns/${begun.body.turn_id}/cancel`, { token: own });
        return begun.status === 202;
      }),
    );
    return answered.filter(Boolean).length;
  }

  async function exhaust(count: number, options?: AskOptions): Promise<void> {
    for (let round = 0; round < 30; round++) {
      const before = meter.calls;
      await ask(count, options);
      if (meter.calls === before) return;
    }
  }

  await play({ clerk, meter, reply, ask, exhaust });
  const dearest = Math.max(...payers.map((payer) => meter.get(payer).microUsd));
  return { ratio: dearest / CAP, asked, calls: meter.calls };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(is: () => boolean, tries: number): Promise<boolean> {
  for (let n = 0; n < tries && !is(); n++) await pause(10);
  return is();
}
