import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChatRequest } from '../../../proxy/protocol/index.ts';
import { createHttpTransport, type HttpTransportOptions } from '../../../widget/transport/http-transport.ts';
import { readThread } from '../../../widget/transport/past-requests.ts';
import { trouble } from '../../../widget/transport/load.ts';
import type { PageLife } from '../../../widget/transport/page-life.ts';
import type { TransportEvent } from '../../../widget/transport/types.ts';
import { startFaultProxy, type ChoosePlan, type Plan } from '../../fakes/fault-proxy.ts';
import { integer } from '../../faults/random.ts';
import { FakeClock, instantClock } from './fake-clock.ts';
import { done, FakeTurns, json, started, text } from './fake-turns.ts';

const question: ChatRequest = { message: 'מזון לכלב?', thread_id: null, client_message_id: 'cmsg_1' };
const lost: TransportEvent = { type: 'line', up: false };
const back: TransportEvent = { type: 'line', up: true };
/** Short waits take no time, so that only what comes after them is seen. */
const quick = { clock: instantClock, random: () => 0.1 };
const never = new AbortController().signal;

let turns: FakeTurns;
beforeEach(async () => {
  turns = await FakeTurns.start();
});
afterEach(() => turns.close());

/** A transport on a line of its own, and what a page does to it. */
function connect(options: Partial<HttpTransportOptions> = {}) {
  const clock = new FakeClock();
  const page: PageLife[] = [];
  const transport = createHttpTransport({
    baseUrl: turns.url,
    shop: 'pets',
    clock,
    random: () => 0.5,
    watch: (life) => page.push(life),
    ...options,
  });
  return { transport, clock, page };
}

/** Collects in the background, and can be waited for. */
function reading(events: AsyncIterable<TransportEvent>) {
  const got: TransportEvent[] = [];
  let look = (): void => {};
  const end = (async () => {
    for await (const event of events) {
      got.push(event);
      look();
    }
  })();
  return {
    got,
    end,
    async until(count: number): Promise<void> {
      while (got.length < count) {
        await Promise.race([new Promise<void>((resolve) => (look = resolve)), end]);
      }
    },
  };
}

const noLines = (events: TransportEvent[]) => events.filter(({ type }) => type !== 'line');

describe.each(['stream', 'poll', 'auto'] as const)('a turn by %s', (mode) => {
  test('comes in order to its end', async () => {
    const { transport } = connect({ mode, ...quick });
    const answer = reading(transport.stream(question, never));
    turns.say(started(), text('שלום'));
    await answer.until(2);
    turns.say(text(' 🐕'), done);
    await answer.end;
    expect(answer.got).toEqual([started(), text('שלום'), text(' 🐕'), done]);
  });

  test('goes on after a lost line where it was', async () => {
    const { transport } = connect({ mode, ...quick });
    turns.say(started(), text('a'));
    const answer = reading(transport.stream(question, never));
    await answer.until(2);
    await turns.awaited();
    turns.hangUp();
    await answer.until(3);
    turns.say(text('b'), done);
    await answer.end;
    expect(answer.got).toEqual([started(), text('a'), lost, back, text('b'), done]);
    expect(turns.requests.at(-1)).toContain('/api/turns/trn_1/events?after=2');
  });

  test('whose line is cut before anything came is joined by the same question', async () => {
    const { transport } = connect({ mode, ...quick });
    let cuts = 2;
    turns.intercept = (request) => cuts-- > 0 && Boolean(request.socket.destroy());
    turns.say(started(), text('a'), done);
    const answer = reading(transport.stream(question, never));
    await answer.end;
    expect(answer.got).toEqual([lost, back, started(), text('a'), done]);
    expect([...turns.asked]).toEqual([['cmsg_1', 3]]);
  });

  test('can be followed from any place of it', async () => {
    turns.say(started(), text('a'), text('b'), done);
    const answer = reading(connect({ mode, ...quick }).transport.follow('trn_1', 2, never));
    await answer.end;
    expect(answer.got).toEqual([text('b'), done]);
  });

  test('says plainly that its events are gone', async () => {
    turns.servedAfter = 3;
    const answer = reading(connect({ mode, ...quick }).transport.follow('trn_1', 2, never));
    await answer.end;
    expect(answer.got).toEqual([{ type: 'gap', thread_id: 'thr_1' }]);
  });

  test.each([
    ['turn_not_found', 404],
    ['invalid_request', 400],
    ['unauthorized', 401],
    ['overloaded', 429],
  ])('that is refused with %s is not asked for again', async (code, status) => {
    turns.intercept = (_, response) => {
      json(response, status, { error: { code, message: '', retryable: status === 429 } });
      return true;
    };
    const answer = reading(connect({ mode }).transport.follow('trn_1', 0, never));
    await expect(answer.end).rejects.toMatchObject({ code, status });
    expect(answer.got).toEqual([]);
  });

  const seeds = Array.from({ length: 12 }, (_, seed) => seed + 1);
  test.each(seeds)('loses nothing and doubles nothing, whatever the cuts (seed %i)', async (seed) => {
    const tokens = Array.from({ length: 60 }, (_, index) => text(`אב${seed}.${index} `));
    turns.say(started(), ...tokens, done);
    const faults = await startFaultProxy({ target: turns.url, seed, plan: roughPlan });
    try {
      const { transport } = connect({ mode, baseUrl: faults.url, ...quick, stallMs: 150 });
      const answer = reading(transport.stream(question, never));
      await answer.end;
      expect(noLines(answer.got)).toEqual([started(), ...tokens, done]);
      expect(turns.asked.size).toBe(1);
    } finally {
      await faults.close();
    }
  });
});

