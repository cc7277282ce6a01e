import { expect, waitUntil } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { ChatEvent } from '../../../proxy/protocol/index.ts';
import { loadLater } from '../../../widget/components/later.ts';
import { laterEn } from '../../../widget/i18n/en-later.ts';
import { en } from '../../../widget/i18n/en.ts';
import { loadLanguage, strings } from '../../../widget/i18n/index.ts';
import { LANGUAGES, type Language } from '../../../widget/i18n/locale.ts';
import { bed, ils, withCart } from '../cards.ts';
import { product, saleProduct } from '../fake-chat.ts';
import { FakeProxy } from '../fake-proxy.ts';
import { settled } from '../panel-fixture.ts';
import { realClerk } from '../real-clerk.ts';

const contact = { email: 'help@pawfield.example', phone: '+972 3 555 1234', url: '/contact', form: true };
const royal = product(21, { title: 'Royal Bowl (2 kg)', price: { min: ils(3990), max: ils(9990) } });
const kibble = product(22, { title: 'מזון יבש Royal Canin 2.5 ק״ג', availability: 'backorder' });

const everything: ChatEvent[] = [
  { type: 'text', content: 'Three of them: **AB-1234**, for 39.90.' },
  { type: 'products', data: [royal, saleProduct, kibble, bed] },
  { type: 'products', data: [bed] },
  { type: 'comparison', data: [royal, saleProduct], rows: [{ name: 'Size', values: ['S', null] }] },
  { type: 'notice', code: 'contact', contact },
];

/** What is meant to be wider than its place, because it scrolls or fades out, and what is only heard. */
const SCROLLS = '.track *, .compare-scroll *, .unseen, .unseen *, svg *';

/** Texts and buttons of the panel that reach over its edges, and those that are cut off by their own. */
function outside(panel: HTMLElement): string[] {
  const { left, right } = panel.getBoundingClientRect();
  return [...panel.querySelectorAll<HTMLElement>('*')]
    .filter((element) => element.checkVisibility() && !element.matches(SCROLLS))
    .filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.left < left - 1 || box.right > right + 1);
    })
    .map((element) => `${element.localName}.${element.className}: ${element.textContent.trim().slice(0, 40)}`);
}

function cutOff(panel: HTMLElement): string[] {
  return [...panel.querySelectorAll<HTMLElement>('button, .stock, .price, .facts, .disclosure, .notice p, select')]
    .filter(
      (element) =>
        element.checkVisibility() && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0,
    )
    .map((element) => `${element.className}: ${element.textContent.trim()}`);
}

/**
 * Where the words of `text` are on the screen. Where directions mix, WebKit adds an empty box to a range, at the end of the
 * line's stretch before it: that one shows nothing and doesn't count.
 */
function boxOf(element: Element, text: string): DOMRect {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.textContent!.indexOf(text);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + text.length);
    const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
    const left = Math.min(...boxes.map((box) => box.left));
    const top = Math.min(...boxes.map((box) => box.top));
    const right = Math.max(...boxes.map((box) => box.right));
    return new DOMRect(left, top, right - left, Math.max(...boxes.map((box) => box.bottom)) - top);
  }
  throw new Error(`There is no "${text}" in ${element.textContent}`);
}

/** Every text two fifths longer: what a language yet to come may need. */
function longer<Words extends object>(words: Words): Words {
  const stretch = (text: string): string => text + ' óñé'.repeat(Math.ceil((text.length * 0.4) / 4));
  return Object.fromEntries(
    Object.entries(words).map(([key, value]: [string, unknown]) => {
      if (key.startsWith('$')) return [key, value];
      if (typeof value === 'string') return [key, value && stretch(value)];
      if (typeof value === 'object') return [key, longer(value as object)];
      return [key, (...told: unknown[]) => stretch((value as (...told: unknown[]) => string)(...told))];
    }),
  ) as Words;
}

