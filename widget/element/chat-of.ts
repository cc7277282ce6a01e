import type { CartDesk } from '../controllers/cart-desk.ts';
import { ChatController } from '../controllers/chat-controller.ts';
import { createTabs } from '../controllers/tabs.ts';
import type { Chat } from '../controllers/types.ts';
import { loadLater, type Later } from '../components/later.ts';
import { createSessionMemory } from '../state/session.ts';
import { createHttpTransport } from '../transport/http-transport.ts';
import type { Host } from './host.ts';

export interface ChatOptions {
  /** BCP 47 */
  locale: () => string;
  /** The one way into the shopper's cart. */
  desk: (pieces: Later) => CartDesk;
  /** The shopper has signed out in another tab. */
  onSignedOut: () => void;
}

/** Where the element's proxy is: absolute; the page's own origin for what is no URL. */
export function proxyOf({ proxy }: Host): string {
  return URL.canParse(proxy, location.origin) ? new URL(proxy, location.origin).href : location.origin;
}

/** A conversation with the element's shop. */
export function chatOf(host: Host, { desk, ...options }: ChatOptions): Chat {
  const { shop, transport: mode } = host;
  const baseUrl = proxyOf(host);
  const transport = createHttpTransport({ baseUrl, shop, mode });
  return new ChatController(host, {
    transport,
    memory: createSessionMemory({ baseUrl, shop }),
    tabs: createTabs({ baseUrl, shop }),
    acts: async (wiring) => {
      const pieces = await loadLater();
      return pieces && pieces.actsOf({ baseUrl, shop }, { transport, desk: desk(pieces), ...wiring });
    },
    ...options,
  });
}
