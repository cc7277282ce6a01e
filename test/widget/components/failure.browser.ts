import { expect } from '@open-wc/testing';
import { html } from 'lit';
import '../../../widget/components/failure.ts';
import { loadLater } from '../../../widget/components/later.ts';
import { strings } from '../../../widget/i18n/index.ts';
import type { Failure } from '../../../widget/state/state.ts';
import { inPanel } from '../panel-fixture.ts';

await loadLater();

async function show(what: Failure, language: 'en' | 'he' = 'en') {
  const panel = await inPanel(
    html`<shopclerk-failure .what=${what} .strings=${strings[language]}></shopclerk-failure>`,
    strings[language].$dir,
  );
  const view = panel.querySelector('shopclerk-failure')!;
  return { view, text: () => view.querySelector('p')!.textContent, button: () => view.querySelector('button') };
}

describe('a failure', () => {
  const { setTimeout } = globalThis;
  afterEach(() => (globalThis.setTimeout = setTimeout));

  it('offers to try again when the wait that the proxy asked for is over', async () => {
    let elapse!: () => void;
    let waits = 0;
    globalThis.setTimeout = ((over: () => void, ms: number) => ((elapse = over), (waits = ms))) as typeof setTimeout;
    const { view, text, button } = await show({ code: 'rate_limited', retryable: true, retryAfterMs: 42_000 });
    expect(waits).to.equal(42_000);
    expect(text()).to.equal('That was a lot at once. Try again in 42 seconds.');
    expect(button()?.tagName).to.equal(undefined);
    elapse();
    await view.updateComplete;
    expect(text()).to.equal('That was a lot at once.');
    expect(button()!.textContent).to.equal('Try again');
  });

  for (const [ms, en, he] of [
    [900, 'in 2 seconds.', 'בעוד שתי שניות'],
    [89_000, 'in 89 seconds.', 'בעוד 89 שניות'],
    [3_600_000, 'in 60 minutes.', 'בעוד 60 דקות'],
    [5 * 3_600_000, 'in 5 hours.', 'בעוד 5 שעות'],
    [20 * 86_400_000, 'in 20 days.', 'בעוד 20 ימים'],
  ] as const) {
    it(`says a wait of ${ms} ms in words, with no button that would be of no use`, async () => {
      const what = { code: 'limit_reached', retryable: false, retryAfterMs: ms } as const;
      const english = await show(what);
      expect(english.text()).to.contain(en);
      expect(english.button()?.tagName).to.equal(undefined);
      expect((await show(what, 'he')).text()).to.contain(he);
    });
  }

  for (const code of ['thread_full', 'context_too_long'] as const) {
    it(`offers a new conversation for ${code}`, async () => {
      const { view, button } = await show({ code, retryable: false });
      let asked = 0;
      view.addEventListener('intent-new-thread', () => asked++);
      expect(button()!.textContent).to.equal('New conversation');
      button()!.click();
      expect(asked).to.equal(1);
    });
  }

  for (const code of ['identity_invalid', 'limit_reached', 'budget_spent', 'too_many_threads'] as const) {
    it(`offers nothing for ${code}`, async () => {
      expect((await show({ code, retryable: false })).button()?.tagName).to.equal(undefined);
    });
  }
});
