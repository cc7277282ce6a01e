import { afterEach, expect, test, vi } from 'vitest';
import { explain, unknownCommand, unknownValue } from '../../widget/explain.ts';
import type { Failure } from '../../widget/state/state.ts';

const place = { shop: 'acme', proxy: 'https://proxy.example/', origin: 'https://shop.example' };
const said = (code: Failure['code'], at = place) => explain({ code, retryable: false }, at);

afterEach(() => vi.restoreAllMocks());

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

test.each([
  ['opne', 'Did you mean "open"?'],
  ['setcontext', 'Did you mean "setContext"?'],
  ['xyzzy', 'There are: open, close,'],
])('a command %s that nobody knows is told with what was meant', (name, told) => {
  const error = vi.spyOn(console, 'error').mockReturnValue();
  unknownCommand(name);
  expect(error).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(`there is no command "${name}". ${told}`));
});

test.each([
  ['shop', 'shop'],
  ['data-accent', 'accent'],
  ['colorScheme', 'color-scheme'],
])('an attribute’s name, %s, given as a command is told with the attribute to set', (name, attribute) => {
  const error = vi.spyOn(console, 'error').mockReturnValue();
  unknownCommand(name);
  const told = `no command "${name}": it is an attribute. Set data-${attribute}="…" at the script tag, or ${attribute}="…" at`;
  expect(error).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(told));
});

test('a value that an attribute doesn’t have is told once, with those it has', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  unknownValue('flot', ['float', 'side', 'inline']);
  unknownValue('flot', ['float', 'side', 'inline']);
  expect(warn.mock.calls).toEqual([['Shop Clerk: layout="flot" is not known. Choose one of: float, side, inline.']]);
});

test('a language that the widget doesn’t speak is told with those it does', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  unknownValue('klingon');
  expect(warn.mock.calls).toEqual([
    [expect.stringContaining('locale="klingon" is not known. Choose one of: ar, de, en')],
  ]);
});

test('of a long value the beginning is told, and of many values the first', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  for (let at = 0; at < 200; at++) unknownValue(`${at}`.padEnd(1_000_000, 'x'), ['end', 'start']);
  expect(warn.mock.calls.length).toBeLessThanOrEqual(50);
  expect(warn.mock.calls.every(([told]) => String(told).length < 200)).toBe(true);
  expect(warn.mock.calls[0]).toEqual([expect.stringContaining(`position="0${'x'.repeat(59)}…" is not known`)]);
});