/** Most lines break somewhere in the first kilobytes; the turn has about seven of them. */
const roughPlan: ChoosePlan = (random) => {
  const dice = random();
  if (dice < 0.1) return { refuse: true };
  if (dice < 0.2) return { answer: random() < 0.5 ? 'bad-gateway' : 'login-page' };
  const by = (['reset', 'end', 'reset', 'end', 'silence'] as const)[integer(random, 0, 4)]!;
  const plan: Plan = { chunk: integer(random, 1, 900) };
  return dice < 0.9 ? { ...plan, cut: { after: integer(random, 1, 4_000), by } } : plan;
};

describe('events', () => {
  const frame = (id: string, event: object) => `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`;

  test('of another turn, and those that were seen, are dropped; those after a hole are asked for again', async () => {
    turns.say(started(), text('a'), text('b'), done);
    turns.intercept = (_, response) => {
      turns.intercept = () => false;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(frame('trn_1:1', started()) + frame('trn_2:2', text('foreign')) + frame('trn_1:1', started()));
      response.write(frame('trn_1:3', text('b')));
      return true;
    };
    const answer = reading(connect({ ...quick }).transport.stream(question, never));
    await answer.end;
    expect(answer.got).toEqual([started(), lost, back, text('a'), text('b'), done]);
  });
});

