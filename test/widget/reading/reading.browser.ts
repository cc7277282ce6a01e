import { expect } from '@open-wc/testing';
import { html } from 'lit';
import type { Citation } from '../../../proxy/protocol/index.ts';
import type { AnnounceIntent } from '../../../widget/components/intents.ts';
import '../../../widget/components/message.ts';
import type { MessageView } from '../../../widget/components/message.ts';
import { strings } from '../../../widget/i18n/index.ts';
import '../../../widget/reading/index.ts';
import type { Message } from '../../../widget/state/state.ts';
import { answer } from '../fake-chat.ts';
import { hasFocus, inPanel, settled } from '../panel-fixture.ts';

async function show(message: Message, language: 'en' | 'he' = 'en'): Promise<{ view: MessageView; said: string[] }> {
  const words = strings[language];
  const said: string[] = [];
  const panel = await inPanel(
    html`<shopclerk-message
      .message=${message}
      .strings=${words}
      .locale=${language}
      @intent-announce=${({ text }: AnnounceIntent) => said.push(text)}
    ></shopclerk-message>`,
    words.$dir,
  );
  await frame();
  return { view: panel.querySelector('shopclerk-message')!, said };
}

/** Sizes are told after the next layout. */
const frame = (): Promise<void> =>
  new Promise((resolve) => void requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

const text = (content: string): Message => answer('a', [{ type: 'text', content }]);

const WIDE = `| ${'A rather long heading | '.repeat(8)}\n|${'---|'.repeat(8)}\n| ${'cell | '.repeat(8)}`;
const CODE = 'Run:\n\n```sh\nnpm ci\nnpm test\n```';

const citations: Citation[] = [
  { number: 1, title: 'Returns', section: 'Time', quote: 'Within 30 days.', url: 'https://shop.example/returns' },
  { number: 2, title: 'Care', url: 'javascript:alert(1)' },
];
const cited = answer('a', [
  { type: 'citations', data: citations },
  { type: 'text', content: 'Thirty days[^1], washed[^2][^7].' },
]);

const inside = (element: Element | null): ShadowRoot => element!.shadowRoot!;

describe('tables and code in an answer', () => {
  it('are accessible', async () => {
    for (const message of [text(WIDE), text(CODE), text('- [x] **done**\n- [ ] open'), cited]) {
      for (const language of ['en', 'he'] as const) {
        const { view } = await show(message, language);
        for (const details of view.querySelectorAll('details')) details.open = true;
        await expect(view).to.be.accessible();
      }
    }
  });

  it('scroll inside themselves, and only then are a stop for the keyboard', async () => {
    const { view } = await show(text(`${WIDE}\n\n| a |\n|---|\n| b |`));
    const [wide, narrow] = [...view.querySelectorAll('shopclerk-wide')].map((one) =>
      inside(one).querySelector('.scroller')!,
    );
    expect(wide!.scrollWidth).to.be.greaterThan(wide!.clientWidth);
    expect(view.scrollWidth).to.equal(view.clientWidth);
    expect(['tabindex', 'role', 'aria-label'].map((name) => wide!.getAttribute(name))).to.deep.equal([
      '0',
      'group',
      'Table',
    ]);
    expect(narrow!.hasAttribute('tabindex')).to.equal(false);
  });

  it('name the columns of a table, and align them by the reading direction', async () => {
    const { view } = await show(text('| שם | מחיר |\n|:---|---:|\n| רויאל | 219 |'), 'he');
    const [name, price] = view.querySelectorAll('th');
    expect([name!.scope, price!.scope]).to.deep.equal(['col', 'col']);
    expect(getComputedStyle(view.querySelector('table')!).direction).to.equal('rtl');
    expect(getComputedStyle(price!).textAlign).to.equal('end');
    expect(name!.getBoundingClientRect().left).to.be.greaterThan(price!.getBoundingClientRect().left);
  });

  it('run code from left to right in a Hebrew answer', async () => {
    const { view } = await show(text(`כך:\n\n${CODE}\n\nוזהו, זה כל מה שצריך לעשות כאן`), 'he');
    expect(getComputedStyle(view.querySelector('pre')!).direction).to.equal('ltr');
  });

  it('say of a task whether it is done', async () => {
    const { view } = await show(text('- [x] washed\n- [ ] dried'), 'he');
    expect(view.querySelectorAll('li :is(input, button)')).to.have.length(0);
    expect(view.querySelector('li')!.textContent).to.equal('☑ washed');
  });
});

describe('the copy button of code', () => {
  const button = (view: Element): HTMLButtonElement =>
    inside(view.querySelector('shopclerk-wide')).querySelector('button')!;
  const clipboard = navigator.clipboard;
  const become = (value: unknown): unknown =>
    Object.defineProperty(navigator, 'clipboard', { value, configurable: true });
  afterEach(() => become(clipboard));

  it('copies the code, says so, and keeps the focus', async () => {
    let copied = '';
    become({ writeText: (what: string) => ((copied = what), Promise.resolve()) });
    const { view, said } = await show(text(CODE));
    button(view).focus();
    button(view).click();
    await frame();
    expect(copied).to.equal('npm ci\nnpm test');
    expect(said).to.deep.equal(['Copied']);
    expect(button(view).textContent).to.equal('Copied');
    expect(hasFocus(button(view))).to.equal(true);
  });

  for (const [name, value] of [
    ['may not be written to', { writeText: () => Promise.reject(new DOMException('', 'NotAllowedError')) }],
    ['is not there', undefined],
  ] as const) {
    it(`selects the code where the clipboard ${name}`, async () => {
      become(value);
      const { view, said } = await show(text(CODE), 'he');
      button(view).click();
      await frame();
      expect(String(document.getSelection()).trim()).to.equal('npm ci\nnpm test');
      expect(said).to.deep.equal(['הטקסט סומן. אפשר להעתיק אותו מהמקלדת.']);
    });
  }

  it('outlasts the growing of its code', async () => {
    const { view } = await show(
      answer('a', [{ type: 'text', content: 'Run:\n\n```sh\nnpm' }], { status: 'streaming' }),
    );
    const first = button(view);
    view.message = text(CODE);
    await settled(view);
    expect(button(view)).to.equal(first);
    expect(view.querySelector('code')!.textContent).to.equal('npm ci\nnpm test');
  });
});

describe('the sources of an answer', () => {
  const marks = (view: Element): HTMLButtonElement[] =>
    [...view.querySelectorAll('shopclerk-cite')].flatMap((mark) => inside(mark).querySelector('button') ?? []);

  it('are marked where they are known, and named to who listens', async () => {
    const { view } = await show(cited);
    expect(marks(view).map((mark) => mark.getAttribute('aria-label'))).to.deep.equal([
      'Source 1: Returns',
      'Source 2: Care',
    ]);
    expect(marks(view)[0]!.closest('sup')).not.to.equal(null);
    expect(view.querySelector('p')!.textContent).to.equal('Thirty days, washed.');
  });

  it('are folded until a mark leads to one of them', async () => {
    const { view } = await show(cited);
    const details = view.querySelector('details')!;
    expect(details.open).to.equal(false);
    expect(details.querySelector('summary')!.textContent).to.equal('Sources (2)');
    marks(view)[1]!.click();
    expect(details.open).to.equal(true);
    expect(hasFocus(details.querySelector('li[value="2"]'))).to.equal(true);
  });

  it('tell title, section and words, and link to nothing but http', async () => {
    const { view } = await show(cited);
    const [first, second] = view.querySelectorAll('.sources li');
    expect(first!.textContent.replace(/\s+/g, ' ').trim()).to.equal(
      'Returns (opens in a new tab) · Time Within 30 days.',
    );
    const link = first!.querySelector('a')!;
    expect([link.href, link.target, link.rel]).to.deep.equal([
      'https://shop.example/returns',
      '_blank',
      'noopener noreferrer',
    ]);
    expect(second!.querySelector('a')).to.equal(null);
  });

  it('show nothing where there are none', async () => {
    const { view } = await show(text('Thirty days[^1].'));
    expect(marks(view)).to.deep.equal([]);
    expect(view.querySelector('shopclerk-sources')).to.equal(null);
    expect(view.querySelector('p')!.textContent).to.equal('Thirty days.');
  });

  it('come in the middle of a text without breaking it', async () => {
    const { view } = await show(answer('a', [{ type: 'text', content: 'Thirty ' }], { status: 'streaming' }));
    const [prose] = view.querySelectorAll('shopclerk-prose');
    view.message = cited;
    await settled(view);
    expect([...view.querySelectorAll('shopclerk-prose')]).to.deep.equal([prose]);
    expect(marks(view)).to.have.length(2);
  });

  it('speak Hebrew, from right to left', async () => {
    const { view } = await show(cited, 'he');
    expect(marks(view)[0]!.getAttribute('aria-label')).to.equal('מקור 1: Returns');
    expect(getComputedStyle(view.querySelector('.sources')!).direction).to.equal('rtl');
  });
});
