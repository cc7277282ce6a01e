import { expect, oneEvent, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import type { Product } from '../../../proxy/protocol/index.ts';
import '../../../widget/components/product-carousel.ts';
import { later, loadLater } from '../../../widget/components/later.ts';
import type { ProductCarousel } from '../../../widget/components/product-carousel.ts';
import { strings } from '../../../widget/i18n/index.ts';
import { product, saleProduct } from '../fake-chat.ts';
import { hasFocus, inPanel, settled } from '../panel-fixture.ts';

async function show(products: readonly Product[], language: 'en' | 'he' = 'en'): Promise<ProductCarousel> {
  const words = strings[language];
  const panel = await inPanel(
    html`<shopclerk-product-carousel
      .products=${products}
      .heading=${'For puppies'}
      .strings=${words}
      .locale=${language}
    ></shopclerk-product-carousel>`,
    words.$dir,
  );
  const carousel = panel.querySelector('shopclerk-product-carousel')!;
  // The arrows appear in the frame after the one in which the track has been measured.
  for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  await settled(panel);
  return carousel;
}

const six = [saleProduct, ...[2, 3, 4, 5, 6].map((id) => product(id))];

function text(element: Element | null): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

function focused(element: Element): Element | null {
  return (element.getRootNode() as ShadowRoot).activeElement;
}

describe('product cards', () => {
  it('are accessible', async () => {
    await expect(await show(six)).to.be.accessible();
    await expect(await show([saleProduct])).to.be.accessible();
    await expect(await show(six, 'he')).to.be.accessible();
  });

  it('read out a sale as the new price and the old one', async () => {
    const carousel = await show([saleProduct]);
    expect(text(carousel.querySelector('.price'))).to.equal('Sale price ₪179.90 Regular price ₪219.90');
    expect(carousel.querySelector('s')!.contains(carousel.querySelector('[part=card-price]'))).to.equal(false);
  });

  it('say from where the price begins when the variants differ', async () => {
    const range = product(7, {
      price: { min: { amount: 500, currency: 'JPY' }, max: { amount: 900, currency: 'JPY' } },
    });
    expect(text((await show([range])).querySelector('.price'))).to.equal('From ¥500');
  });

  it('tell what a measure costs, of the one variant there is', async () => {
    const bag = product(8);
    bag.variants[0]!.unit_price = { price: { amount: 3_995, currency: 'ILS' }, per: 'kg' };
    expect(text((await show([bag])).querySelector('.price-unit'))).to.equal('₪39.95 / kg');
  });

  it('name the stock with a word, not only with a colour', async () => {
    const carousel = await show([product(1), product(2, { availability: 'out_of_stock' })]);
    const stock = [...carousel.querySelectorAll('.stock')].map(text);
    expect(stock).to.deep.equal(['In stock', 'Out of stock']);
  });

  it('draw a placeholder for a picture that is missing or broken', async () => {
    const noPicture = new URL('/package.json', location.href).href;
    const carousel = await show([product(1), product(2, { images: [{ url: noPicture }] })]);
    const shown = (what: string): number =>
      [...carousel.querySelectorAll(`.media ${what}`)].filter((element) => element.checkVisibility()).length;
    await waitUntil(() => shown('svg') === 2);
    expect(shown('img')).to.equal(0);
  });

  it('open the shop’s page in the same tab, and any other beside it', async () => {
    const here = product(1, { url: new URL('/product/1', location.href).href });
    const [own, other] = (await show([here, product(2)])).querySelectorAll('a');
    expect(own!.target).to.equal('');
    expect(other!.target).to.equal('_blank');
    expect(text(other!)).to.equal('View product: Product 2 (opens in a new tab)');
  });

  it('have no link where the catalogue’s URL is not http', async () => {
    const carousel = await show([product(1, { url: 'javascript:alert(1)' }), product(2)]);
    expect(carousel.querySelectorAll('a')).to.have.length(1);
  });

  it('tell a reader where in the row a card is', async () => {
    const carousel = await show(six);
    expect(text(carousel.querySelectorAll('li')[1]!.querySelector('.unseen'))).to.equal('2 of 6');
  });

  // The first of these tests with a key, so what the keys need is not there yet.
  it('keep a key that is pressed before what it needs is there', async () => {
    expect(later()).to.equal(null);
    const carousel = await show(six);
    const links = carousel.querySelectorAll('a');
    links[0]!.focus();
    links[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
    expect(hasFocus(links[0]!)).to.equal(true);
    await loadLater();
    await waitUntil(() => hasFocus(links[1]!));
  });

  it('are walked with the arrow keys', async () => {
    const carousel = await show(six);
    const links = carousel.querySelectorAll('a');
    links[0]!.focus();
    // The focus has brought it.
    await loadLater();
    const press = (key: string): boolean =>
      focused(carousel)!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    press('ArrowRight');
    expect(hasFocus(links[1]!)).to.equal(true);
    press('End');
    expect(hasFocus(links[5]!)).to.equal(true);
    press('ArrowRight');
    expect(hasFocus(links[5]!)).to.equal(true);
    press('Home');
    expect(hasFocus(links[0]!)).to.equal(true);
  });

  it('show their arrows in a page whose frames are held back', async () => {
    const { requestAnimationFrame: frame } = window;
    window.requestAnimationFrame = () => 0;
    try {
      const panel = await inPanel(html`<shopclerk-product-carousel
        .products=${six}
        .strings=${strings.en}
        .locale=${'en'}
      ></shopclerk-product-carousel>`);
      await waitUntil(() => panel.querySelector('.arrow') !== null);
    } finally {
      window.requestAnimationFrame = frame;
    }
  });

  it('run from right to left in Hebrew, with the keys turned round', async () => {
    const carousel = await show(six, 'he');
    const links = carousel.querySelectorAll('a');
    expect(links[0]!.getBoundingClientRect().left).to.be.greaterThan(links[1]!.getBoundingClientRect().left);
    links[0]!.focus();
    links[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true, cancelable: true }));
    expect(hasFocus(links[1]!)).to.equal(true);
  });

  it('page with two buttons that keep the focus at the ends', async () => {
    const carousel = await show(six);
    const track = carousel.querySelector<HTMLElement>('.track')!;
    const [back, forward] = carousel.querySelectorAll<HTMLButtonElement>('.arrow');
    expect(back!.getAttribute('aria-disabled')).to.equal('true');
    forward!.focus();
    track.style.scrollBehavior = 'auto';
    for (let presses = 0; presses < 4; presses++) {
      const scrolled = oneEvent(track, 'scroll');
      if (forward!.getAttribute('aria-disabled') === 'true') break;
      forward!.click();
      await scrolled;
      await carousel.updateComplete;
    }
    expect(forward!.getAttribute('aria-disabled')).to.equal('true');
    expect(back!.getAttribute('aria-disabled')).to.equal('false');
    expect(hasFocus(forward!)).to.equal(true);
  });

  it('have their prices, stock and links in line, whatever else they say', async () => {
    const long = 'A very long name that goes on and on for a large senior dog with sensitive joints';
    const range = { min: { amount: 1234500, currency: 'ILS' }, max: { amount: 2234500, currency: 'ILS' } };
    const carousel = await show([
      product(1, { title: long, brand: 'Green Bowl' }),
      product(2, { availability: 'unknown' }),
      product(3, { price: range, list_price: { amount: 3234500, currency: 'ILS' } }),
    ]);
    for (const part of ['.title', '.price', '.action']) {
      const tops = [...carousel.querySelectorAll(part)].map((element) => element.getBoundingClientRect().top);
      expect(new Set(tops), part).to.have.property('size', 1);
    }
  });

  it('show one product as a wide card with its options', async () => {
    const carousel = await show([product(1, { options: [{ name: 'Size', values: ['2 kg', '7 kg'] }] })]);
    expect(text(carousel.querySelector('.options'))).to.equal('Size2 kg · 7 kg');
    expect(carousel.querySelectorAll('.arrow')).to.have.length(0);
  });
});
