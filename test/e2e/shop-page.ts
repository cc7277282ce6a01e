import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A shop's page on an origin of its own, which embeds what it is told to. `?lang=` sets the page's language. */
export async function serveShopPage() {
  let tag = '';
  const server = http.createServer((request, response) => {
    const lang = new URL(request.url ?? '/', 'http://shop.example').searchParams.get('lang') ?? 'en';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<!doctype html><html lang="${lang}" dir="${lang === 'he' ? 'rtl' : 'ltr'}"><title>Shop</title>` +
        `<link rel="icon" href="data:,"><h1>Shop</h1>${tag}</html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    embed(html: string) {
      tag = html;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
