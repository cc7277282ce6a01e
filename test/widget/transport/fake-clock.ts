import { systemClock, type Clock } from '../../../widget/transport/clock.ts';

interface Sleeper {
  ms: number;
  /** The time is over. */
  wake(): void;
}

/** Time that only passes when the test says so. */
export class FakeClock implements Clock {
  /** Each wait that was asked for, in milliseconds. */
  readonly waits: number[] = [];
  #now = Date.parse('2026-11-21T10:00:00Z');
  readonly #sleepers = new Set<Sleeper>();
  #asleep: (() => void)[] = [];

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (ms <= 0) return Promise.resolve();
    this.waits.push(ms);
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const sleeper: Sleeper = { ms, wake: resolve };
      signal.addEventListener('abort', () => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason);
      });
      this.#sleepers.add(sleeper);
      this.#asleep.splice(0).forEach((look) => look());
    });
  }

  /** Time passes without anybody waking up. */
  pass(ms: number): void {
    this.#now += ms;
  }

  /** How long those sleep who sleep now. */
  get asleep(): number[] {
    return [...this.#sleepers].map(({ ms }) => ms);
  }

  /** Waits until somebody sleeps for a time that `fits`, and ends that sleep. */
  async endSleep(fits: (ms: number) => boolean): Promise<void> {
    const sleeper = await this.sleeper(fits);
    this.#sleepers.delete(sleeper);
    this.#now += sleeper.ms;
    sleeper.wake();
  }

  async sleeper(fits: (ms: number) => boolean): Promise<Sleeper> {
    for (;;) {
      const sleeper = [...this.#sleepers].find(({ ms }) => fits(ms));
      if (sleeper) return sleeper;
      await new Promise<void>((resolve) => this.#asleep.push(resolve));
    }
  }
}

/** Waits of less than four seconds take no time, longer ones never end: for tests of what comes after the short ones. */
export const instantClock: Clock = {
  now: Date.now,
  sleep(ms, signal) {
    return ms < 4_000 ? systemClock.sleep(0, signal) : systemClock.sleep(2 ** 31 - 1, signal);
  },
};
