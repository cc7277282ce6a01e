import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import type { Product, ShopSettings } from '../../../proxy/protocol/index.ts';
import type { CartResult } from '../../../widget/cart/types.ts';
import type { Chat } from '../../../widget/controllers/types.ts';
import type { AnnounceIntent } from '../../../widget/components/intents.ts';
import { loadLater } from '../../../widget/components/later.ts';
import '../../../widget/components/message.ts';
import '../../../widget/components/product-carousel.ts';
import { loadPast } from '../../../widget/controllers/past.ts';
import { strings } from '../../../widget/i18n/index.ts';
import { bed, fakeCart, ils, withCart } from '../cards.ts';
import { answer, product } from '../fake-chat.ts';
import { hasFocus, inPanel, settled } from '../panel-fixture.ts';

await loadLater();

async function show(products: readonly Product[], language: 'en' | 'he' = 'en', shop: ShopSettings = withCart) {
  const words = strings[language];
  const said: string[] = [];
  const panel = await inPanel(
    html`<shopclerk-product-carousel
      .products=${products}
      .shop=${shop}
      .strings=${words}
      .locale=${language}
      @intent-announce=${({ text }: AnnounceIntent) => said.push(text)}
    ></shopclerk-product-carousel>`,
    words.$dir,
  );
  const cart = fakeCart(panel);
  const button = panel.querySelector<HTMLButtonElement>('.add')!;
  const drawn = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await settled(panel);
  };
  return {
    panel,
    said,
    cart,
    button,
    drawn,
    async press(element: HTMLElement = button) {
      element.click();
      await drawn();
    },
    async choose(name: string, value: string) {
      const select = panel.querySelector<HTMLSelectElement>(`select[aria-label=${name}]`);
      if (select) {
        select.value = value;
        select.dispatchEvent(new Event('change', { bubbles: true }));
      } else {
        [...panel.querySelectorAll<HTMLElement>('.value')]
          .find((label) => text(label).split(',')[0] === value)!
          .click();
      }
      await drawn();
    },
  };
}

function text(element: Element | null): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

const bowl = product(12, { title: 'Blue bowl' });
const added: CartResult = { ok: true, cart: null, undo: null };

