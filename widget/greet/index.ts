/**
 * A module of its own, for shops that greet by themselves: `<script type="module" src="https://proxy.example/widget/greet.js">`
 * beside the widget's own tag. All others load nothing of it. It keeps nothing of a shopper who has not agreed where the shop
 * demands that, and says nothing to them.
 */
import type { ShopSettings } from '../../proxy/protocol/index.ts';
import { createCartDesk } from '../controllers/cart-desk.ts';
import { AddToCartEvent, ViewCartEvent } from '../cart-events.ts';
import { localeOf } from '../i18n/locale.ts';
import { createSessionMemory } from '../state/session.ts';
import { showBubble } from './bubble.ts';
import { hasGreeted, mayGreet } from './once.ts';
import { watch } from './watch.ts';

/** Longest wait for the shop's settings, in milliseconds. */
const LIMIT_MS = 15_000;

async function settingsOf(baseUrl: string, shop: string): Promise<ShopSettings> {
  const url = new URL(`api/shops/${encodeURIComponent(shop)}`, baseUrl.replace(/\/?$/, '/'));
  const response = await fetch(url.href, { method: 'GET', credentials: 'omit', signal: AbortSignal.timeout(LIMIT_MS) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as ShopSettings;
}

/** Greets at `host`, once its shop's rules say so. Resolves when there is nothing more to come. */
export async function greet(host: HTMLElement, signal: AbortSignal): Promise<void> {
  const slug = host.getAttribute('shop') ?? '';
  const baseUrl = new URL(host.getAttribute('proxy') ?? '', location.origin).href;
  if (!mayGreet()) return;
  const shop = await settingsOf(baseUrl, slug);
  if (!shop.proactive?.length) return;
  const remembered = createSessionMemory({ baseUrl, shop: slug }).load();
  if (shop.consent && !remembered?.consent) return;
  const source = { shop: slug, threadId: null };
  const asked = <E extends Event>(event: E): E => {
    host.dispatchEvent(event);
    return event;
  };
  const desk = createCartDesk({
    kind: () => shop.cart,
    load: () => import('../cart/index.ts'),
    announce: (line, product) => asked(new AddToCartEvent(source, line, product)),
    inquire: () => asked(new ViewCartEvent(source)),
    onUpdated: () => {},
  });
  const greeting = await watch({ host, shop, look: (signal) => desk.look(signal), signal });
  // Another tab may have been quicker.
  if (!greeting || !mayGreet()) return;
  const { language } = localeOf(host.getAttribute('locale'), shop.locale);
  const text = greeting.text[language] ?? greeting.text[shop.locale] ?? Object.values(greeting.text)[0];
  if (!text) return;
  hasGreeted();
  showBubble(host, text, language);
}
