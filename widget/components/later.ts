import type * as pieces from './later-pieces.ts';

/** What few conversations need, loaded at the first need of any of it: its pieces, what they do, and their words. */
export type Later = typeof pieces;

/** Waits before trying again, in milliseconds: a line that only stumbled is back by then. */
const WAITS_MS = [300, 1500];

let there: Later | null = null;
let loading: Promise<Later | null> | undefined;

/** What is there already; null before. */
export const later = (): Later | null => there;

/** Null, after a few attempts, when it can't be had; the next call tries again. Never rejects. */
export function loadLater(): Promise<Later | null> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Later | null> {
  for (const wait of [...WAITS_MS, null]) {
    try {
      return (there = await import('./later-pieces.ts'));
    } catch (error) {
      if (wait === null) console.error('A part of the chat could not be loaded.', error);
      else await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  loading = undefined;
  return null;
}
