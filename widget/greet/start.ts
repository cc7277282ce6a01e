import { greet } from './index.ts';

/** When the page has nothing better to do. */
function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(act, { timeout: 5_000 });
  else setTimeout(act, 1_000);
}

function start(): void {
  const host = document.querySelector<HTMLElement>('shop-clerk');
  if (!host?.shadowRoot) console.error('Shop Clerk: greet.js found no <shop-clerk>. Is widget.js on this page, too?');
  else
    greet(host, new AbortController().signal).catch((error: unknown) =>
      console.error('Shop Clerk: no greeting.', error),
    );
}

if (document.readyState === 'complete') whenIdle(start);
else addEventListener('load', () => whenIdle(start), { once: true });
