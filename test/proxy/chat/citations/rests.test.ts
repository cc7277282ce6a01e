import { expect, test } from 'vitest';
import { restsOn } from '../../../../proxy/chat/citations/rests.ts';

const RETURNS =
  'Returns. Unopened goods can be returned within 30 days, together with the receipt. Daily 9:00 to 17:30, 03 555 30 34.';

test.each([
  ['Unopened goods go back within thirty days, together with their receipt.', true],
  ['מוצר סגור אפשר להחזיר תוך 30 יום מיום הקבלה.', true],
  ['I don’t know that. The people of the shop can help you.', false],
  ['I don’t know how long unopened goods can be returned.', false],
  ['Yes.', false],
  ['Call 03-5551234.', false],
  ['I don’t know. Somebody answers the telephone between 9:00 and 17:30, on 03 555 30 34.', false],
])('says what stands in a passage: %s → %s', (answer, expected) => {
  expect(restsOn(answer, ['Nothing of it.', RETURNS], ['unopened goods returned how long'])).toBe(expected);
});
