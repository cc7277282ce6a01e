import { expect, test } from 'vitest';
import { browserOf } from '../../desk/accounts/browser-of.ts';

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';

test('names a browser as its owner would', () => {
  const agents = {
    [`Mozilla/5.0 (X11; Linux x86_64) ${CHROME}`]: 'Chrome on Linux',
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Edg/131.0.0.0`]: 'Edge on Windows',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0': 'Firefox on macOS',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1':
      'Safari on iOS',
    [`Mozilla/5.0 (Linux; Android 14; SM-S921B) ${CHROME}`]: 'Chrome on Android',
  };
  expect(Object.keys(agents).map(browserOf)).toEqual(Object.values(agents));
});

test('shows what it does not know as it came', () => {
  expect([browserOf('curl/8.11.0'), browserOf('')]).toEqual(['curl/8.11.0', 'Unknown']);
});
