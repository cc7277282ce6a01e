/** The doctor before a real web server with TLS, in front of a real proxy. */
import { readFileSync } from 'node:fs';
import { request as ask } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { examineProxy } from '../../../proxy/doctor/examine-proxy.ts';
import { certificateOf, createGuard, createOutbound } from '../../../proxy/outbound/index.ts';
import { serveProxy } from '../http/served.ts';

const DAY_MS = 24 * 60 * 60_000;
const GOOD_UNTIL = Date.parse('2125-12-31T00:00:00Z');
const fixture = (name: string) => readFileSync(path.resolve(import.meta.dirname, '../../fixtures/tls', name));

beforeAll(() => {
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, fixture('ca.pem').toString()]);
  return () => tls.setDefaultCACertificates(before);
});

async function examine(certificate: string, { host = 'localhost', now = Date.now, isHttp2 = true } = {}) {
  const { url } = await serveProxy([]);
  const options = { key: fixture('test-only.key.pem'), cert: fixture(`${certificate}.pem`) };
  const server = isHttp2 ? createSecureServer({ ...options, allowHTTP1: true }) : createServer(options);
  server.on('request', (request, response) => {
    const { host: _, ...headers } = request.headers;
    const sent = ask(url + request.url, { headers }, (answer) => {
      const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...passed } = answer.headers;
      response.writeHead(answer.statusCode!, passed);
      answer.pipe(response);
    });
    sent.end();
  });
  await new Promise<void>((resolve) => server.listen(0, host === 'localhost' ? '127.0.0.1' : host, resolve));
  onTestFinished(() => void server.close());
  const guard = createGuard({ allowPrivate: true });
  const { signal } = new AbortController();
  const findings = await examineProxy({
    proxy: new URL(`https://${host}:${(server.address() as AddressInfo).port}`),
    shop: null,
    page: new URL('https://pets.example'),
    outbound: createOutbound({ allowPrivate: true, version: '0.0.0' }),
    certificateOf: (url, signal) => certificateOf(url, signal, guard),
    signal,
    now,
  });
  return findings.filter(({ check }) => check === 'tls' || check === 'http' || check === 'proxy');
}

test('a good certificate and HTTP/2 are found to be so', async () => {
  const findings = await examine('good');
  expect(findings.map(({ check, status }) => [check, status])).toEqual([
    ['tls', 'ok'],
    ['http', 'ok'],
  ]);
  const days = Math.floor((GOOD_UNTIL - Date.now()) / DAY_MS);
  expect(findings[0]!.says).toBe(`The certificate is good for ${days} days.`);
});

test('without HTTP/2 it says what that costs', async () => {
  expect((await examine('good', { isHttp2: false })).at(-1)).toMatchObject({ check: 'http', status: 'warn' });
});

test.each([
  [13, 'warn'],
  [1, 'fail'],
])('a certificate that ends in %i days is told: %s', async (days, status) => {
  const now = () => GOOD_UNTIL - days * DAY_MS - 60_000;
  expect((await examine('good', { now }))[0]).toMatchObject({
    check: 'tls',
    status,
    says: `The certificate ends in ${days} days.`,
  });
});

test.each([
  ['expired', 'localhost', /Renew the certificate/],
  ['other-host', 'localhost', /a certificate for this name/],
  ['good', '127.0.0.2', /a certificate for this name/],
])('a certificate that browsers refuse (%s, asked as %s) is named with what to do', async (certificate, host, fix) => {
  const findings = await examine(certificate, { host });
  expect(findings).toMatchObject([{ check: 'tls', status: 'fail', fix: expect.stringMatching(fix) }]);
});

test('a certificate that nobody vouches for is named with what to do', async () => {
  const before = tls.getCACertificates('default');
  const issuer = fixture('ca.pem').toString().trim();
  tls.setDefaultCACertificates(before.filter((certificate) => certificate.trim() !== issuer));
  onTestFinished(() => tls.setDefaultCACertificates(before));
  expect(await examine('good')).toMatchObject([{ check: 'tls', fix: expect.stringContaining('browsers trust') }]);
});
