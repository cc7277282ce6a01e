import { expect, test } from 'vitest';
import { forbids, readPolicies } from '../../../proxy/doctor/content-policy.ts';

const page = new URL('https://shop.example/');
const url = new URL('https://clerk.example/v1.2.3/widget.js');

test.each([
  ['script-src https://clerk.example', undefined],
  ['script-src clerk.example', undefined],
  ['script-src *.example', undefined],
  ['script-src https:', undefined],
  ['script-src *', undefined],
  ['script-src https://clerk.example/v1.2.3/', undefined],
  ['script-src https://clerk.example/v1.2.3/widget.js', undefined],
  ['script-src http://clerk.example', undefined],
  ['script-src clerk.example:*', undefined],
  ["script-src 'nonce-abc'", undefined],
  ["script-src 'sha384-x'", undefined],
  ["script-src 'strict-dynamic' 'nonce-abc'", undefined],
  ['img-src https://other.example', undefined],
  ['SCRIPT-SRC https://clerk.example; script-src none.example', undefined],
  ["script-src 'self'", 'script-src'],
  ["script-src 'none'", 'script-src'],
  ['script-src', 'script-src'],
  ['script-src https://clerk.example/other/', 'script-src'],
  ['script-src https://clerk.example:8443', 'script-src'],
  ['script-src *.clerk.example', 'script-src'],
  ["script-src 'nonce-other'", 'script-src'],
  ["script-src 'strict-dynamic' https://clerk.example", 'script-src'],
  ["script-src https://clerk.example; script-src-elem 'self'", 'script-src-elem'],
  ["default-src 'self'", 'default-src'],
])('%s: %s', (header, directive) => {
  const hasNonce = header.includes('nonce-');
  const loaded = {
    url,
    page,
    ...(hasNonce && { nonce: 'abc' }),
    ...(header.includes('sha') && { integrity: 'sha384-x' }),
  };
  expect(forbids(readPolicies(header)[0]!, 'script', loaded)).toBe(directive);
});

test('what a trusted script loads needs no name where the page says so', () => {
  const [policy] = readPolicies("script-src 'strict-dynamic' 'nonce-abc'");
  expect(forbids(policy!, 'script', { url, page, byScript: true })).toBeUndefined();
  expect(forbids(readPolicies("script-src 'nonce-abc'")[0]!, 'script', { url, page, byScript: true })).toBe(
    'script-src',
  );
});

test('several policies are several, and empty ones none', () => {
  expect(readPolicies("default-src 'self', script-src *, ;")).toHaveLength(2);
  expect(readPolicies('')).toEqual([]);
});
