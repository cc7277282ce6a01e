export interface PageLife {
  /** The page is looked at again, came back from the browser's cache, or the network is there again. */
  wake(): void;
  /** The page is left: it dies now, or is frozen until somebody goes back to it. */
  rest(): void;
}

/** Tells of the page's life until `signal` is aborted. */
export type WatchPage = (life: PageLife, signal: AbortSignal) => void;

/** A browser may say the same thing by several of these events at once. In Node there is no page. */
export const watchPage: WatchPage = ({ wake, rest }, signal) => {
  if (!globalThis.document) return;
  addEventListener('online', () => wake(), { signal });
  addEventListener('pageshow', ({ persisted }) => persisted && wake(), { signal });
  addEventListener('pagehide', () => rest(), { signal });
  document.addEventListener('visibilitychange', () => document.hidden || wake(), { signal });
  document.addEventListener('resume', () => wake(), { signal });
};
