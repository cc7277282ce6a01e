/** Feeds and exports on the disk, and on a loopback server, for the tests of the sources that read them. */
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { CatalogSource } from '../../../proxy/catalog/types.ts';
import { tempDir } from '../../temp-dir.ts';
import type { OpenedSource } from './source-suite.ts';

const feeds = path.resolve(import.meta.dirname, '../../fixtures/feeds');

export const NOVEMBER = () => new Date('2026-11-15T12:00:00Z');
export const SHOP = { currency: 'ILS', shopUrl: 'https://shop.example/', now: NOVEMBER };

export function feed(name: string): string {
  return path.join(feeds, name);
}

/** A source over a file of these contents, which goes away at the end. */
export function sourceOf(
  content: string | Uint8Array,
  create: (input: { file: string }) => CatalogSource,
): OpenedSource & Disposable {
  const dir = tempDir();
  const file = dir.file('feed');
  writeFileSync(file, content);
  const close = () => dir[Symbol.dispose]();
  return { source: create({ file }), close, [Symbol.dispose]: close };
}

/** A server that gives every request the same answer; `'cut'` breaks off in the middle of it. */
export async function serve(
  body: string | Uint8Array,
  {
    status = 200,
    headers = {},
    cut = false,
  }: { status?: number; headers?: Record<string, string>; cut?: boolean } = {},
) {
  let requests = 0;
  const server = http.createServer((_, response) => {
    requests++;
    response.writeHead(status, { ...headers, ...(cut && { 'content-length': String(body.length + 100) }) });
    if (!cut) return void response.end(body);
    response.write(body);
    setTimeout(() => response.destroy(), 20);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
