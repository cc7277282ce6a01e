import type { WebRequest } from '../../proxy/catalog/web.ts';

/**
 * What a source may do on the web, for tests: `fetch` against loopback. `hosts` says which loopback server plays an
 * address, so that a source believes in its https shop; the server learns that from `X-Forwarded-Proto`.
 */
export function loopbackWeb({ hosts = {} }: { hosts?: Readonly<Record<string, string>> } = {}): WebRequest {
  return async (url, { method = 'GET', headers = {}, body, signal, maxBytes = Infinity, timeoutMs = 10_000 }) => {
    const { origin, protocol } = new URL(url);
    const server = hosts[origin] ?? origin;
    if (!/^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(server)) throw new Error(`${origin} is not on loopback`);
    const response = await fetch(url.replace(origin, server), {
      method,
      headers: { ...headers, ...(protocol === 'https:' && { 'x-forwarded-proto': 'https' }) },
      ...(body !== undefined && { body }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    async function* chunks() {
      let bytes = 0;
      for await (const chunk of response.body ?? []) {
        bytes += chunk.byteLength;
        if (bytes > maxBytes) throw new Error(`the answer is longer than ${maxBytes} bytes`);
        yield chunk;
      }
    }
    const stream = chunks();
    return {
      status: response.status,
      headers: response.headers,
      url: response.url.replace(server, origin),
      body: stream,
      async text() {
        const parts: Uint8Array[] = [];
        for await (const chunk of stream) parts.push(chunk);
        return Buffer.concat(parts).toString();
      },
    };
  };
}
