/**
 * The page in the desk's frame: the real widget on a page of ours, with the draft in place of what is served. The widget knows
 * nothing of drafts; what it asks for its settings and its session passes by here and is given the preview's token.
 */
import type { PreviewNews, PreviewWish } from './preview-messages.ts';

/** What of the element is used here. */
type Widget = HTMLElement & { state?: { shop: unknown; failure: unknown } };

/** How long a widget may take to know its shop, before the one of before is given up for it. */
const PATIENCE_MS = 8_000;

const given = new URLSearchParams(location.hash.slice(1));
const shop = given.get('shop') ?? '';
let token = given.get('preview');
let shown: Widget | null = null;
let round = 0;

keepNothing();
passTokens();
addEventListener('message', ({ origin, source, data }: MessageEvent<unknown>) => {
  if (origin !== location.origin || source !== parent || !isWish(data)) return;
  document.documentElement.dataset['scheme'] = data.scheme;
  const other = data.token !== token;
  token = data.token;
  if (other || data.anew || !shown) void show(data);
  else dress(shown, data);
});
// The first one is in the page before the widget's script looks for it.
shown = make({ scheme: 'auto', open: true });
document.body.append(shown);
void tellWhenThere(shown, ++round);
tell('listening');

/** Beside the one that is there, until it knows what to show: nothing flickers while somebody types. */
async function show(wish: PreviewWish): Promise<void> {
  const mine = ++round;
  const next = make(wish);
  next.dataset['next'] = '';
  document.body.append(next);
  await tellWhenThere(next, mine);
  if (mine !== round) return next.remove();
  shown?.remove();
  shown = next;
  delete next.dataset['next'];
}

async function tellWhenThere(widget: Widget, mine: number): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  let at = stateOf(widget);
  for (; at === 'waits' && performance.now() < until; at = stateOf(widget)) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    if (mine !== round) return;
  }
  tell(at === 'shown' ? 'shown' : 'failed');
}

function stateOf(widget: Widget): 'waits' | 'shown' | 'failed' {
  // A closed one asks nothing of the proxy.
  if (!widget.hasAttribute('open') || widget.state?.shop) return 'shown';
  return widget.state?.failure ? 'failed' : 'waits';
}

function make(wish: Pick<PreviewWish, 'scheme' | 'open'>): Widget {
  const widget: Widget = document.createElement('shop-clerk');
  widget.setAttribute('shop', shop);
  widget.setAttribute('transport', 'stream');
  dress(widget, wish);
  return widget;
}

function dress(widget: Widget, { scheme, open }: Pick<PreviewWish, 'scheme' | 'open'>): void {
  if (scheme === 'auto') widget.removeAttribute('color-scheme');
  else widget.setAttribute('color-scheme', scheme);
  widget.toggleAttribute('open', open);
}

function passTokens(): void {
  const ask = globalThis.fetch.bind(globalThis);
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (token === null || url.origin !== location.origin) return ask(input, init);
    if (url.pathname === '/api/session' && typeof init?.body === 'string') {
      const body = { ...(JSON.parse(init.body) as object), preview: token };
      return ask(url, { ...init, body: JSON.stringify(body) });
    }
    if (url.pathname === `/api/shops/${shop}`) url.searchParams.set('preview', token);
    return ask(url, init);
  };
}

/** What a visitor of this origin has in their browser (the demo store's, say) is neither shown here nor changed. */
function keepNothing(): void {
  for (const name of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, {
      get() {
        throw new DOMException('The preview keeps nothing.', 'SecurityError');
      },
    });
  }
}

function isWish(data: unknown): data is PreviewWish {
  return typeof data === 'object' && data !== null && 'for' in data && data.for === 'preview';
}

function tell(at: PreviewNews['at']): void {
  const news: PreviewNews = { from: 'preview', at };
  parent.postMessage(news, location.origin);
}
