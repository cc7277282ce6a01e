/** What only a conversation of before asks of the proxy, and so it comes with it. All reject as `Transport` does. */
import type { Product, ProductsResponse, Thread } from '../../proxy/protocol/index.ts';
import { absolutePart, withAbsoluteUrls } from './absolute.ts';
import { readJson } from './proxy-client.ts';
import type { Transport } from './types.ts';

/** `locale` (BCP 47): the language of the cards; the shop's own without it. */
export async function readThread(
  transport: Transport,
  id: string,
  locale: string | undefined,
  signal: AbortSignal,
): Promise<Thread> {
  const query = locale === undefined ? '' : `?locale=${encodeURIComponent(locale)}`;
  const path = `/api/threads/${encodeURIComponent(id)}${query}`;
  const thread = await transport.request({ method: 'GET', path }, readJson<Thread>, signal);
  const messages = thread.messages.map((message) => ({
    ...message,
    parts: message.parts.map((part) => absolutePart(part, transport.base)),
  }));
  return { ...thread, messages };
}

/** The cards of today; what the shop no longer has is left out. Fifty at most. */
export async function readProducts(
  transport: Transport,
  ids: readonly number[],
  locale: string | undefined,
  signal: AbortSignal,
): Promise<Product[]> {
  const query = new URLSearchParams({ ids: ids.join(','), ...(locale !== undefined && { locale }) });
  const path = `/api/products?${query}`;
  const { products } = await transport.request({ method: 'GET', path }, readJson<ProductsResponse>, signal);
  return products.map((product) => withAbsoluteUrls(product, transport.base));
}
