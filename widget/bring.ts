/** Waits before trying again, in milliseconds: a line that only stumbled is back by then. */
const WAITS_MS = [300, 1500];

/** A part of the widget that is loaded when it is first needed. */
export interface Brought<T> {
  /** What is there already; null before. */
  there(): T | null;
  /** Null, after a few attempts, when it can't be had; the next call tries again. Never rejects. */
  bring(): Promise<T | null>;
}

export function createBrought<T>(load: () => Promise<T>): Brought<T> {
  let part: T | null = null;
  let loading: Promise<T | null> | undefined;

  async function insist(): Promise<T | null> {
    for (const wait of [...WAITS_MS, null]) {
      try {
        return (part = await load());
      } catch (error) {
        if (wait === null) console.error('A part of the chat could not be loaded.', error);
        else await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
    loading = undefined;
    return null;
  }

  return { there: () => part, bring: () => (loading ??= insist()) };
}