describe('the layout of', () => {
  const proxy = new FakeProxy();
  beforeEach(async () => {
    proxy.settings = { ...withCart, contact, greeting: {}, privacy_url: '/privacy', demo_model: true };
    proxy.answer = everything;
    proxy.install();
    await setViewport({ width: 320, height: 640 });
  });
  afterEach(async () => {
    proxy.uninstall();
    localStorage.clear();
    sessionStorage.clear();
    strings.en = en;
    await setViewport({ width: 900, height: 800 });
  });

  async function talk(language: Language) {
    await loadLanguage(language);
    await loadLater();
    const { clerk, root, opened, until } = await realClerk(language);
    await opened();
    const panel = root.querySelector<HTMLElement>('.panel')!;
    const atStart = [...outside(panel), ...cutOff(panel)];
    await clerk.send('Royal Bowl, מק״ט AB-1234?');
    await until(({ turn }) => turn === null);
    // The arrows appear when the track has been measured.
    await waitUntil(() => panel.querySelector('.arrow') !== null || proxy.answer !== everything);
    await settled(root);
    return { clerk, root, panel, atStart };
  }

  async function fits(language: Language): Promise<void> {
    const { root, panel, atStart } = await talk(language);
    expect(atStart).to.deep.equal([]);
    expect(panel.getBoundingClientRect().width).to.equal(320);
    expect(panel.lang).to.equal(language);
    expect([...outside(panel), ...cutOff(panel)]).to.deep.equal([]);
    root.querySelector<HTMLElement>('.add')!.click();
    root.querySelector<HTMLElement>('[part=contact-open]')!.click();
    await settled(root);
    expect([...outside(panel), ...cutOff(panel)]).to.deep.equal([]);
  }

  for (const language of LANGUAGES.split(' ') as Language[]) {
    it(`a phone of 320 px holds all words in ${language}`, () => fits(language));
  }

  it('a phone of 320 px holds words that are two fifths longer', async () => {
    strings.en = { ...longer(en), later: longer(laterEn) };
    await fits('en');
  });

  for (const language of ['he', 'ar'] as const) {
    it(`lines from right to left keep names, prices and numbers whole in ${language}`, async () => {
      const { panel } = await talk(language);
      const cards = [...panel.querySelectorAll('.track:not(.single) > li')].map((card) => card.getBoundingClientRect());
      expect(cards[0]!.left).to.be.greaterThan(cards[1]!.right - 1);
      // What the shopper said stands at the line's end, which is on the left.
      const bubble = panel.querySelector('.bubble')!.getBoundingClientRect();
      expect(bubble.left).to.be.lessThan(40);
      const { close, title } = {
        close: panel.querySelector('.header .round:last-child')!,
        title: panel.querySelector('h2')!,
      };
      expect(close.getBoundingClientRect().right).to.be.lessThan(title.getBoundingClientRect().left);

      const name = panel.querySelector('.card .title')!;
      expect(boxOf(name, 'Royal').right).to.be.at.most(boxOf(name, '(2 kg)').left);
      const phone = panel.querySelector('.notice a[href^=tel]')!;
      expect(boxOf(phone, '+972').right).to.be.at.most(boxOf(phone, '1234').left);
      // "From" comes first, on the right; the amount is read from left to right.
      const price = panel.querySelector('.price')!;
      expect(boxOf(price, '39').left).to.be.lessThan(price.querySelector('.price-from')!.getBoundingClientRect().left);
      expect(boxOf(price, '39').right).to.be.at.most(boxOf(price, '90').left + 1);
    });
  }

  it('an English answer in a Hebrew panel runs from left to right, and a Hebrew one the other way', async () => {
    proxy.answer = [{ type: 'text', content: 'It is AB-1234, for you.\n\nקערה של Royal Bowl 2.5 עולה 39.90.' }];
    const { panel } = await talk('he');
    const prose = panel.querySelector('shopclerk-prose')!;
    expect(boxOf(prose, 'Royal').right).to.be.at.most(boxOf(prose, '2.5').left);
    expect(boxOf(prose, 'קערה').left).to.be.greaterThan(boxOf(prose, 'Royal').right - 1);
    const bubble = panel.querySelector('.bubble')!;
    expect(boxOf(bubble, 'Royal').right).to.be.at.most(boxOf(bubble, 'AB-1234').left);
  });

  it('the arrows of a row point where it goes on', async () => {
    await setViewport({ width: 900, height: 800 });
    for (const [language, mirrored] of [
      ['en', false],
      ['ar', true],
    ] as const) {
      const { clerk, panel } = await talk(language);
      const forward = panel.querySelector('.arrow.forward')!;
      const back = panel.querySelector('.arrow.back')!;
      const turned = getComputedStyle(forward.querySelector('svg')!).transform.startsWith('matrix(-1');
      expect(turned, language).to.equal(mirrored);
      const [first, second] = [back, forward].map((arrow) => arrow.getBoundingClientRect().left);
      expect(first! < second!, language).to.equal(!mirrored);
      clerk.remove();
    }
  });

  it('a shop is called as the shopper’s language writes its name', async () => {
    proxy.settings = { ...proxy.settings, names: { he: 'שדה הכפות' } };
    for (const [language, name, initial] of [
      ['he', 'שדה הכפות', 'ש'],
      ['en', 'Pawfield', 'P'],
    ] as const) {
      const { clerk, panel } = await talk(language);
      expect(panel.querySelector('h2')!.textContent).to.equal(name);
      expect(panel.querySelector('.initial')!.textContent.trim()).to.equal(initial);
      clerk.remove();
    }
  });

  it('a shop’s own words stand in the panel, as text', async () => {
    proxy.settings = {
      ...proxy.settings,
      strings: { en: { placeholder: '<b>Ask</b> away', addToCart: 'Into the basket' } },
    };
    const { clerk, root, panel } = await talk('en');
    const input = panel.querySelector('textarea')!;
    while (input.placeholder === en.placeholder) await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(input.placeholder).to.equal('<b>Ask</b> away');
    clerk.strings = { en: { open: 'Ask Pawfield', close: 'Put away', sned: 'x' } };
    await clerk.updateComplete;
    await settled(root);
    expect(root.querySelector<HTMLElement>('.launcher button')!.ariaLabel).to.equal('Put away');
    expect(panel.querySelector('.add:not(.undecided)')!.textContent).to.contain('Into the basket');
    await clerk.close();
    expect(root.querySelector<HTMLElement>('.launcher button')!.ariaLabel).to.equal('Ask Pawfield');
    await expect(clerk).to.be.accessible();
  });
});
