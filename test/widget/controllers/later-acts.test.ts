import { expect, test } from 'vitest';
import type { ClientToolEvent } from '../../../proxy/protocol/index.ts';
import { CartActs } from '../../../widget/controllers/cart-acts.ts';
import { LaterActs } from '../../../widget/controllers/later-acts.ts';

const look: ClientToolEvent = { type: 'client_tool', call_id: 'call_1', name: 'view_cart', arguments: {} };

/** Takes down what it is told. */
class FakeActs extends CartActs {
  readonly told: string[];

  constructor(told: string[]) {
    super({} as ConstructorParameters<typeof CartActs>[0]);
    this.told = told;
  }

  override receive({ call_id }: ClientToolEvent, turnId: string): void {
    this.told.push(`${turnId} ${call_id}`);
  }

  override drop(): void {
    this.told.push('drop');
  }

  override async answer(callId: string, agreed: boolean): Promise<void> {
    this.told.push(`${callId} ${agreed}`);
  }
}

function missed(times: number) {
  const told: string[] = [];
  const life = new AbortController();
  const seen = { loads: 0, missed: 0 };
  const acts = new LaterActs({
    load: async () => (seen.loads++ < times ? null : new FakeActs(told)),
    onMissed: () => seen.missed++,
    life: () => life.signal,
    againMs: 1,
  });
  return { acts, told, seen, life };
}

test('nothing is loaded before the first act', async () => {
  const { acts, seen } = missed(0);
  acts.drop();
  await acts.answer('call_1', true);
  expect(seen).toEqual({ loads: 0, missed: 0 });
});

test('an act whose part can’t be had is told, and done when it can: nothing is lost, and all in order', async () => {
  const { acts, told, seen } = missed(3);
  acts.heard(look, 'trn_1');
  acts.drop();
  await acts.answer('call_1', false);
  expect(told).toEqual(['trn_1 call_1', 'drop', 'call_1 false']);
  expect(seen).toEqual({ loads: 4, missed: 3 });
});

test('it is not fetched any more when the element has left the page', async () => {
  const { acts, told, seen, life } = missed(Infinity);
  acts.heard(look, 'trn_1');
  life.abort();
  await acts.answer('call_1', true);
  expect(told).toEqual([]);
  expect(seen.loads).toBe(1);
});
