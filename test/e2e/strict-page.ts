import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StrictPage {
  /** What is in the head, and in the body. */
  head?: string;
  body?: string;
  csp?: string;
}

/** A shop's page on an origin of its own, with whatever headers and markup a test gives it. */
export async function serveStrictPage() {
  let page: StrictPage = {};
  const server = http.createServer((_, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      ...(page.csp !== undefined && { 'content-security-policy': page.csp }),
    });
    response.end(
      `<!doctype html><html lang="en"><head><title>Shop</title><link rel="icon" href="data:,">${page.head ?? ''}</head>` +
        `<body>${page.body ?? '<h1>Shop</h1>'}</body></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show(next: StrictPage) {
      page = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
