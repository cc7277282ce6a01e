/** What brings a shopper back to the conversation after a reload: who they are, and which thread they were in. */
export interface Remembered {
  /** The visitor's signed token; renewed for the same visitor even when it has expired. */
  token: string;
  threadId: string | null;
}

/** Memory of one shop's conversation in this browser. Nothing here throws. */
export interface SessionMemory {
  load(): Remembered | null;
  save(remembered: Remembered): void;
}

export interface SessionMemoryOptions {
  /** Absolute URL of the proxy; its origin is part of the key. */
  baseUrl: string;
  /** Slug of the shop. */
  shop: string;
  /** A function, because reading `window.localStorage` throws where the browser blocks storage. */
  storage?: () => Storage;
}

/**
 * Keeps it in localStorage; for as long as the page lives where storage is blocked or full: a conversation that is
 * forgotten at the next page is better than none.
 */
export function createSessionMemory({
  baseUrl,
  shop,
  storage = () => localStorage,
}: SessionMemoryOptions): SessionMemory {
  const key = `shopclerk:${new URL(baseUrl).origin}:${shop}`;
  let here: Remembered | null = null;

  return {
    load() {
      try {
        return parse(storage().getItem(key)) ?? here;
      } catch {
        return here;
      }
    },
    save(remembered) {
      here = remembered;
      try {
        storage().setItem(key, JSON.stringify(remembered));
      } catch {
        // Blocked or full: `here` has it.
      }
    },
  };
}

/** Anything on the page may have written there, so nothing is taken on trust. */
function parse(text: string | null): Remembered | null {
  const value: unknown = JSON.parse(text ?? 'null');
  if (typeof value !== 'object' || value === null || !('token' in value) || !('threadId' in value)) return null;
  const { token, threadId } = value;
  if (typeof token !== 'string' || (typeof threadId !== 'string' && threadId !== null)) return null;
  return { token, threadId };
}
