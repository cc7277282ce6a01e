import { describe, expect, test, vi } from 'vitest';
import type { PageTool, ShopSettings } from '../../../proxy/protocol/index.ts';
import type { ChatRoom } from '../../../widget/controllers/room.ts';
import { PageTools, type PageFunction } from '../../../widget/page-tools/page-tools.ts';
import { createActMemory } from '../../../widget/state/act-memory.ts';
import { initialState } from '../../../widget/state/state.ts';
import { TransportError, type TransportEvent } from '../../../widget/transport/types.ts';
import { FakeTransport } from '../controllers/fake-transport.ts';
import { MemoryStorage } from '../memory-storage.ts';

const stock: PageTool = { name: 'stock', description: 'Stock of the store nearby.' };
const request = { message: 'Left?', thread_id: null, client_message_id: 'm_1' };
const begun: TransportEvent = { type: 'thread_id', thread_id: 'thr_1', turn_id: 'trn_1', message_id: 'msg_1' };
const asks = (tool = 'stock', call_id = 'act_1', input = {}): TransportEvent => ({
  type: 'client_tool',
  call_id,
  name: 'page_tool',
  arguments: { tool, input },
});
const done: TransportEvent = { type: 'done', thread_id: 'thr_1', message_id: 'msg_1', finish: 'stop' };

const [tab, shared] = [() => new MemoryStorage(), new MemoryStorage()];
function page({ allowed = true, tabStorage = tab(), all = shared, maxMs = 20_000, othersMs = 0 } = {}) {
  const memory = createActMemory({
    baseUrl: 'https://proxy.example',
    shop: 'pets',
    storage: () => tabStorage,
    shared: () => all,
  });
  const tools = new PageTools(memory, { maxMs, othersMs });
  const transport = new FakeTransport();
  const life = new AbortController();
  const room = {
    transport,
    state: () => ({ ...initialState, shop: { page_tools: allowed } as ShopSettings }),
    signal: () => life.signal,
  } as unknown as ChatRoom;
  tools.serve(room);
  tools.serve(room);
  return { tools, transport, life, room };
}

/** What the conversation hears of a turn that says this much. */
async function hear({ transport }: ReturnType<typeof page>, ...events: TransportEvent[]): Promise<string[]> {
  const heard: string[] = [];
  const reading = (async () => {
    for await (const event of transport.stream(request, new AbortController().signal)) heard.push(event.type);
  })();
  (await transport.turn(transport.turns.length - 1)).say(begun, ...events, done);
  await reading;
  return heard;
}

const told = (at: ReturnType<typeof page>, outcome: unknown) =>
  vi.waitFor(() => expect(at.transport.told.at(-1)).toEqual(['trn_1', 'act_1', outcome]));

