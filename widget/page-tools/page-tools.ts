import type { ClientToolEvent, PageAct, PageOutcome, PageTool, PageValue } from '../../proxy/protocol/index.ts';
import { MAX_PAGE_OUTPUT, MAX_PAGE_TOOLS, pageToolProblem } from '../../proxy/protocol/page-tool-rules.ts';
import type { ChatRoom } from '../controllers/room.ts';
import { createActMemory, type ActMemory, type ActMemoryOptions } from '../state/act-memory.ts';
import { systemClock } from '../transport/clock.ts';
import { TransportError, type Transport, type TransportEvent } from '../transport/types.ts';

/**
 * What a page does for the model. It may take 20 seconds; the signal is aborted then, and when the element leaves the page. What it
 * gives is told as JSON.
 */
export type PageFunction = (input: Record<string, PageValue>, options: { signal: AbortSignal }) => unknown;

const MAX_MS = 20_000;
/** A tab that was not asked, and has no such function, gives the others so long before it says so. */
const OTHERS_MS = 3_000;

type Act = Extract<ClientToolEvent, { name: 'page_tool' }>;

export function createPageTools(place: ActMemoryOptions): PageTools {
  // Beside that of the cart, which would lose what this one writes.
  return new PageTools(createActMemory({ ...place, shop: `${place.shop}:page` }));
}

/** The page's own functions: told with each question, called when a turn asks for it. */
export class PageTools {
  readonly #memory: ActMemory;
  readonly #maxMs: number;
  readonly #othersMs: number;
  readonly #functions = new Map<string, { tool: PageTool; run: PageFunction }>();
  readonly #served = new WeakSet<Transport>();
  #warned = false;

  constructor(memory: ActMemory, { maxMs = MAX_MS, othersMs = OTHERS_MS } = {}) {
    this.#memory = memory;
    this.#maxMs = maxMs;
    this.#othersMs = othersMs;
  }

  /** The same name again takes the place of the one before; null takes it away. @throws TypeError for the page's author */
  register(tool: PageTool, run: PageFunction | null): void {
    const problem = pageToolProblem(tool);
    if (problem !== null) throw new TypeError(`registerTool: ${problem}`);
    this.#functions.delete(tool.name);
    if (run === null) return;
    if (typeof run !== 'function') throw new TypeError('registerTool: the second argument must be a function, or null');
    if (this.#functions.size >= MAX_PAGE_TOOLS) throw new TypeError(`registerTool: ${MAX_PAGE_TOOLS} at most`);
    // As it is now: what the page does to it later was not checked.
    this.#functions.set(tool.name, { tool: structuredClone(tool), run });
  }

  /**
   * From now on this conversation's questions take the definitions along, and its calls come here and nowhere else: the
   * controllers, which every page loads, need not know of any of this.
   */
  serve(room: ChatRoom): void {
    const { transport } = room;
    if (this.#served.has(transport)) return;
    this.#served.add(transport);
    const stream = transport.stream.bind(transport);
    const follow = transport.follow.bind(transport);
    transport.stream = (request, signal) => {
      const tools = this.#definitions(room);
      return this.#heard(stream({ ...request, ...(tools.length > 0 && { tools }) }, signal), room, null);
    };
    transport.follow = (turnId, after, signal) => this.#heard(follow(turnId, after, signal), room, turnId);
  }

  #definitions(room: ChatRoom): PageTool[] {
    if (room.state().shop?.page_tools) return [...this.#functions.values()].map(({ tool }) => tool);
    if (this.#functions.size > 0 && !this.#warned) {
      this.#warned = true;
      console.warn('Shop Clerk: the shop takes no functions of its pages. Set "page_tools": true in its settings.');
    }
    return [];
  }

  async *#heard(
    events: AsyncIterable<TransportEvent>,
    room: ChatRoom,
    turnId: string | null,
  ): AsyncIterable<TransportEvent> {
    let turn = turnId;
    for await (const event of events) {
      if (event.type === 'thread_id') turn = event.turn_id;
      if (event.type === 'client_tool' && event.name === 'page_tool')
        void this.#act(event, turn!, room, turnId === null);
      else yield event;
    }
  }

  /** Never twice: not after a reload, and not in another tab. Never rejects. @param own asked in this tab */
  async #act(event: Act, turnId: string, { transport, signal }: ChatRoom, own: boolean): Promise<void> {
    const { call_id: callId } = event;
    const { tool } = event.arguments;
    const life = signal();
    let outcome: PageOutcome = { ok: false, code: 'failed' };
    if (this.#memory.outcome(callId) === undefined) {
      // The question came from a page that has it: that one is to answer, if it is still there.
      if (!own && !this.#functions.has(tool)) await systemClock.sleep(this.#othersMs, life).catch(() => {});
      if (life.aborted || !this.#memory.claim(callId)) return;
      this.#memory.keep(callId, null);
      outcome = await this.#call(event.arguments, life);
    }
    try {
      await transport.toolResult(turnId, callId, outcome, life).catch(async (error: unknown) => {
        // Lists within lists within lists, say: the turn still waits.
        if (!(error instanceof TransportError && error.code === 'invalid_request' && outcome.ok)) throw error;
        console.error(`Shop Clerk: what the page's function "${tool}" gives is not taken.`, error);
        await transport.toolResult(turnId, callId, { ok: false, code: 'failed' }, life);
      });
    } catch (error) {
      // Refused: the turn waits no longer. Anything else is a fault of ours.
      if (!(error instanceof TransportError) && !life.aborted) console.error('Shop Clerk:', error);
    }
  }

  async #call({ tool: name, input }: PageAct['arguments'], life: AbortSignal): Promise<PageOutcome> {
    const entry = this.#functions.get(name);
    if (!entry) return { ok: false, code: 'unavailable' };
    const enough = AbortSignal.timeout(this.#maxMs);
    const signal = AbortSignal.any([life, enough]);
    const over = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
    );
    // Nobody may be waiting for it any more.
    over.catch(() => {});
    try {
      const given: unknown = await Promise.race([(async () => entry.run(input, { signal }))(), over]);
      const json = JSON.stringify(given ?? null);
      if (json.length > MAX_PAGE_OUTPUT) throw new RangeError(`more than ${MAX_PAGE_OUTPUT} characters of JSON`);
      return { ok: true, output: JSON.parse(json) as unknown };
    } catch (error) {
      if (enough.aborted) return { ok: false, code: 'timeout' };
      console.error(`Shop Clerk: the page's function "${name}" failed.`, error);
      return { ok: false, code: 'failed' };
    }
  }
}
