import { CART_ERROR_CODES } from '../../proxy/protocol/index.ts';
import type { CartOutcome } from '../../proxy/protocol/index.ts';

/**
 * What this tab has put into the cart for the assistant, so that a turn that is told again adds nothing twice. The memory of
 * the session forgets it with the rest.
 */
export interface ActMemory {
  /** Undefined: never begun · null: begun, and not known how it ended. */
  outcome(callId: string): CartOutcome | null | undefined;
  /** Nothing of what is in the cart is kept. */
  keep(callId: string, outcome: CartOutcome | null): void;
  /** Takes an act for this tab. False when another tab has taken it: two tabs on one turn must not both add. */
  claim(callId: string): boolean;
}

export interface ActMemoryOptions {
  /** Absolute URL of the proxy; its origin is part of the key. */
  baseUrl: string;
  /** Slug of the shop. */
  shop: string;
  /** A function, because reading `window.sessionStorage` throws where the browser blocks storage. */
  storage?: () => Storage;
  /** The same, for what all tabs know. */
  shared?: () => Storage;
}

type Entry = [callId: string, code: string | null];

/** More than the additions that one turn can ask for; older turns are not told again. */
const MAX_ENTRIES = 50;

/** In sessionStorage; where that is blocked it lasts as long as the page. */
export function createActMemory({
  baseUrl,
  shop,
  storage = () => sessionStorage,
  shared = () => localStorage,
}: ActMemoryOptions): ActMemory {
  const key = `shopclerk:${new URL(baseUrl).origin}:${shop}:acts`;
  let entries: readonly Entry[] | null = null;

  const read = (): readonly Entry[] => {
    try {
      const value: unknown = JSON.parse(storage().getItem(key) ?? '[]');
      return Array.isArray(value) ? value.filter(isEntry) : [];
    } catch {
      // Blocked, or not JSON: as good as nothing.
      return [];
    }
  };

  return {
    outcome(callId) {
      const entry = (entries ??= read()).find(([id]) => id === callId);
      if (!entry) return undefined;
      const [, code] = entry;
      if (code === null || code === 'ok') return code && { ok: true };
      return { ok: false, code: CART_ERROR_CODES.find((known) => known === code) ?? 'network' };
    },
    keep(callId, outcome) {
      const code = outcome && (outcome.ok ? 'ok' : outcome.code);
      const others = (entries ??= read()).filter(([id]) => id !== callId);
      entries = [...others, [callId, code] satisfies Entry].slice(-MAX_ENTRIES);
      try {
        storage().setItem(key, JSON.stringify(entries));
      } catch {
        // Blocked or full: `entries` has it.
      }
    },
    claim(callId) {
      try {
        const value: unknown = JSON.parse(shared().getItem(key) ?? '[]');
        const taken: unknown[] = Array.isArray(value) ? value : [];
        if (taken.includes(callId)) return false;
        shared().setItem(key, JSON.stringify([...taken, callId].slice(-MAX_ENTRIES)));
      } catch {
        // Blocked, full, or not JSON: this tab can't know of others.
      }
      return true;
    },
  };
}

/** Anything on the page may have written there. */
function isEntry(value: unknown): value is Entry {
  return Array.isArray(value) && typeof value[0] === 'string' && (value[1] === null || typeof value[1] === 'string');
}
