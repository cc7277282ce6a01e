/** That something happened to a turn: it was started, or has ended. */
export interface TurnNews {
  threadId: string;
  turnId: string;
}

export interface TabsListener {
  heard(news: TurnNews): void;
  /** The shopper has signed out. */
  signedOut(): void;
  /** The page was frozen for a while, and news of that time is lost. */
  missed(): void;
}

export const SIGNED_OUT = 'signed-out';

/** The same shop's conversations in other tabs of this browser. */
export interface Tabs {
  listen(listener: TabsListener, signal: AbortSignal): void;
  tell(news: TurnNews | typeof SIGNED_OUT): void;
}

export interface TabsOptions {
  /** Absolute URL of the proxy. */
  baseUrl: string;
  /** Slug of the shop. */
  shop: string;
}

/** Over a BroadcastChannel. Without one, each tab is on its own, and finds out when it asks the proxy. */
export function createTabs({ baseUrl, shop }: TabsOptions): Tabs {
  const name = `shopclerk:${new URL(baseUrl).origin}:${shop}`;
  let channel: BroadcastChannel | null = null;

  return {
    listen({ heard, signedOut, missed }, signal) {
      function open(): void {
        channel ??= openChannel(name);
        channel?.addEventListener('message', ({ data }) => {
          if (data === SIGNED_OUT) signedOut();
          else if (isNews(data)) heard(data);
        });
      }
      function close(): void {
        channel?.close();
        channel = null;
      }
      open();
      // An open channel keeps a page out of the browser's cache of left pages.
      addEventListener('pagehide', close, { signal });
      addEventListener(
        'pageshow',
        ({ persisted }) => {
          if (!persisted) return;
          open();
          missed();
        },
        { signal },
      );
      signal.addEventListener('abort', close, { once: true });
    },
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- That is for windows.
    tell: (news) => channel?.postMessage(news),
  };
}

function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    // Not in every browser, and refused where the page may keep nothing.
    return null;
  }
}

/** Whatever runs on the shop's pages can write to the channel. */
function isNews(data: unknown): data is TurnNews {
  if (typeof data !== 'object' || data === null || !('threadId' in data) || !('turnId' in data)) return false;
  return typeof data.threadId === 'string' && typeof data.turnId === 'string';
}
