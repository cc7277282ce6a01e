/** What a WordPress shop answers with: JSON, lists in pages, recorded answers, web pages. */
import type { IncomingHttpHeaders } from 'node:http';
import { type Item, recording } from './fake-woocommerce-shop.ts';

export interface FakeRequest {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** Text as it is, anything else as JSON. */
  body: unknown;
}

/** The recorded answer of that name. */
export function replay(name: string): Reply {
  const { status, headers, body } = recording(name).response;
  // The recorded length, where one was, is of another body.
  return {
    status,
    headers: Object.fromEntries(headers.filter(([header]) => !/^(link|location)$/i.test(header))),
    body,
  };
}

/** A page of the shop: what comes instead of JSON when the API is elsewhere, blocked or cached. */
export function page(status = 200): Reply {
  const body = `<!DOCTYPE html><html><body>${'<p>Kelev Tov</p>'.repeat(3_000)}</body></html>`;
  return { status, headers: { 'content-type': 'text/html; charset=UTF-8' }, body };
}

/** A list in pages, with WordPress's headers; `Link` repeats the whole query, as it does with keys in it. */
export function list({ url }: FakeRequest, items: Item[]): Reply & { body: Item[] } {
  const params = url.searchParams;
  const size = Number(params.get('per_page') ?? 10);
  if (!(size >= 1 && size <= 100)) return replay('error-400-per-page') as Reply & { body: Item[] };
  const direction = params.get('order') === 'asc' ? 1 : -1;
  const include = (params.get('include') ?? '').split(',').map(Number);
  const place = (item: Item) => (params.get('orderby') === 'include' ? include.indexOf(item.id) : direction * item.id);
  const sorted = items.toSorted((a, b) => place(a) - place(b));
  const number = Number(params.get('page') ?? 1);
  const fields = params.get('_fields')?.split(',');
  const pages = Math.ceil(items.length / size);
  const next = new URL(url);
  next.searchParams.set('page', String(number + 1));
  // Not WooCommerce's: shows a test that it was followed.
  next.searchParams.set('followed', 'yes');
  return {
    status: 200,
    headers: {
      'X-WP-Total': String(items.length),
      'X-WP-TotalPages': String(pages),
      Link: `<${next.href}>; rel="next"`,
    },
    body: sorted.slice((number - 1) * size, number * size).map((item) => {
      if (!fields) return item;
      return Object.fromEntries(Object.entries(item).filter(([name]) => fields.includes(name))) as Item;
    }),
  };
}
