import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { doctorCommand } from '../../../proxy/commands/doctor.ts';
import type { Finding } from '../../../proxy/doctor/index.ts';
import { serveProxy, type ServeOptions } from '../http/served.ts';

const { signal } = new AbortController();

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => void server.close(() => resolve()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Page {
  html: string;
  headers?: Record<string, string>;
}

/** A shop's page whose origin the shop's list has. */
async function shop(page: (proxy: string) => Page, options: ServeOptions = {}) {
  let proxyUrl = '';
  const url = await listen(
    createServer((_, response) => {
      const { html, headers } = page(proxyUrl);
      response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(html);
    }),
  );
  const { url: served, deps } = await serveProxy([], { pets: { origins: [url] }, ...options });
  proxyUrl = served;
  return { url, proxy: served, deps, through: (other: string) => (proxyUrl = other) };
}

const tag = (proxy: string, rest = 'data-shop="pets" defer') =>
  `<p>Beds</p><script src="${proxy}/widget.js" ${rest}></script>`;

async function examine(url: string, ...more: string[]) {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const code = await doctorCommand([url, '--private', '--json', ...more], { version: '0.0.0', signal, print });
  const findings = lines.map((line) => JSON.parse(line) as Finding);
  return { code, findings, of: (check: string) => findings.filter((finding) => finding.check === check) };
}

test('finds nothing wrong where all is well, and says so line by line', async () => {
  const { url } = await shop((proxy) => ({
    html: `<!-- <script src="/widget.js"></script> -->${tag(proxy)}`,
    headers: {
      'content-security-policy': `script-src ${proxy}; connect-src ${proxy}; img-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html`,
    },
  }));
  const { code, findings } = await examine(url);
  expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(findings.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['page', 'tag', 'csp', 'trusted_types', 'health', 'catalogue', 'clock', 'origin', 'stream']),
  );
  expect(code).toBe(0);
  const lines: string[] = [];
  await doctorCommand([url, '--private'], { version: '0', signal, print: (line) => void lines.push(line) });
  expect(lines).toContain('ok    stream         Streams come as they are sent.');
});

test('names the exact directives that a page’s policies lack, from header and meta alike', async () => {
  const { url, proxy } = await shop((proxy) => ({
    html: `<meta http-equiv="Content-Security-Policy" content="connect-src 'self'; img-src 'none'">${tag(proxy)}`,
    headers: { 'content-security-policy': "default-src 'self'; require-trusted-types-for 'script'; trusted-types own" },
  }));
  const { code, of } = await examine(url);
  expect(of('csp').map(({ fix }) => fix)).toEqual([
    `Add to it: script-src ${proxy}`,
    `Add to it: connect-src ${proxy}`,
  ]);
  expect(of('csp_pictures')).toMatchObject([{ status: 'warn', fix: expect.stringContaining(`img-src ${url}`) }]);
  expect(of('trusted_types')).toMatchObject([{ status: 'fail', fix: 'Add to the policy: trusted-types lit-html' }]);
  expect(code).toBe(1);
});

test.each([
  ['no tag', () => '<p>Beds</p>', 'tag', 'fail', 'Put <script src='],
  ['no shop', (proxy: string) => tag(proxy, 'defer'), 'shop', 'fail', 'Add data-shop'],
  ['another shop', (proxy: string) => tag(proxy, 'data-shop="cats"'), 'shop', 'fail', 'Check data-shop'],
  [
    'a shop that does not know the page',
    (proxy: string) => tag(proxy, 'data-shop="books"'),
    'origin',
    'fail',
    'to "origins"',
  ],
  ['a module', (proxy: string) => tag(proxy, 'data-shop="pets" type="module"'), 'tag', 'fail', 'Write it as'],
  ['two tags', (proxy: string) => tag(proxy) + tag(proxy), 'tag', 'warn', 'Leave one'],
  [
    'a stale hash',
    (proxy: string) => tag(proxy, 'data-shop="pets" integrity="sha384-AAAA" crossorigin'),
    'integrity',
    'fail',
    'Pin a version',
  ],
] as const)('%s', async (_what, html, check, status, fix) => {
  const { url } = await shop((proxy) => ({ html: html(proxy) }));
  const { of } = await examine(url);
  expect(of(check)).toMatchObject([{ status, fix: expect.stringContaining(fix) }]);
});

