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

  /** Of the file, once it has failed; how often it was asked for since. */
  let address: string | undefined;
  let tries = 0;

  /**
   * Many browsers remember a module that failed to load; under another query it is another module. Its own imports have the
   * addresses they had, so nothing is there twice. Where the error doesn't name the file, the browser is taken at its word.
   */
  async function attempt(): Promise<T> {
    if (address === undefined) return load();
    return (await import(/* @vite-ignore */ `${address}?${++tries}`)) as T;
  }

  async function insist(): Promise<T | null> {
    for (const wait of [...WAITS_MS, null]) {
      try {
        return (part = await attempt());
      } catch (error) {
        address ??= /https?:[^?#\s]+\.js/.exec(String(error))?.[0];
        if (wait === null) console.error('A part of the chat could not be loaded.', error);
        else await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
    loading = undefined;
    return null;
  }

  return { there: () => part, bring: () => (loading ??= insist()) };
}
