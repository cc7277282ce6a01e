import { expect, test } from 'vitest';
import { ChatError } from '../../../proxy/errors.ts';
import { again } from '../../../proxy/knowledge/again.ts';

const { signal } = new AbortController();

/** Asks a store that says no, and tells how it went. */
async function asking(refusals: readonly ChatError[]) {
  const waits: number[] = [];
  const left = [...refusals];
  let asked = 0;
  const answer = await again(
    async () => {
      asked++;
      const refusal = left.shift();
      if (refusal) throw refusal;
      return 'yes';
    },
    { signal, wait: async (ms) => void waits.push(ms) },
  ).catch((error: ChatError) => error.message);
  return { answer, asked, waits };
}

const notNow = (retryAfterMs?: number) =>
  new ChatError('model_rate_limited', 'Not now.', {
    fault: 'passing',
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });

test('asks once more after the time that the store says, else after a second, then two', async () => {
  expect(await asking([notNow(7_000)])).toEqual({ answer: 'yes', asked: 2, waits: [7_000] });
  expect(await asking([notNow(), notNow()])).toEqual({ answer: 'yes', asked: 3, waits: [1_000, 2_000] });
});

test('gives up after three times, and at once where it would wait for more than a minute or nothing would change', async () => {
  expect(await asking([notNow(), notNow(), notNow()])).toEqual({ answer: 'Not now.', asked: 3, waits: [1_000, 2_000] });
  expect(await asking([notNow(61_000)])).toEqual({ answer: 'Not now.', asked: 1, waits: [] });
  const never = new ChatError('model_unavailable', 'It refuses the key.');
  expect(await asking([never])).toEqual({ answer: 'It refuses the key.', asked: 1, waits: [] });
});
