import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';

/** A server on loopback that answers as told, and remembers what it was asked. */
export async function serveAnswers(answer: (request: Request, path: string) => Promise<Response | null>) {
  const requests: { method: string; path: string; body: unknown }[] = [];
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve(
      {
        hostname: '127.0.0.1',
        port: 0,
        async fetch(request) {
          const { pathname } = new URL(request.url);
          const text = await request.clone().text();
          requests.push({ method: request.method, path: pathname, body: text === '' ? null : JSON.parse(text) });
          return (await answer(request, pathname)) ?? new Response('Not found', { status: 404 });
        },
      },
      () => resolve(started),
    );
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
