import { expect } from '@open-wc/testing';
import { html } from 'lit';
import type { AnnounceIntent } from '../../../widget/components/intents.ts';
import type { AnswerIntent } from '../../../widget/components/later-intents.ts';
import { loadLater } from '../../../widget/components/later.ts';
import '../../../widget/components/message.ts';
import { strings } from '../../../widget/i18n/index.ts';
import type { ActPart, Message, Part } from '../../../widget/state/state.ts';
import { bed, ils, withCart } from '../cards.ts';
import { answer, FakeShopClerk, product, turnOf, userMessage } from '../fake-chat.ts';
import { hasFocus, inPanel, settled } from '../panel-fixture.ts';

await loadLater();
customElements.define('fake-cart-clerk', FakeShopClerk);

const toAdd = (progress: ActPart['progress'], change: Partial<ActPart> = {}): ActPart => ({
  type: 'act',
  callId: 'call_1',
  act: { name: 'add_to_cart', arguments: { product: bed, variant_id: 'v3', quantity: 2 } },
  progress,
  ...change,
});
const toLook = (progress: ActPart['progress']): ActPart => ({
  type: 'act',
  callId: 'call_2',
  act: { name: 'view_cart', arguments: {} },
  progress,
});
const streaming = { status: 'streaming' } as const;

async function show(part: Part, change: Partial<Message> = streaming, language: 'en' | 'he' = 'en') {
  const words = strings[language];
  const said: string[] = [];
  const answers: [string, boolean][] = [];
  const panel = await inPanel(
    html`<shopclerk-message
      .message=${answer('a', [part], change)}
      .shop=${withCart}
      .strings=${words}
      .locale=${language}
      @intent-announce=${({ text }: AnnounceIntent) => said.push(text)}
      @intent-answer=${({ callId, agreed }: AnswerIntent) => answers.push([callId, agreed])}
    ></shopclerk-message>`,
    words.$dir,
  );
  const view = panel.querySelector('shopclerk-message')!;
  await settled(panel);
  async function become(next: Part, change: Partial<Message> = streaming): Promise<void> {
    view.message = answer('a', [next], change);
    await settled(panel);
  }
  return { panel, view, said, answers, become, act: panel.querySelector<HTMLElement>('.act')! };
}

function text(element: Element | null): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

