import type { LitElement } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DeskError, type Api, type AskOptions } from '../../desk/api.ts';
import { contrast } from '../../desk/settings/contrast.ts';
import { Draft, same } from '../../desk/settings/draft.ts';
import type { SettingsState } from '../../proxy/protocol/admin/index.ts';

const state: SettingsState = {
  shop: 'acme',
  file: 'shops/acme.json',
  published: null,
  draft: null,
  fields: [
    { field: 'name', value: 'Acme', file: 'Acme', file_changed: false, editable: true },
    { field: 'tone', value: 'dry', file: 'warm', desk: 'dry', file_changed: false, editable: true },
    { field: 'contact.email', value: null, file_changed: false, editable: true },
    { field: 'limits.shop.usd_per_day', value: null, file_changed: false, editable: true, most: null },
  ],
  problems: [],
  warnings: [],
  models: [],
  tools: [],
};

/** What the proxy was asked to keep, and what it says to that. */
let kept: unknown[];
let answer: () => unknown;
const api = {
  ask: async (_path: string, { body }: AskOptions) => {
    kept.push(structuredClone((body as { changes: unknown }).changes));
    return answer();
  },
} as unknown as Api;
const host = { requestUpdate() {} } as unknown as LitElement;

beforeEach(() => {
  vi.useFakeTimers();
  kept = [];
  answer = () => ({ draft: { revision: kept.length }, warnings: [] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('keeps what is typed once, when the typing pauses, with all that was published', async () => {
  const draft = new Draft(host, api, state);
  for (const name of ['A', 'Ab', 'Abc']) draft.set('name', name);
  expect(draft.unsaved).toBe(true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(kept).toEqual([{ tone: 'dry', name: 'Abc' }]);
  expect(draft.unsaved).toBe(false);
  expect(draft.changed).toEqual(['name']);
});

test('what the file says anyhow is no change, and neither is nothing where there was nothing', () => {
  const draft = new Draft(host, api, state);
  draft.set('name', 'Other');
  draft.set('name', 'Acme');
  draft.set('contact.email', null);
  expect(draft.changed).toEqual([]);
  // No limit is something to say: the file's may come to be one.
  draft.set('limits.shop.usd_per_day', null);
  expect(draft.changes).toHaveProperty(['limits.shop.usd_per_day'], null);
  draft.stop();
});

test('goes back to what the file says', () => {
  const draft = new Draft(host, api, state);
  draft.reset('tone');
  expect(draft.valueOf('tone')).toBe('warm');
  expect(draft.changed).toEqual(['tone']);
  draft.stop();
});

test('tells each problem at its field, publishes nothing of it, and keeps the next good word', async () => {
  const draft = new Draft(host, api, state);
  const problems = [{ field: 'name', message: 'is too short' }];
  answer = () => {
    throw new DeskError('name: is too short', { code: 'invalid_request', status: 422, body: { problems } });
  };
  draft.set('name', '');
  await draft.flush();
  expect(draft.problemsOf('name')).toEqual(problems);
  expect(draft.unsaved).toBe(true);
  await expect(draft.publish('')).rejects.toThrow('Mend what is marked first');
  answer = () => ({ draft: { revision: 7 }, warnings: ['look'] });
  draft.set('name', 'Good');
  await draft.flush();
  expect(draft).toMatchObject({ keep: 'kept', problems: [], warnings: ['look'], kept: 1 });
});

test('what is typed while the last word is on its way is kept after it', async () => {
  const draft = new Draft(host, api, state);
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const usual = answer;
  answer = () => promise;
  draft.set('name', 'One');
  const first = draft.flush();
  await vi.advanceTimersByTimeAsync(0);
  draft.set('name', 'Two');
  answer = usual;
  resolve(usual());
  await first;
  expect(draft.unsaved).toBe(true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(kept).toEqual([
    { tone: 'dry', name: 'One' },
    { tone: 'dry', name: 'Two' },
  ]);
  expect(draft.unsaved).toBe(false);
});

test('nothing typed is lost while the proxy does not answer, and all of it is kept once it does', async () => {
  const draft = new Draft(host, api, state);
  const usual = answer;
  answer = () => {
    throw new DeskError('The proxy did not answer.', { code: 'no_answer', status: 0 });
  };
  draft.set('name', 'Typed meanwhile');
  await draft.flush();
  expect(draft).toMatchObject({ keep: 'failed', trouble: 'The proxy did not answer.', unsaved: true });
  expect(draft.valueOf('name')).toBe('Typed meanwhile');
  answer = usual;
  await draft.flush();
  expect(draft).toMatchObject({ keep: 'kept', trouble: '', unsaved: false });
  expect(kept.at(-1)).toEqual({ tone: 'dry', name: 'Typed meanwhile' });
});

test('the order of names makes no difference, that of a list does', () => {
  expect(same({ en: 'a', he: 'b' }, { he: 'b', en: 'a' })).toBe(true);
  expect(same(['en', 'he'], ['he', 'en'])).toBe(false);
});

test('black on white has the contrast of 21 : 1, and a colour on itself none', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#0f766e', '#0f766e')).toBe(1);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});