describe('coming back', () => {
  // The first loss has brought what mends it.
  beforeEach(async () => void (await trouble.bring()));

  test('takes longer each time, at random, up to a quarter of a minute; a sign of life begins anew', async () => {
    const { transport, clock } = connect({ mode: 'stream' });
    turns.intercept = (request) => Boolean(request.socket.destroy());
    const answer = reading(transport.stream(question, never));
    for (let i = 0; i < 7; i++) await clock.endSleep((ms) => ms > 0);
    expect(clock.waits.filter((ms) => ms > 0)).toEqual([250, 500, 1000, 2000, 4000, 7500, 7500]);
    turns.intercept = () => false;
    turns.say(started());
    await answer.until(3);
    turns.hangUp();
    await clock.endSleep((ms) => ms === 250);
    turns.say(done);
    await answer.end;
  });

  test('waits as long as the proxy asks, and then a little, whoever wakes up', async () => {
    const { transport, clock, page } = connect({ mode: 'stream' });
    turns.intercept = (_, response) => {
      turns.intercept = () => false;
      const error = { code: 'shutting_down', message: '', retryable: true };
      json(response, 503, { error }, { 'retry-after': '7' });
      return true;
    };
    turns.say(started(), done);
    const answer = reading(transport.stream(question, never));
    await answer.until(1);
    page.at(-1)!.wake();
    await clock.endSleep((ms) => ms === 7000);
    await clock.endSleep((ms) => ms === 250);
    await answer.end;
    expect(noLines(answer.got)).toEqual([started(), done]);
  });

  test('is given up after ten minutes without a sign of life, and not for a computer that slept', async () => {
    const { transport, clock } = connect({ mode: 'stream' });
    turns.intercept = (request) => {
      if (turns.requests.length === 2) clock.pass(8 * 3_600_000);
      return Boolean(request.socket.destroy());
    };
    const answer = reading(transport.stream(question, never));
    const end = answer.end.then(
      () => null,
      (error: unknown) => error,
    );
    for (let given = false; !given;) {
      const slept = clock.endSleep((ms) => ms > 0).then(() => false);
      given = await Promise.race([slept, end.then(() => true)]);
    }
    expect(await end).toMatchObject({ code: 'interrupted', retryable: true });
    const waited = clock.waits.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThan(8 * 60_000);
    expect(waited).toBeLessThan(10 * 60_000);
  });

  test('happens at once when the page wakes up', async () => {
    const { transport, clock, page } = connect({ mode: 'stream' });
    turns.say(started());
    const answer = reading(transport.stream(question, never));
    await answer.until(1);
    turns.hangUp();
    await answer.until(2);
    page.at(-1)!.wake();
    turns.say(done);
    await answer.end;
    expect(clock.waits.filter((ms) => ms > 0)).toEqual([250]);
  });

  test('is not hurried twice by several reasons to wake up', async () => {
    const { transport, clock, page } = connect({ mode: 'stream' });
    turns.intercept = (request) => Boolean(request.socket.destroy());
    const answer = reading(transport.stream(question, never));
    await answer.until(1);
    page.at(-1)!.wake();
    await turns.requested(2);
    await clock.sleeper((ms) => ms === 250);
    page.at(-1)!.wake();
    expect(clock.asleep).toEqual([250]);
    turns.intercept = () => false;
    turns.say(started(), done);
    await clock.endSleep((ms) => ms === 250);
    await answer.end;
  });

  test('happens at once when a page wakes up to a line that has long been silent, and only then', async () => {
    const { transport, clock, page } = connect({ mode: 'stream' });
    turns.say(started());
    const answer = reading(transport.stream(question, never));
    await answer.until(1);
    clock.pass(19_000);
    page.at(-1)!.wake();
    turns.say(text('a'));
    await answer.until(2);
    clock.pass(21_000);
    page.at(-1)!.wake();
    expect(await turns.requested(2)).toBe('GET /api/turns/trn_1/events?after=2');
    turns.say(done);
    await answer.end;
    expect(answer.got).toEqual([started(), text('a'), lost, back, done]);
  });

  test('begins at once for the first answer of a page as well, when it wakes up to a silent line', async () => {
    // Its line is watched by other means than those of the answers after it, and what these need isn't there yet.
    vi.resetModules();
    const page = await import('../../../widget/transport/http-transport.ts');
    const clock = new FakeClock();
    const transport = page.createHttpTransport({
      baseUrl: turns.url,
      shop: 'pets',
      mode: 'stream',
      clock,
      random: () => 0.5,
    });
    turns.say(started());
    const first = reading(transport.stream(question, never));
    await first.until(1);
    transport.woken();
    clock.pass(21_000);
    expect(turns.requests).toHaveLength(1);
    transport.woken();
    // No longer than after any other loss, in place of forty seconds of silence.
    await clock.endSleep((ms) => ms === 250);
    expect(await turns.requested(2)).toBe('GET /api/turns/trn_1/events?after=1');
    turns.say(done);
    await first.end;
    expect(first.got).toEqual([started(), lost, back, done]);
  });

  test('waits for a page that was left: nothing is read, nothing is lost', async () => {
    const { transport, clock, page } = connect({ mode: 'stream' });
    turns.say(started());
    const answer = reading(transport.stream(question, never));
    await answer.until(1);
    page.at(-1)!.rest();
    turns.say(text('meanwhile'), done);
    await answer.until(2);
    expect(clock.waits.at(-1)).toBe(2 ** 31 - 1);
    page.at(-1)!.wake();
    await answer.end;
    expect(answer.got).toEqual([started(), lost, back, text('meanwhile'), done]);
  });

  test('ends when the reader leaves', async () => {
    const { transport } = connect({ mode: 'stream' });
    turns.intercept = (request) => Boolean(request.socket.destroy());
    const leave = new AbortController();
    const answer = reading(transport.stream(question, leave.signal));
    await answer.until(1);
    const reason = new Error('The shopper left.');
    leave.abort(reason);
    await expect(answer.end).rejects.toBe(reason);
  });
});