describe('functions of the page', () => {
  test('go with the question, are called, and what they return is told; the conversation hears nothing of it', async () => {
    const at = page({ all: new MemoryStorage() });
    const run = vi.fn<PageFunction>(async ({ size }) => ({ size, left: 3 }));
    at.tools.register(stock, run);
    expect(await hear(at, asks('stock', 'act_1', { size: 'M' }))).toEqual(['thread_id', 'done']);
    expect(at.transport.turns[0]!.request.tools).toEqual([stock]);
    expect(run).toHaveBeenCalledExactlyOnceWith({ size: 'M' }, { signal: expect.any(AbortSignal) as AbortSignal });
    await told(at, { ok: true, output: { size: 'M', left: 3 } });
  });

  test('are told as they were when they were checked', async () => {
    const at = page();
    const own = { ...stock };
    at.tools.register(own, () => 1);
    own.description = 'x'.repeat(1_000);
    await hear(at);
    expect(at.transport.turns[0]!.request.tools).toEqual([stock]);
  });

  test('are served to a conversation once, however many there are', () => {
    const { tools, transport, room } = page();
    const { stream } = transport;
    tools.serve(room);
    expect(transport.stream).toBe(stream);
  });

  test('hear that the element has left the page', async () => {
    const at = page({ all: new MemoryStorage() });
    let signal: AbortSignal | undefined;
    at.tools.register(stock, (_, options) => {
      ({ signal } = options);
      return new Promise(() => {});
    });
    await hear(at, asks());
    await vi.waitFor(() => expect(signal).toBeDefined());
    const error = vi.spyOn(console, 'error').mockReturnValue();
    at.life.abort();
    expect(signal!.aborted).toBe(true);
    await told(at, { ok: false, code: 'failed' });
    error.mockRestore();
  });

  test('stay in the page where the shop doesn’t want them, which the console says once', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const at = page({ allowed: false });
    at.tools.register(stock, () => 1);
    await hear(at);
    await hear(at);
    expect(at.transport.turns[1]!.request).not.toHaveProperty('tools');
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('"page_tools": true'));
    warn.mockRestore();
  });

  test.each<[string, PageFunction]>([
    ['throws', () => Promise.reject(new Error('no'))],
    ['gives what is no JSON', () => 1n],
    ['gives too much', () => 'x'.repeat(8_000)],
  ])('that %s has failed, and the page’s author reads why', async (_, run) => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const at = page({ all: new MemoryStorage() });
    at.tools.register(stock, run);
    await hear(at, asks());
    await told(at, { ok: false, code: 'failed' });
    expect(error).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('"stock" failed'), expect.anything());
    error.mockRestore();
  });

  test('that never ends is given up, and hears of it', async () => {
    const at = page({ all: new MemoryStorage(), maxMs: 1 });
    let signal: AbortSignal | undefined;
    at.tools.register(stock, (_, options) => {
      ({ signal } = options);
      return new Promise(() => {});
    });
    await hear(at, asks());
    await told(at, { ok: false, code: 'timeout' });
    expect(signal!.aborted).toBe(true);
  });

  test('that the page hasn’t got is unavailable', async () => {
    const at = page({ all: new MemoryStorage() });
    at.tools.register(stock, () => 1);
    at.tools.register(stock, null);
    await hear(at, asks());
    await told(at, { ok: false, code: 'unavailable' });
  });

  test('are never called twice: not after a reload, and not in another tab', async () => {
    const [tabStorage, all] = [tab(), new MemoryStorage()];
    const run = vi.fn<PageFunction>(() => 1);
    const pages = [page({ tabStorage, all }), page({ tabStorage, all }), page({ all })];
    for (const at of pages) {
      at.tools.register(stock, run);
      await hear(at, asks());
    }
    expect(run).toHaveBeenCalledOnce();
    await told(pages[1]!, { ok: false, code: 'failed' });
    expect(pages[2]!.transport.told).toEqual([]);
  });

  test('are answered by the tab that was asked: one that only follows, and has no such function, lets it go first', async () => {
    vi.useFakeTimers();
    const all = new MemoryStorage();
    const [other, own, late] = [page({ all, othersMs: 3_000 }), page({ all }), page({ all, othersMs: 3_000 })];
    const follow = async (at: ReturnType<typeof page>, call: string) => {
      const heard: TransportEvent[] = [];
      const reading = (async () => {
        for await (const event of at.transport.follow('trn_1', 0, new AbortController().signal)) heard.push(event);
      })();
      (await at.transport.turn(at.transport.turns.length - 1)).say(begun, asks('stock', call), done);
      await reading;
    };
    own.tools.register(stock, () => 3);
    await follow(other, 'act_1');
    await hear(own, asks());
    await vi.advanceTimersByTimeAsync(5_000);
    expect([other, own].map(({ transport }) => transport.told)).toEqual([
      [],
      [['trn_1', 'act_1', { ok: true, output: 3 }]],
    ]);
    // Nobody else is there, and the page has offered it meanwhile, or has left.
    await follow(other, 'act_2');
    await vi.advanceTimersByTimeAsync(2_000);
    other.tools.register(stock, () => 4);
    await follow(late, 'act_3');
    late.life.abort();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(other.transport.told).toEqual([['trn_1', 'act_2', { ok: true, output: 4 }]]);
    expect(late.transport.told).toEqual([]);
    vi.useRealTimers();
  });

  test('that give what the proxy refuses have failed: the turn doesn’t wait for them', async () => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const at = page({ all: new MemoryStorage() });
    at.transport.toolError = new TransportError('invalid_request', 'Too deep.', { status: 400, retryable: false });
    at.tools.register(stock, () => [[[]]]);
    await hear(at, asks());
    await told(at, { ok: false, code: 'failed' });
    expect(at.transport.told).toHaveLength(2);
    expect(error).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('"stock" gives is not taken'),
      expect.anything(),
    );
    error.mockRestore();
  });

  test('are eight at most, and what is wrong with one its author is told', () => {
    const { tools } = page();
    for (let n = 0; n < 8; n++) tools.register({ ...stock, name: `stock_${n}` }, () => n);
    tools.register({ ...stock, name: 'stock_7' }, () => 'instead');
    expect(() => tools.register(stock, () => 1)).toThrow('registerTool: 8 at most');
    expect(() => tools.register({ ...stock, name: 'Stock!' }, () => 1)).toThrow('registerTool: name:');
    expect(() => tools.register({ ...stock, name: 'stock_7' }, 'run' as unknown as PageFunction)).toThrow('function');
  });
});
