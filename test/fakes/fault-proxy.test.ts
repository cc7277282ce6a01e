import { createServer, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFaultProxy, type ChoosePlan, type FaultProxy, type Plan } from './fault-proxy.ts';

const BODY = 'שלום 🐕 '.repeat(20);
let target: ReturnType<typeof createServer>;
let faults: FaultProxy;
let asked: number;

beforeEach(async () => {
  asked = 0;
  target = createServer((_, response) => {
    asked++;
    response.end(BODY);
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  faults = await startFaultProxy({ target: `http://127.0.0.1:${(target.address() as AddressInfo).port}`, seed: 7 });
});

afterEach(async () => {
  await faults.close();
  target.closeAllConnections();
  await new Promise((resolve) => target.close(resolve));
});

interface Got {
  status: number | null;
  /** As they came, in their pieces. */
  bytes: Buffer[];
  /** `end`, or the code of what went wrong. */
  outcome: string;
}

/** One request over a connection of its own. */
function get({ stopAt = Infinity }: { stopAt?: number } = {}): Promise<Got> {
  return new Promise((resolve) => {
    const got: Got = { status: null, bytes: [], outcome: '' };
    const finish = (outcome: string) => resolve({ ...got, outcome });
    const sent = request(faults.url, { agent: false }, (response: IncomingMessage) => {
      got.status = response.statusCode!;
      response.on('data', (piece: Buffer) => {
        got.bytes.push(piece);
        if (Buffer.concat(got.bytes).length < stopAt) return;
        finish('waiting');
        response.destroy();
      });
      response.on('end', () => finish('end'));
      response.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    });
    sent.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    sent.end();
  });
}

const textOf = ({ bytes }: Got): string => Buffer.concat(bytes).toString();

/** Bytes of the target's answer before its body: the proxy counts them too. */
function headLength(): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(faults.port, '127.0.0.1', () =>
      socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    );
    let all = '';
    socket.on('data', (bytes) => (all += bytes.toString('latin1')));
    socket.on('close', () => resolve(all.indexOf('\r\n\r\n') + 4));
  });
}

test('a perfect line changes nothing', async () => {
  const got = await get();
  expect([got.status, textOf(got), got.outcome]).toEqual([200, BODY, 'end']);
});

test('cuts bytes into pieces, inside of characters too, and loses none', async () => {
  faults.plan = { chunk: 3 };
  const got = await get();
  expect(textOf(got)).toBe(BODY);
  expect(got.bytes.length).toBeGreaterThan(10);
  expect(got.bytes.some((piece) => piece.toString().includes('\ufffd'))).toBe(true);
});

test.each<[NonNullable<Plan['cut']>['by'], string]>([
  ['reset', 'ECONNRESET'],
  ['end', 'ECONNRESET'],
  ['silence', 'waiting'],
])('cuts after so many bytes of the answer by %s', async (by, outcome) => {
  const head = await headLength();
  faults.plan = { cut: { after: head + 10, by } };
  const got = await get({ stopAt: by === 'silence' ? 10 : Infinity });
  expect([Buffer.concat(got.bytes).length, got.outcome]).toEqual([10, outcome]);
  expect(faults.counters).toMatchObject({ reset: 0, ended: 0, silenced: 0, [COUNTER[by]]: 1 });
});

const COUNTER = { reset: 'reset', end: 'ended', silence: 'silenced' } as const;

test('refuses before the target hears of it', async () => {
  faults.plan = { refuse: true };
  expect((await get()).outcome).toBe('ECONNRESET');
  expect(asked).toBe(0);
  expect(faults.counters.refused).toBe(1);
});

test.each([
  ['bad-gateway', 502],
  ['login-page', 200],
] as const)('answers with a %s in place of the target', async (answer, status) => {
  faults.plan = { answer };
  const got = await get();
  expect([got.status, got.outcome, asked]).toEqual([status, 'end', 0]);
  expect(textOf(got)).toMatch(/^<h1>/);
});

test('is a closed port while it is down, and the same port afterwards', async () => {
  await faults.down();
  expect((await get()).outcome).toBe('ECONNREFUSED');
  await faults.up();
  expect((await get()).outcome).toBe('end');
});

test('does the same again for the same seed, whatever the order of things', async () => {
  const plan: ChoosePlan = (random, _, connection) => {
    chosen.set(connection, random());
    return {};
  };
  const chosen = new Map<number, number>();
  faults.plan = plan;
  await Promise.all([get(), get(), get()]);
  const first = new Map(chosen);
  const again = await startFaultProxy({ target: faults.url, seed: 7, plan });
  chosen.clear();
  faults.plan = {};
  try {
    for (let i = 0; i < 3; i++) await fetch(again.url, { headers: { connection: 'close' } }).then((r) => r.text());
  } finally {
    await again.close();
  }
  expect(new Set(first.values()).size).toBe(3);
  expect(Object.fromEntries(chosen)).toEqual(Object.fromEntries(first));
});

test('tells who chooses a plan what is asked for, and changes plans on the run', async () => {
  const requests: string[] = [];
  faults.plan = (_, request) => {
    requests.push(request);
    return { refuse: true };
  };
  await get();
  faults.plan = {};
  expect((await get()).outcome).toBe('end');
  expect(requests).toEqual(['GET / HTTP/1.1']);
});