describe('a network that holds streams back', () => {
  /** Takes the request, says nothing. */
  const hold = () => {
    turns.intercept = (request) => request.headers.accept === 'text/event-stream';
  };

  test('is polled after four seconds without the first event, and from there on', async () => {
    const { transport, clock } = connect();
    hold();
    turns.say(started(), done);
    const answer = reading(transport.stream(question, never));
    await turns.requested(1);
    await clock.endSleep((ms) => ms === 4_000);
    await answer.end;
    expect(answer.got).toEqual([started(), done]);
    await reading(transport.follow('trn_1', 1, never)).end;
    expect(turns.requests).toEqual([
      'POST /api/chat/stream',
      'POST /api/chat/stream as JSON',
      'GET /api/turns/trn_1/events?after=0 as JSON',
      'GET /api/turns/trn_1/events?after=1 as JSON',
    ]);
  });

  test('is told from one that is dead: nothing is concluded from silence alone', async () => {
    const { transport, clock } = connect();
    turns.intercept = (request) => request.headers.accept === 'text/event-stream' || Boolean(request.socket.destroy());
    turns.say(started(), done);
    const answer = reading(transport.stream(question, never));
    await turns.requested(1);
    await clock.endSleep((ms) => ms === 4_000);
    await answer.until(1);
    turns.intercept = () => false;
    await clock.endSleep((ms) => ms === 250);
    await answer.end;
    expect(turns.requests.at(-1)).toBe('POST /api/chat/stream');
  });

  test('may begin to in the middle: then there has to be a ping in twenty seconds', async () => {
    const { transport, clock } = connect();
    turns.say(started());
    const answer = reading(transport.stream(question, never));
    await answer.until(1);
    hold();
    turns.hangUp();
    await clock.endSleep((ms) => ms === 250);
    await turns.requested(2);
    await clock.endSleep((ms) => ms === 20_000);
    turns.say(done);
    await answer.end;
    expect(turns.requests.at(-1)).toContain('after=1 as JSON');
  });

  test('is not polled more often than twice a second', async () => {
    const { transport, clock } = connect({ mode: 'poll' });
    turns.say(started());
    const answer = reading(transport.stream(question, never));
    await answer.until(1);
    turns.say(done);
    await clock.endSleep((ms) => ms === 500);
    await answer.end;
  });
});

test('Stop goes on trying until the proxy has heard it', async () => {
  const { transport } = connect({ ...quick });
  let cuts = 3;
  turns.intercept = (request, response) => {
    if (cuts-- > 0) request.socket.destroy();
    else response.writeHead(204).end();
    return true;
  };
  await transport.cancel('trn_1', never);
  expect(turns.requests).toEqual(Array(4).fill('POST /api/turns/trn_1/cancel'));
});

test('an old conversation is read over the worst of lines', async () => {
  const { transport } = connect({ ...quick });
  let cuts = 20;
  turns.intercept = (request, response) => {
    if (cuts-- > 0) request.socket.destroy();
    else json(response, 200, { thread_id: 'thr_1', messages: [] });
    return true;
  };
  expect(await readThread(transport, 'thr_1', undefined, never)).toMatchObject({ thread_id: 'thr_1' });
});

test('a page whose origin may not be allowed reads at the first refusal, and once, what to add where', async () => {
  vi.stubGlobal('location', { origin: 'https://shop.example' });
  const error = vi.spyOn(console, 'error').mockReturnValue();
  // Transports of the tests before may still be trying.
  const told = () => error.mock.calls.map(String).filter((line) => line.includes(turns.url));
  try {
    const { transport, clock } = connect();
    turns.intercept = (request) => Boolean(request.socket.destroy());
    const leave = new AbortController();
    const first = transport.settings(leave.signal).catch(() => 'given up');
    await clock.sleeper((ms) => ms > 0);
    expect(told()).toEqual([expect.stringContaining('add "https://shop.example" to "origins"')]);
    await clock.endSleep((ms) => ms > 0);
    await clock.sleeper((ms) => ms > 0);
    expect(told()).toHaveLength(1);
    leave.abort();
    expect(await first).toBe('given up');
  } finally {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  }
});