test('sees that something before the proxy holds streams back, packs them and rewrites whom they are for', async () => {
  const { url, proxy, through } = await shop((proxy) => ({ html: tag(proxy) }));
  const before = await listen(
    createServer((incoming, outgoing) => {
      ask(`${proxy}${incoming.url}`, { headers: { origin: incoming.headers.origin } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const { 'transfer-encoding': _, 'content-length': __, ...headers } = answer.headers;
          headers['access-control-allow-origin'] = 'https://cached.example';
          headers.date = new Date(Date.now() - 3_600_000).toUTCString();
          outgoing.writeHead(answer.statusCode!, { ...headers, 'content-encoding': 'gzip' });
          outgoing.end(gzipSync(Buffer.concat(chunks)));
        });
      }).end();
    }),
  );
  through(before);
  const { of, code } = await examine(url);
  expect(of('stream')).toMatchObject([{ status: 'fail', fix: expect.stringContaining('proxy_buffering off') }]);
  expect(of('compression')).toMatchObject([{ status: 'warn' }]);
  expect(of('origin')).toMatchObject([{ status: 'fail', says: expect.stringContaining('https://cached.example') }]);
  expect(of('clock')).toMatchObject([{ status: 'fail', fix: expect.stringContaining('NTP') }]);
  expect(code).toBe(1);
});

test('hands on what the proxy says of itself', async () => {
  const { url, deps } = await shop((proxy) => ({ html: tag(proxy) }));
  const conditions = await deps.condition.look();
  deps.condition.look = async () => ({
    ...conditions,
    catalogues: conditions.catalogues.map((catalogue) => ({ ...catalogue, status: 'failed' })),
    documents: [{ shop: 'pets', counts: { waiting: 0, ready: 0, failed: 2 } }],
    disk: { ...conditions.disk!, status: 'low' },
  });
  deps.models.circuits = () => [{ model: 'gpt-6-luna', state: 'open', since: 0, lastError: 'model_quota' }];
  deps.models.warnings = () => [
    { model: 'gpt-5', kind: 'shutdown', date: '2999-12-11' },
    { model: 'gpt-7', kind: 'unknown' },
    { model: 'mine', kind: 'unpriced' },
  ];
  const { of } = await examine(url);
  expect(of('health')).toMatchObject([{ status: 'warn' }]);
  expect(of('catalogue')).toMatchObject([{ status: 'warn', fix: 'npm run sync says why.' }]);
  expect(of('documents')).toMatchObject([{ status: 'warn', says: '2 documents could not be read.' }]);
  expect(of('disk')).toMatchObject([{ status: 'warn' }]);
  expect(of('model').map(({ status, says }) => [status, says])).toEqual([
    ['fail', 'gpt-6-luna is not asked at the moment: model_quota.'],
    ['warn', 'Its provider ends gpt-5 on 2999-12-11.'],
    ['fail', 'Its provider does not know gpt-7.'],
    ['warn', 'Nobody knows what mine costs.'],
  ]);
});

test('looks where it is told, where a tag manager puts the tag in', async () => {
  const { url, proxy } = await shop(() => ({ html: '<script src="/gtm.js"></script>' }));
  const { code, of } = await examine(url, '--proxy', proxy, '--shop', 'pets');
  expect(of('tag')).toMatchObject([{ status: 'warn' }]);
  expect(of('origin')).toMatchObject([{ status: 'ok' }]);
  expect(code).toBe(0);
});

test('goes into no private network unless told, and says how it is called', async () => {
  const { url } = await shop((proxy) => ({ html: tag(proxy) }));
  const lines: string[] = [];
  const options = { version: '0', signal, print: (line: string) => void lines.push(line) };
  expect(await doctorCommand([url], options)).toBe(1);
  expect(lines[0]).toContain('not on the public internet');
  for (const args of [[], ['a', 'b'], ['--nonsense']]) expect(await doctorCommand(args, options)).toBe(2);
  expect(await doctorCommand(['--help'], options)).toBe(0);
});
