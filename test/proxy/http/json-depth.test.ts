import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nestsDeeper } from '../../../proxy/http/json-depth.ts';

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test('knows how deep any JSON nests', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(8), (value, max) => {
      // Brackets and quotes in texts and keys count for nothing.
      const json = JSON.stringify({ 'a"[{\\': value, text: '[[[{{{"' });
      expect(nestsDeeper(json, max)).toBe(1 + depthOf(value) > max);
    }),
    { numRuns: 500, seed: 4 },
  );
});

test.each(['', '"', '"\\', ']]]]', '{"a'])('is not led astray by %j', (text) => {
  expect(nestsDeeper(text, 1)).toBe(false);
});
