import { expect, test } from 'vitest';
import { transcriptOf } from '../../../proxy/handoff/transcript.ts';
import type { MessageRow, StoredPart } from '../../../proxy/storage/types.ts';

function row(role: MessageRow['role'], parts: StoredPart[]): MessageRow {
  const none = { clientMessageId: null, finish: null, error: null, replaced: false, page: null, feedback: null };
  return { id: 'msg_1', threadId: 'thr_1', role, parts, createdAt: Date.UTC(2026, 10, 21, 8, 5), ...none };
}

const said = (role: MessageRow['role'], content: string) => row(role, [{ type: 'text', content }]);

test('a conversation is text: who said what and when, in the order it was said', async () => {
  const money = { amount: 1, currency: 'ILS' };
  const shown = { id: 7, title: 'Bed', price: { min: money, max: money }, availability: 'in_stock' as const };
  const added = { productId: 7, variantId: '7', quantity: 1, shown, url: 'https://pets.example/bed' };
  const cart = { type: 'cart' as const, callId: 'call_1' };
  const text = await transcriptOf([
    said('user', ' A bed? '),
    row('assistant', [
      { type: 'text', content: 'Here:' },
      { type: 'products', ids: [7, 8] },
      { ...cart, added, outcome: { ok: true } },
      { ...cart, added, outcome: { ok: false, code: 'declined' } },
      { ...cart, added: null, outcome: { ok: true } },
    ]),
    row('assistant', []),
    said('user', 'Thanks'),
  ]);
  expect(text.split('\n\n')).toEqual([
    'Shopper, 2026-11-21 08:05 UTC:\nA bed?',
    'Assistant, 2026-11-21 08:05 UTC:\nHere:\n[Products: 7, 8]\n[Cart: Bed, added]\n[Cart: Bed, not added]',
    'Shopper, 2026-11-21 08:05 UTC:\nThanks',
  ]);
});

test('an answer that cites says what its marks stand for', async () => {
  const citations = [{ number: 1, title: 'Returns', quote: '30 days.' }];
  const text = await transcriptOf([
    row('assistant', [
      { type: 'citations', citations },
      { type: 'text', content: 'Within 30 days[^1].' },
    ]),
  ]);
  expect(text).toContain('[Sources: 1 Returns]\nWithin 30 days[^1].');
});

test('of a conversation that is too long the end is kept', async () => {
  const text = await transcriptOf(
    [said('user', 'first'), said('assistant', 'x'.repeat(50)), said('user', 'last')],
    100,
  );
  expect(text).toMatch(/^\[What was said before is left out\.\]\n\nShopper, [^\n]+\nlast$/);
  expect(text).not.toContain('first');
});
