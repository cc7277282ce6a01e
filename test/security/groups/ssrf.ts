import { createServer, type RequestListener, type Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { isPublicAddress } from '../../../proxy/outbound/index.ts';
import { answer } from '../../fakes/fake-openai.ts';
import { HOSTILE_NAMES, NOT_OF_THE_WEB, PRIVATE } from '../../fixtures/hostile-urls.ts';
import { product } from '../../fixtures/products.ts';
import { Clerk } from '../clerk.ts';
import type { Findings, GroupOptions } from '../findings.ts';

/** An address of the public internet, and the loopback address that plays it. */
const PUBLIC = '93.184.215.14';
const PLAYED_BY = '127.0.0.3';
const NAMES: Record<string, string[][]> = {
  ...HOSTILE_NAMES,
  'public.example': [[PUBLIC]],
  // Public when it is checked, and inside when it is asked.
  'rebinding.example': [[PUBLIC], ['127.0.0.1']],
  'flapping.example': [['127.0.0.1'], [PUBLIC]],
  'both.example': [[PUBLIC, '127.0.0.1']],
};
const CATALOG = JSON.stringify({ products: [product(1, 'Bed')] });

/** What a shop's owner writes into the settings, to have the proxy ask where the owner can't. */
export async function ssrf(findings: Findings, { size }: GroupOptions): Promise<void> {
  let visits = 0;
  const trap = net.createServer((socket) => {
    visits++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  const { port: trapPort } = trap.address() as AddressInfo;
  const filled = (url: string) => url.replaceAll('PORT', String(trapPort));
  const inside = PRIVATE.map(filled);
  const site = await publicSite((request, response) => {
    const to = inside[Number(/^\/to\/(\d+)/.exec(request.url ?? '')?.[1])];
    if (to !== undefined) response.writeHead(302, { location: header(to) }).end();
    else if (request.url === '/catalog.json')
      response.writeHead(200, { 'content-type': 'application/json' }).end(CATALOG);
    else response.writeHead(404).end();
  });
  const { port } = site.address() as AddressInfo;
  const reachable = `http://public.example:${port}`;

  const urls = [
    ...inside,
    ...NOT_OF_THE_WEB.map(filled),
    ...inside.map((_, index) => `${reachable}/to/${index}`),
    ...['rebinding', 'flapping', 'both'].map((name) => `http://${name}.example:${trapPort}/`),
  ];
  const chosen = size === 'all' ? urls : urls.filter((_, index) => index % 15 === 0);
  try {
    await using clerk = await Clerk.open({
      shops: { pets: {} },
      model: () => answer('Hi'),
      world: { names: NAMES, hosts: { [PUBLIC]: PLAYED_BY } },
      env: { SHOP_KEY: 'sk-of-a-shop-0f0f0f0f' },
    });
    const modelPort = Number(new URL(clerk.model.baseUrl).port);
    const token = await clerk.session('pets');

    chosen.forEach((url, index) => clerk.writeShop(`c${index}`, { catalog: { type: 'url', url } }));
    chosen.forEach((url, index) => {
      // Only https may be written there: the way of a shop to its model carries a key.
      const base_url = url.replace(/^http:/i, 'https:');
      const model = { name: 'gpt-6-luna', base_url, api_key: 'env:SHOP_KEY' };
      clerk.writeShop(`m${index}`, { model });
    });
    // A shop that is as it should be, so that it shows whether anything is asked at all.
    clerk.writeShop('good', { catalog: { type: 'url', url: `${reachable}/catalog.json` } });
    clerk.signal('SIGHUP');
    await served(clerk, 'good');

    const asked = () => clerk.outgoing.filter(({ port }) => port !== modelPort);
    for (const [index, url] of chosen.entries()) {
      const shop = await clerk.call('GET', `/api/shops/c${index}`);
      findings.attempt(`catalogue: ${url} is served`, shop.status === 200);
      const before = asked().filter(({ address }) => !isPublicAddress(address)).length;
      const opened = await clerk.call<{ token?: string }>('POST', '/api/session', { json: { shop: `m${index}` } });
      if (opened.body.token !== undefined) {
        const { body } = await clerk.chat(opened.body.token, 'Hello');
        findings.attempt(`model: ${url} answered`, body.finish === 'stop');
      }
      await clerk.setClockAhead(0);
      const after = asked().filter(({ address }) => !isPublicAddress(address)).length;
      findings.attempt(`model: ${url}: a connection inside`, after > before);
    }
    for (const { host, address, port } of asked()) {
      findings.attempt(`connection to ${host} at ${address}:${port}`, !isPublicAddress(address));
    }
    findings.attempt(`the inside was visited ${visits} times`, visits > 0);
    if (!asked().some(({ address }) => address === PUBLIC)) throw new Error('Nobody was asked: this shows nothing.');
    findings.attempt('the proxy died', (await clerk.call('GET', '/api/threads', { token })).status !== 200);
    findings.note = `${chosen.length} URLs as catalogue and as model: literal, by name, redirected, rebound`;
  } finally {
    trap.close();
    site.closeAllConnections();
    site.close();
  }
}

/** As bytes and in one line: more a header can't hold. */
function header(text: string): string {
  return Buffer.from(text.replaceAll('\n', '')).toString('latin1');
}

async function publicSite(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, PLAYED_BY, resolve));
  return server;
}

/** Until a shop is there: shops are read again on a signal, all of them before any is served. */
async function served(clerk: Clerk, slug: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if ((await clerk.call('GET', `/api/shops/${slug}`)).status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The shop "${slug}" was not read: ${clerk.output.slice(-2_000)}`);
}