describe('adding to the cart from a card', () => {
  it('is told to the shop’s owner, once, of an answer that the proxy has, and only when it is in the cart', async () => {
    const sent: unknown[] = [];
    const room = {
      session: async () => undefined,
      signal: () => new AbortController().signal,
      transport: { request: async (request: unknown) => void sent.push(request) },
    };
    const lost: CartResult = { ok: false, code: 'out_of_stock' };
    for (const [id, result] of [
      ['msg_1', lost],
      ['local:1', added],
      ['msg_1', added],
    ] as const) {
      const message = answer('a', [{ type: 'products', products: [bowl] }], { id, status: 'done' });
      const panel = await inPanel(
        html`<shopclerk-message .message=${message} .shop=${withCart} .strings=${strings.en} locale="en"></shopclerk-message>`,
        'ltr',
      );
      fakeCart(panel).result = Promise.resolve(result);
      panel.addEventListener('intent-act', ({ act }) => act({ room } as unknown as Chat));
      await settled(panel);
      panel.querySelector<HTMLButtonElement>('.add')!.click();
      await new Promise((resolve) => setTimeout(resolve));
      await settled(panel);
    }
    const [request, ...others] = sent as { path: string; body: { addition_id: string } }[];
    expect(others).to.deep.equal([]);
    expect(request!.path).to.equal('/api/messages/msg_1/additions');
    const { addition_id, ...body } = request!.body;
    expect(addition_id).to.match(/^cmsg_[0-9a-f]{32}$/);
    expect(body).to.deep.equal({ product_id: bowl.id, quantity: 1 });
  });

  it('is accessible, before and after', async () => {
    for (const language of ['en', 'he'] as const) {
      for (const products of [[bed], [bed, bowl]]) {
        const { panel, press, button } = await show(products, language);
        await press(panel.querySelectorAll<HTMLElement>('.add')[products.length - 1] ?? button);
        await expect(panel).to.be.accessible();
      }
    }
  });

  it('is not offered where the page has no cart, and not for what is sold out', async () => {
    const none = await show([bed], 'en', { ...withCart, cart: 'none' });
    expect(none.panel.querySelectorAll('.add, select, input')).to.have.length(0);
    const { panel } = await show([product(1, { availability: 'out_of_stock' })]);
    expect(panel.querySelectorAll('.add')).to.have.length(0);
    expect(text(panel.querySelector('.action'))).to.contain('View product');
  });

  it('asks for what is left to choose, and goes there', async () => {
    const { panel, press, button, said, cart, choose } = await show([bed, bowl]);
    expect(text(button)).to.equal('Choose options: Cloud bed');
    await press();
    const [size, colour] = panel.querySelectorAll('select');
    expect(hasFocus(size!)).to.equal(true);
    expect(size!.getAttribute('aria-invalid')).to.equal('true');
    expect(text(panel.querySelector('.refusal'))).to.equal('Please choose first: Size.');
    await choose('Size', 'L');
    expect(panel.querySelector('.refusal')).to.equal(null);
    await press();
    expect(hasFocus(colour!)).to.equal(true);
    expect(said).to.deep.equal(['Please choose first: Size.', 'Please choose first: Colour.']);
    expect(cart.asked).to.have.length(0);
  });

  it('shows what was chosen, whatever a browser made of the field meanwhile', async () => {
    const { panel, choose } = await show([bed, bowl]);
    await choose('Size', 'L');
    const size = panel.querySelector('select')!;
    size.selectedIndex = 0;
    await choose('Colour', 'Sand');
    expect(size.value).to.equal('L');
  });

  it('tells the chosen variant’s price, and puts that variant into the cart', async () => {
    for (const products of [[bed], [bed, bowl]]) {
      const { panel, press, choose, cart, said } = await show(products);
      expect(text(panel.querySelector('.price'))).to.equal('From ₪199.00');
      await choose('Size', 'L');
      await choose('Colour', 'Sand');
      expect(text(panel.querySelector('.price'))).to.equal('Sale price ₪349.00 Regular price ₪399.00');
      await press();
      expect(cart.asked).to.have.length(1);
      const [{ variant, options, quantity }] = cart.asked as [(typeof cart.asked)[0]];
      expect([variant.id, quantity, options.map(({ value }) => value)]).to.deep.equal(['v3', 1, ['L', 'Sand']]);
      expect(said).to.deep.equal(['Added to your cart: Cloud bed']);
    }
  });

  it('is chosen in the shopper’s language, and goes into the cart under its own names', async () => {
    const labels = { Size: 'מידה', Colour: 'צבע', Sand: 'חול' };
    for (const products of [[{ ...bed, labels }], [{ ...bed, labels }, bowl]]) {
      const { panel, press, choose, cart, said } = await show(products, 'he');
      await press();
      expect(said.at(-1)).to.contain('מידה');
      expect(text(panel.querySelector('.refusal'))).to.equal('יש לבחור קודם: מידה.');
      await choose('מידה', 'L');
      const wide = products.length === 1;
      await choose('צבע', wide ? 'חול' : 'Sand');
      expect(text(panel.querySelectorAll('.axis')[1]!))
        .to.contain('חול')
        .and.not.to.contain('Sand');
      await press();
      const [{ variant, options }] = cart.asked as [(typeof cart.asked)[0]];
      expect(variant.id).to.equal('v3');
      expect(options).to.deep.equal(variant.options);
    }
  });

  it('marks what is sold out or not made, and hides neither', async () => {
    const { panel, choose, button, press, cart } = await show([bed]);
    const marks = () => [...panel.querySelectorAll('.value')].map(text);
    expect(marks()).to.deep.equal(['S', 'L', 'Grey', 'Sand']);
    await choose('Size', 'S');
    expect(marks()).to.deep.equal(['S', 'L', 'Grey', 'Sand, Not available']);
    await choose('Colour', 'Grey');
    expect(marks()).to.deep.equal(['S', 'L, Out of stock', 'Grey', 'Sand, Not available']);
    await choose('Size', 'L');
    expect(text(button)).to.equal('Out of stock: Cloud bed');
    expect(button.getAttribute('aria-disabled')).to.equal('true');
    expect(text(panel.querySelector('.stock'))).to.equal('Out of stock');
    await press();
    expect(cart.asked).to.have.length(0);
  });

  it('is done once for a double click, and while it is under way', async () => {
    const { cart, button, press } = await show([bowl]);
    let finish!: (result: CartResult) => void;
    cart.result = new Promise((resolve) => (finish = resolve));
    await press();
    expect(text(button)).to.equal('Adding…: Blue bowl');
    await press();
    finish(added);
    await waitUntil(() => text(button) === 'Add another: Blue bowl');
    button.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }));
    expect(cart.asked).to.have.length(1);
  });

  it('can be undone, and never loses the focus', async () => {
    const { panel, cart, button, press, drawn, said } = await show([bowl]);
    let undone = 0;
    const undo = async () => {
      undone++;
      return added;
    };
    cart.result = Promise.resolve({ ...added, undo });
    button.focus();
    await press();
    expect(hasFocus(button)).to.equal(true);
    const result = panel.querySelector('.added')!;
    expect(text(result)).to.equal('✓ Added to your cart Undo View cart');
    expect(result.querySelector('a')!.pathname).to.equal('/cart');
    result.querySelector('button')!.focus();
    await press(result.querySelector('button')!);
    await drawn();
    expect(undone).to.equal(1);
    expect(text(result)).to.equal('Taken out of your cart again');
    expect(hasFocus(result)).to.equal(true);
    expect(said).to.deep.equal(['Added to your cart: Blue bowl', 'Taken out of your cart again']);
  });

  it('says in words why it did not work, once, and can be tried again', async () => {
    const { panel, cart, press, said, button } = await show([bowl]);
    cart.result = Promise.resolve({ ok: false, code: 'out_of_stock' });
    await press();
    expect(text(panel.querySelector('.refusal'))).to.equal('Sorry, there is not enough of it left.');
    expect(said).to.deep.equal(['Sorry, there is not enough of it left.']);
    expect(text(button)).to.equal('Add to cart: Blue bowl');
    cart.result = Promise.resolve(added);
    await press();
    expect(panel.querySelectorAll('.refusal')).to.have.length(0);
  });

  it('works by keyboard alone', async () => {
    const { panel, cart, drawn, button } = await show([bed]);
    panel.querySelector<HTMLInputElement>('input')!.focus();
    await sendKeys({ press: 'ArrowRight' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'ArrowDown' });
    await drawn();
    await sendKeys({ press: 'Tab' });
    expect(hasFocus(button)).to.equal(true);
    await sendKeys({ press: 'Enter' });
    await drawn();
    expect(cart.asked.map(({ variant }) => variant.id)).to.deep.equal(['v3']);
  });

  it('leaves the arrow keys to the lists, and walks from button to button', async () => {
    const { panel } = await show([bed, bowl]);
    const [first, second] = panel.querySelectorAll<HTMLElement>('.add');
    const press = (target: HTMLElement): boolean =>
      target.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
    expect(press(panel.querySelector('select')!)).to.equal(true);
    first!.focus();
    expect(press(first!)).to.equal(false);
    expect(hasFocus(second!)).to.equal(true);
  });

  it('keeps prices and actions in line beside cards with nothing to choose', async () => {
    const { panel } = await show([bed, bowl, product(13, { availability: 'out_of_stock' })]);
    for (const part of ['.price', '.action']) {
      const tops = [...panel.querySelectorAll(part)].map((element) => element.getBoundingClientRect().top);
      expect(new Set(tops), part).to.have.property('size', 1);
    }
  });

  it('moves nothing when a picture comes: its place has its size', async () => {
    const { panel } = await show([product(1, { images: [{ url: '/none.png', width: 30, height: 90 }] }), bowl]);
    const picture = panel.querySelector('img')!;
    expect([picture.width > 0, picture.getAttribute('height'), picture.loading]).to.deep.equal([true, '90', 'lazy']);
    const [one, other] = [...panel.querySelectorAll('.media')].map((media) => media.getBoundingClientRect().height);
    expect(one).to.equal(other);
  });
});

describe('cards of an old conversation', () => {
  it('say what has changed since', async () => {
    const { panel } = await show([
      product(1, { then: { price: { min: ils(4990), max: ils(4990) } } }),
      product(2, { availability: 'out_of_stock', then: { availability: 'in_stock' } }),
      product(3, { then: { availability: 'out_of_stock' } }),
    ]);
    expect([...panel.querySelectorAll('.then')].map(text)).to.deep.equal([
      'Was ₪49.90 when shown',
      'Sold out since',
      'Back in stock',
    ]);
  });

  it('keep the place of what is no longer sold', async () => {
    // It comes with the conversation.
    await loadPast();
    const panel = await inPanel(
      html`<shopclerk-product-carousel
        .products=${[bowl]}
        .gone=${[{ id: 9, title: 'Old wand' }]}
        .strings=${strings.en}
        .locale=${'en'}
      ></shopclerk-product-carousel>`,
    );
    expect(text(panel.querySelector('.gone'))).to.equal('Old wand No longer sold');
    await expect(panel).to.be.accessible();
  });
});
