import { expect, test } from 'vitest';
import { explain } from '../../widget/explain.ts';
import type { Failure } from '../../widget/state/state.ts';

const place = { shop: 'acme', proxy: 'https://proxy.example/', origin: 'https://shop.example' };
const said = (code: Failure['code'], at = place) => explain({ code, retryable: false }, at);

test.each(['origin_not_allowed', 'network'] as const)('%s names the origin and the setting to change', (code) => {
  for (const word of ['https://shop.example', '"origins"', '"acme"', 'SHOP_ORIGINS'])
    expect(said(code)).toContain(word);
});

test('a dead line to the page’s own origin is no matter of origins', () => {
  expect(said('network', { ...place, origin: 'https://proxy.example' })).not.toContain('SHOP_ORIGINS');
});

test.each([
  ['shop_not_found', 'has no shop "acme"'],
  ['consent_required', 'consent(true)'],
  ['identity_invalid', 'identify()'],
] as const)('%s says what to do', (code, words) => {
  expect(said(code)).toContain(words);
});

test('a tag that names no shop is told so', () => {
  expect(said('unauthorized', { ...place, shop: '' })).toContain('data-shop is missing');
});
