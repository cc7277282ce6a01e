import { encodeFrame, parseEventId, type ChatEvent } from '../protocol/index.ts';

/** An event with its place in the turn. */
export interface LoggedEvent {
  /** From 1. */
  seq: number;
  event: ChatEvent;
  /** The event as it goes over the wire, made once for all who follow. */
  frame: string;
}

export interface TurnLogsOptions {
  /** Makes frames durable, all or nothing. */
  commit: (frames: string) => void;
  /** The commit failed: nobody has seen these events, and nobody will. */
  onFailure: (error: unknown, turnIds: readonly string[]) => void;
  /** Least time between two commits, in milliseconds. */
  spacingMs?: number;
  now?: () => number;
}

/**
 * The logs of all running turns, which commit together. An event is durable before anyone sees it: the first one after a
 * pause at once, the others with whatever else came in the ten milliseconds after the last commit. So a lone stream is
 * not delayed at all, and a thousand streams cost a hundred transactions a second and as many writes to each socket as
 * there was something to say, since a write costs more than all else that is done for a token (docs/performance.md).
 */
export class TurnLogs {
  readonly #options: Required<TurnLogsOptions>;
  readonly #dirty = new Set<TurnLog>();
  #scheduled = false;
  #lastCommit = -Infinity;

  constructor({ spacingMs = 10, now = () => performance.now(), ...options }: TurnLogsOptions) {
    this.#options = { spacingMs, now, ...options };
  }

  /** @param earlier what the turn said before it was broken off */
  open(turnId: string, earlier: readonly LoggedEvent[] = []): TurnLog {
    const log = new TurnLog(turnId, earlier, () => this.#touch(log));
    return log;
  }

  /** Commits what is there now, without waiting for its time. */
  flush(): void {
    if (this.#dirty.size > 0) this.#commit();
  }

  #touch(log: TurnLog): void {
    this.#dirty.add(log);
    if (this.#scheduled) return;
    this.#scheduled = true;
    const wait = this.#lastCommit + this.#options.spacingMs - this.#options.now();
    const commit = () => {
      this.#scheduled = false;
      this.flush();
    };
    if (wait <= 0) setImmediate(commit);
    else setTimeout(commit, wait);
  }

  #commit(): void {
    const logs = [...this.#dirty];
    this.#dirty.clear();
    let frames = '';
    for (const log of logs) frames += log.pendingFrames();
    try {
      if (frames !== '') this.#options.commit(frames);
    } catch (error) {
      for (const log of logs) log.fail();
      this.#options.onFailure(
        error,
        logs.map((log) => log.turnId),
      );
      return;
    } finally {
      this.#lastCommit = this.#options.now();
    }
    for (const log of logs) log.publish();
  }
}

/** A turn that is over, from what was kept of it. */
export function closedLog(turnId: string, events: readonly LoggedEvent[]): TurnLog {
  const log = new TurnLog(turnId, events, () => undefined);
  log.close();
  log.publish();
  return log;
}

/** Frames as events again, by turn. */
export function readFrames(frames: string): Map<string, LoggedEvent[]> {
  const turns = new Map<string, LoggedEvent[]>();
  for (const frame of frames.split('\n\n').slice(0, -1)) {
    const [id = '', data = ''] = frame.split('\n');
    const place = parseEventId(id.slice('id: '.length));
    if (!place) throw new Error(`The journal holds what is no frame of ours: ${frame.slice(0, 80)}`);
    const events = turns.get(place.turnId) ?? [];
    turns.set(place.turnId, events);
    events.push({ seq: place.seq, event: JSON.parse(data.slice('data: '.length)) as ChatEvent, frame: `${frame}\n\n` });
  }
  return turns;
}

/**
 * What one turn has said so far, and whoever is listening. Appending and following never wait for each other: a follower
 * reads at its own pace from wherever it stopped.
 */
export class TurnLog {
  readonly turnId: string;
  /** Called with how many follow now, whenever that changes. */
  onFollowers: (count: number) => void = () => undefined;
  readonly #events: LoggedEvent[];
  readonly #wake = new Set<() => void>();
  readonly #touch: () => void;
  #pending: LoggedEvent[] = [];
  #closing = false;
  #closed = false;
  #followers = 0;

  constructor(turnId: string, earlier: readonly LoggedEvent[], touch: () => void) {
    this.turnId = turnId;
    this.#events = [...earlier];
    this.#touch = touch;
  }

  append(event: ChatEvent): void {
    if (this.#closing) return;
    const seq = this.#events.length + this.#pending.length + 1;
    this.#pending.push({ seq, event, frame: encodeFrame(this.turnId, seq, event) });
    this.#touch();
  }

  /** No more events will come. */
  close(): void {
    this.#closing = true;
    this.#touch();
  }

  /** Whether a reader who has seen `after` events can go on from there. */
  has(after: number): boolean {
    return after <= this.#events.length;
  }

  /** Whether there is something to read after event number `after`, or never will be: no need to wait. */
  isReady(after: number): boolean {
    return this.#closed || after < this.#events.length;
  }

  /** Whether a reader who has seen `after` events has seen them all. */
  isOver(after: number): boolean {
    return this.#closed && after >= this.#events.length;
  }

  /**
   * What comes after the event number `after`, in batches: first all that is there, then what comes. Ends with the turn,
   * or when `signal` is aborted.
   */
  async *follow(after: number, signal: AbortSignal): AsyncGenerator<readonly LoggedEvent[], void> {
    let next = after;
    let wake = () => {};
    // One listener for the whole time: adding and removing it at every event costs more than the event.
    const leave = () => wake();
    signal.addEventListener('abort', leave, { once: true });
    this.onFollowers(++this.#followers);
    try {
      while (!signal.aborted) {
        if (next < this.#events.length) {
          const batch = this.#events.slice(next);
          next += batch.length;
          yield batch;
        } else if (this.#closed) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
            this.#wake.add(resolve);
          });
        }
      }
    } finally {
      this.onFollowers(--this.#followers);
      this.#wake.delete(wake);
      signal.removeEventListener('abort', leave);
    }
  }

  /** What is to be committed. */
  pendingFrames(): string {
    let frames = '';
    for (const { frame } of this.#pending) frames += frame;
    return frames;
  }

  /** All that was committed. */
  frames(): string {
    return this.#events.map(({ frame }) => frame).join('');
  }

  /** It is committed: now everybody may see it. */
  publish(): void {
    this.#events.push(...this.#pending);
    this.#pending = [];
    this.#closed = this.#closing;
    this.#wakeUp();
  }

  /** It could not be committed. Who follows is let go without an end, so that they ask again. */
  fail(): void {
    this.#pending = [];
    this.#closing = true;
    this.#closed = true;
    this.#wakeUp();
  }

  #wakeUp(): void {
    for (const wake of this.#wake) wake();
    this.#wake.clear();
  }
}