describe('what the assistant wants in the cart', () => {
  it('is accessible in every state', async () => {
    const states = [toAdd('asking'), toAdd('acting'), toAdd({ ok: true }), toAdd({ ok: false, code: 'quantity' })];
    for (const state of [...states, toLook({ ok: true, cart: { count: 1, items: [] } })]) {
      await expect((await show(state)).panel).to.be.accessible();
      await expect((await show(state, streaming, 'he')).panel).to.be.accessible();
    }
  });

  it('is named as the catalogue names it in the shopper’s language', async () => {
    const product = { ...bed, labels: { 'L / Sand': 'L / חול' } };
    const act = { name: 'add_to_cart', arguments: { product, variant_id: 'v3', quantity: 1 } } as const;
    const shown = await show(toAdd('asking', { act }), streaming, 'he');
    expect(text(shown.act.querySelector('.act-line'))).to.contain('Cloud bed, L / חול');
  });

  it('says what, how many and for how much, once, and waits for a yes', async () => {
    const { act, said, answers, view } = await show(toAdd('asking'));
    expect(text(act.querySelector('.act-line'))).to.equal('2 × Cloud bed, L / Sand — ₪349.00 each');
    expect(said).to.deep.equal(['Add to your cart? 2 × Cloud bed, L / Sand — ₪349.00 each']);
    expect(view.querySelectorAll('.typing, .tool')).to.have.length(0);
    expect(answers).to.deep.equal([]);
    act.querySelector<HTMLElement>('[part=confirm]')!.click();
    expect(answers).to.deep.equal([['call_1', true]]);
  });

  it('takes a no, and keeps the focus with what it was about', async () => {
    const { act, answers, become, said } = await show(toAdd('asking'));
    const no = act.querySelector<HTMLElement>('[part=decline]')!;
    no.focus();
    no.click();
    await become(toAdd({ ok: false, code: 'declined' }));
    expect(answers).to.deep.equal([['call_1', false]]);
    expect(hasFocus(act)).to.equal(true);
    expect(text(act.querySelector('.act-outcome'))).to.equal('Not added.');
    expect(said.at(-1)).to.equal('Not added.');
  });

  it('tells how it ended, with undo and the way to the cart', async () => {
    const { act, become, said } = await show(toAdd('asking'));
    await become(toAdd('acting'));
    await become(toAdd({ ok: true }, { undo: async () => ({ ok: true, cart: null, undo: null }) }));
    expect(text(act.querySelector('.added'))).to.equal('✓ Added to your cart Undo View cart');
    expect(said.at(-1)).to.equal('Added to your cart');
  });

  it('is no longer asked when the turn is over, and silent when it comes from an old conversation', async () => {
    const over = await show(toAdd('asking'), { status: 'stopped' });
    expect(over.act.querySelectorAll('button')).to.have.length(0);
    const old = await show(toAdd({ ok: true }), {});
    expect(old.said).to.deep.equal([]);
    expect(old.act.querySelectorAll('button')).to.have.length(0);
  });

  it('says what is in the cart', async () => {
    const { act } = await show(toLook({ ok: true, cart: { count: 3, items: [], total: ils(12970) } }));
    expect(text(act)).to.equal('3 items in your cart: ₪129.70');
  });

  it('can be passed over by asking something else', async () => {
    const clerk = document.createElement('fake-cart-clerk') as FakeShopClerk;
    document.body.append(clerk);
    try {
      await clerk.open();
      const message = answer('a', [toAdd('asking')], streaming);
      await clerk.chat.become({ shop: withCart, messages: [userMessage('q', 'Buy it'), message], turn: turnOf('a') });
      await settled(clerk.shadowRoot!);
      expect(clerk.shadowRoot!.querySelectorAll('[part=send]')).to.have.length(1);
      clerk.shadowRoot!.querySelector<HTMLElement>('[part=confirm]')!.click();
      expect(clerk.chat.calls).to.include('answerAct call_1 true');
      await clerk.chat.become({ messages: [answer('a', [toAdd('acting')], streaming)] });
      await settled(clerk.shadowRoot!);
      expect(clerk.shadowRoot!.querySelectorAll('[part=stop]')).to.have.length(1);
    } finally {
      clerk.remove();
    }
  });
});

describe('a comparison', () => {
  const part: Part = {
    type: 'comparison',
    title: 'Two beds',
    products: [bed, product(2, { title: 'Round bed', rating: { value: 4, count: 2 } }), product(3), product(4)],
    rows: [{ name: 'Filling', values: ['Foam', null, 'Wool', '<b>Straw</b>'] }],
    gone: [{ id: 9, title: 'Old bed' }],
  };

  it('is accessible, and a table with heads for its rows and its columns', async () => {
    const { panel } = await show(part, {});
    await expect(panel).to.be.accessible();
    await expect((await show(part, {}, 'he')).panel).to.be.accessible();
    expect(panel.querySelectorAll('th[scope=col]')).to.have.length(4);
    expect([...panel.querySelectorAll('th[scope=row]')].map(text)).to.deep.equal([
      'Price',
      'Availability',
      'Rating',
      'Filling',
    ]);
    const cells = [...panel.querySelectorAll('tbody tr:last-child td')].map(text);
    expect(cells).to.deep.equal(['Foam', '–Not stated', 'Wool', '<b>Straw</b>']);
    expect(text(panel.querySelector('.compare .note'))).to.equal('Old bed: No longer sold');
  });

  it('scrolls inside itself on a narrow screen, with its first column in sight, in both directions', async () => {
    for (const language of ['en', 'he'] as const) {
      const { panel } = await show(part, {}, language);
      panel.style.width = '320px';
      const scroller = panel.querySelector<HTMLElement>('.compare-scroll')!;
      expect(scroller.scrollWidth).to.be.greaterThan(scroller.clientWidth);
      expect(panel.scrollWidth).to.be.lessThan(322);
      const first = panel.querySelector('tbody th')!;
      const before = first.getBoundingClientRect().left;
      scroller.scrollLeft = language === 'he' ? -120 : 120;
      expect(Math.abs(scroller.scrollLeft)).to.equal(120);
      expect(Math.abs(first.getBoundingClientRect().left - before)).to.be.lessThan(2);
    }
  });
});
