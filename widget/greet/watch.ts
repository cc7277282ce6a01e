import type { CartOutcome, ProactiveGreeting, ShopSettings } from '../../proxy/protocol/index.ts';
import { asksForCart, greetingFor } from './rules.ts';

export interface WatchOptions {
  /** `<shop-clerk>` */
  host: HTMLElement;
  shop: ShopSettings;
  /** What is in the shopper's cart. */
  look: (signal: AbortSignal) => Promise<CartOutcome>;
  /** Milliseconds. */
  now?: () => number;
  /** Calls it once a second until the signal is aborted. */
  eachSecond?: (tick: () => void, signal: AbortSignal) => void;
  signal: AbortSignal;
}

/** A cart is looked into once in so many milliseconds at the most. */
const LOOK_MS = 60_000;

function everySecond(tick: () => void, signal: AbortSignal): void {
  const timer = setInterval(tick, 1_000);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/** Resolves with the first greeting whose time has come; null when the shopper opens the chat before it. */
export function watch({
  host,
  shop,
  look,
  now = () => performance.now(),
  eachSecond = everySecond,
  signal,
}: WatchOptions): Promise<ProactiveGreeting | null> {
  const greetings = shop.proactive ?? [];
  const over = new AbortController();
  const life = AbortSignal.any([signal, over.signal]);
  let path = location.pathname;
  let since = now();
  let touched = now();
  let looked = -Infinity;
  let holds = false;

  async function lookIntoCart(): Promise<void> {
    looked = now();
    const outcome = await look(life);
    holds = outcome.ok && (outcome.cart?.count ?? 0) > 0;
  }

  return new Promise((resolve) => {
    function end(greeting: ProactiveGreeting | null): void {
      over.abort();
      resolve(greeting);
    }
    signal.addEventListener('abort', () => end(null), { once: true });
    host.addEventListener('shopclerk-open', () => end(null), { signal: life });
    host.addEventListener(
      'shopclerk-cart-updated',
      () => {
        touched = now();
        looked = -Infinity;
      },
      { signal: life },
    );
    eachSecond(() => {
      // Nobody would see it: routers take the element off the page, and put it back.
      if (document.hidden || !host.isConnected || host.hasAttribute('open')) return;
      // Shops change their page without loading another.
      if (path !== location.pathname) [path, since] = [location.pathname, now()];
      const idle = (now() - touched) / 1000;
      const due = greetings.some(({ idle_cart_s: wait }) => wait !== undefined && idle >= wait);
      if (due && asksForCart(greetings, path) && now() - looked >= LOOK_MS) void lookIntoCart();
      const seconds = (now() - since) / 1000;
      const greeting = greetingFor(greetings, { path, seconds, idleCart: holds ? idle : null });
      if (greeting) end(greeting);
    }, life);
  });
}
