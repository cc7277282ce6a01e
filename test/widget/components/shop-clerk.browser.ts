import { expect, fixture, oneEvent, waitUntil } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { html } from 'lit';
import { proxyOf } from '../../../widget/element/chat-of.ts';
import type { ProductClickEvent } from '../../../widget/events.ts';
import { answer, FakeShopClerk, product, shop, turnOf, userMessage } from '../fake-chat.ts';
import { hasFocus, settled } from '../panel-fixture.ts';

customElements.define('shop-clerk', FakeShopClerk);

interface Page {
  clerk: FakeShopClerk;
  root: ShadowRoot;
  launcher: HTMLButtonElement;
  find<T extends HTMLElement = HTMLElement>(selector: string): T | null;
  settle(): Promise<void>;
}

async function page(template = html`<shop-clerk shop="acme" locale="en"></shop-clerk>`): Promise<Page> {
  const top = await fixture<HTMLElement>(html`<div>${template}</div>`);
  const clerk = top.querySelector<FakeShopClerk>('shop-clerk')!;
  await clerk.updateComplete;
  const root = clerk.shadowRoot!;
  return {
    clerk,
    root,
    launcher: root.querySelector('[part=launcher]')!,
    find: (selector) => root.querySelector(selector),
    async settle() {
      await clerk.updateComplete;
      await settled(root);
    },
  };
}

async function opened(template?: ReturnType<typeof html>): Promise<Page> {
  const at = await page(template);
  await at.clerk.open();
  await at.settle();
  return at;
}

async function expectSoon(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

const question = userMessage('u1', 'A bed?');
const cards = { type: 'products', products: [product(1), product(2)] } as const;

describe('<shop-clerk>', () => {
  beforeEach(async () => {
    document.documentElement.lang = 'en';
    await setViewport({ width: 900, height: 800 });
    await emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const locale of ['en', 'he']) {
      it(`is accessible in every state (${colorScheme}, ${locale})`, async () => {
        await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const { clerk, settle } = await page(html`<shop-clerk shop="acme" locale=${locale}></shop-clerk>`);
        await expect(clerk).to.be.accessible();
        await clerk.open();
        await settle();
        await expect(clerk).to.be.accessible();
        const failure = { code: 'network', retryable: true } as const;
        for (const state of [
          { shop: { ...shop, demo_model: true }, messages: [question, answer('a1', [cards])] },
          { messages: [question, answer('a1', [], { status: 'streaming' })], turn: turnOf('a1') },
          { messages: [question, answer('a1', [], { status: 'failed', failure })], turn: null },
          { messages: [], shop: null, failure, connection: 'failed' as const },
        ]) {
          await clerk.chat.become(state);
          await settle();
          await expect(clerk).to.be.accessible();
        }
      });
    }
  }

  it('opens from its launcher, focuses the composer, and gives the focus back on Escape', async () => {
    const { clerk, launcher, find, settle } = await page();
    expect(launcher.ariaExpanded).to.equal('false');
    launcher.focus();
    await sendKeys({ press: 'Enter' });
    await settle();
    expect(launcher.ariaExpanded).to.equal('true');
    expect(hasFocus(find('textarea'))).to.equal(true);
    await sendKeys({ press: 'Escape' });
    await settle();
    expect(clerk.opened).to.equal(false);
    expect(hasFocus(launcher)).to.equal(true);
    expect(find('.panel')!.checkVisibility()).to.equal(false);
  });

  it('closes on Escape from its launcher, too', async () => {
    const { clerk, launcher, settle } = await opened();
    launcher.focus();
    await sendKeys({ press: 'Escape' });
    await settle();
    expect(clerk.opened).to.equal(false);
    expect(hasFocus(launcher)).to.equal(true);
  });

  it('leaves the page usable on a desktop', async () => {
    const { find } = await opened();
    expect(find('dialog')!.matches(':modal')).to.equal(false);
  });

  it('covers a phone’s screen and is modal there', async () => {
    await setViewport({ width: 390, height: 700 });
    const { find } = await opened();
    const panel = find('dialog')!;
    expect(panel.matches(':modal')).to.equal(true);
    expect(panel.getBoundingClientRect()).to.include({ top: 0, left: 0, width: 390, height: 700 });
    expect(hasFocus(find('textarea'))).to.equal(true);
  });

  it('becomes modal when the window becomes narrow, and stays open', async () => {
    const { clerk, find, settle } = await opened();
    await setViewport({ width: 390, height: 700 });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await settle();
    expect(find('dialog')!.matches(':modal')).to.equal(true);
    expect(clerk.opened).to.equal(true);
  });

  it('never overflows a window of 320 px', async () => {
    await setViewport({ width: 320, height: 600 });
    const { clerk, find, settle } = await opened();
    const wide = '| a | b | c |\n|-|-|-|\n| a_long_word_in_a_cell | another_long_word | and_a_third_one |';
    const long = `https://shop.example/${'x'.repeat(200)}`;
    const parts = [{ type: 'text', content: `${wide}\n\n${long}` }, cards] as const;
    await clerk.chat.become({ messages: [question, answer('a1', parts)] });
    await settle();
    expect(find('.panel')!.scrollWidth).to.be.at.most(320);
    expect(find('.messages')!.scrollWidth).to.be.at.most(320);
  });

  it('keeps its header in place, whatever is brought into view', async () => {
    const { clerk, find, settle } = await opened();
    const rows = Array.from({ length: 6 }, (_, index) => [
      userMessage(`u${index}`, 'A bed?'),
      answer(`a${index}`, [cards]),
    ]);
    await clerk.chat.become({ messages: rows.flat() });
    await settle();
    const panel = find('.panel')!;
    const top = find('.header')!.getBoundingClientRect().top;
    panel.scrollTop = 200;
    find('shopclerk-product-carousel')!.scrollIntoView({ block: 'start' });
    expect(panel.scrollTop).to.equal(0);
    expect(find('.header')!.getBoundingClientRect().top).to.equal(top);
  });

  it('does not move the focus when the page opens it by attribute', async () => {
    const { root, find, settle } = await page(html`<shop-clerk open locale="en"></shop-clerk>`);
    await settle();
    expect(find('.panel')!.checkVisibility()).to.equal(true);
    expect(root.activeElement?.tagName).to.equal(undefined);
  });

  it('does not move the focus when a message arrives', async () => {
    const { clerk, find, settle } = await opened();
    const close = find('.header button:last-child')!;
    close.focus();
    await clerk.chat.become({ messages: [question, answer('a1', [cards])] });
    await settle();
    expect(hasFocus(close)).to.equal(true);
  });

  it('moves the focus to the composer when a pressed button goes away', async () => {
    const { clerk, find, settle } = await opened();
    const chip = find('.chip')!;
    chip.focus();
    chip.click();
    await settle();
    expect(clerk.chat.calls).to.include('send Which food suits a sensitive puppy?');
    expect(hasFocus(find('textarea'))).to.equal(true);

    const failure = { code: 'network', retryable: true } as const;
    await clerk.chat.become({ messages: [question, answer('a1', [], { status: 'failed', failure })] });
    await settle();
    find('.failure button')!.focus();
    find('.failure button')!.click();
    await settle();
    expect(clerk.chat.calls.at(-1)).to.equal('retry');
    expect(hasFocus(find('textarea'))).to.equal(true);
  });

  it('is opened by any element of the page that says so, sends its prompt, and gives it the focus back', async () => {
    const { clerk, settle } = await page(
      html`<shop-clerk locale="en"></shop-clerk>
        <button data-shopclerk-open data-shopclerk-prompt="Which size fits me?">Ask</button>`,
    );
    const opener = document.querySelector<HTMLButtonElement>('[data-shopclerk-open]')!;
    opener.focus();
    opener.click();
    await settle();
    expect(clerk.opened).to.equal(true);
    expect(clerk.chat.calls).to.include('send Which size fits me?');
    await sendKeys({ press: 'Escape' });
    await settle();
    expect(hasFocus(opener)).to.equal(true);
  });

  it('falls back for attributes that make no sense, and tells the page’s author what there is', async () => {
    const { warn } = console;
    const told: unknown[] = [];
    console.warn = (words: unknown) => void told.push(words);
    const { clerk } = await page(
      html`<shop-clerk locale="xx" position="middle" color-scheme="pink" layout="star" accent="}*{}"></shop-clerk>`,
    );
    expect(clerk).to.include({ position: 'end', colorScheme: 'auto', layout: 'float' });
    await clerk.open();
    expect(clerk.shadowRoot!.querySelector('dialog')!.lang).to.equal('en');
    await waitUntil(() => told.length > 3);
    console.warn = warn;
    expect(told).to.have.members(
      [
        'locale="xx" is not known. Choose one of: ar, de, en, es, fr, he, it, ja, nl, pl, pt, ru, tr, uk, zh.',
        'position="middle" is not known. Choose one of: end, start.',
        'color-scheme="pink" is not known. Choose one of: auto, light, dark.',
        'layout="star" is not known. Choose one of: float, side, inline.',
      ].map((words) => `Shop Clerk: ${words}`),
    );
  });

  it('takes its language from the attribute, then from the page', async () => {
    document.documentElement.lang = 'he-IL';
    const { find } = await opened(html`<shop-clerk></shop-clerk>`);
    expect(find('dialog')!.dir).to.equal('rtl');
    const english = await opened(html`<shop-clerk locale="en-GB"></shop-clerk>`);
    expect(english.find('dialog')!.dir).to.equal('ltr');
  });

  it('stands at the line’s end in both directions, or at its start', async () => {
    const left = ({ launcher }: Page): number => launcher.getBoundingClientRect().left;
    expect(left(await page(html`<shop-clerk locale="en"></shop-clerk>`))).to.be.greaterThan(450);
    expect(left(await page(html`<shop-clerk locale="he"></shop-clerk>`))).to.be.lessThan(450);
    expect(left(await page(html`<shop-clerk locale="en" position="start"></shop-clerk>`))).to.be.lessThan(450);
  });

  for (const accent of ['#ffd400', '#1f5f52', '#777', '#767676', 'oklch(0.7 0.2 30)', 'white', 'black', 'red']) {
    it(`writes readably on the accent ${accent}`, async () => {
      const { clerk, launcher, settle } = await page(html`<shop-clerk locale="en" accent=${accent}></shop-clerk>`);
      await settle();
      const { backgroundColor, color } = getComputedStyle(launcher);
      const [a, b] = [luminance(backgroundColor), luminance(color)].toSorted((x, y) => y - x) as [number, number];
      expect((a + 0.05) / (b + 0.05)).to.be.at.least(4.5);
      await expect(clerk).to.be.accessible();
    });
  }

  it('takes the shop’s accent, unless the page has one', async () => {
    const { clerk, launcher, settle } = await opened();
    await settle();
    expect(getComputedStyle(launcher).backgroundColor).to.equal('rgb(31, 95, 82)');
    clerk.style.setProperty('--shopclerk-accent', 'rgb(1, 2, 3)');
    expect(getComputedStyle(launcher).backgroundColor).to.equal('rgb(1, 2, 3)');
  });

  it('takes the shop’s colour scheme, unless the page has one', async () => {
    const { clerk } = await opened();
    const scheme = () => getComputedStyle(clerk).colorScheme;
    await clerk.chat.become({ shop: { ...shop, color_scheme: 'dark' } });
    expect(scheme()).to.equal('dark');
    clerk.colorScheme = 'light';
    await clerk.updateComplete;
    expect(scheme()).to.equal('light');
    const asSystem = await opened(html`<shop-clerk color-scheme="auto" locale="en"></shop-clerk>`);
    await asSystem.clerk.chat.become({ shop: { ...shop, color_scheme: 'dark' } });
    expect(getComputedStyle(asSystem.clerk).colorScheme).to.equal('light dark');
  });

  it('says that an AI answers, unless the shop does not want it; the page’s own words have their place', async () => {
    const { clerk, find } = await opened();
    const words = () => find('.disclosure')!.textContent.trim();
    expect(words()).to.contain('You are chatting with an AI');
    await clerk.chat.become({ shop: { ...shop, disclosure: false } });
    expect(words()).to.equal('');
    expect(find('slot[name=disclosure]')!.isConnected).to.equal(true);
  });

  it('stands where the page says, and only else where the shop’s settings say', async () => {
    const theme = { position: 'start', layout: 'side' } as const;
    const own = await opened(html`<shop-clerk position="end" layout="float" locale="en"></shop-clerk>`);
    await own.clerk.chat.become({ shop: { ...shop, theme } });
    expect([own.clerk.position, own.clerk.layout]).to.deep.equal(['end', 'float']);
    const { clerk } = await opened();
    await clerk.chat.become({ shop: { ...shop, theme } });
    expect([clerk.position, clerk.layout]).to.deep.equal(['start', 'side']);
  });

  it('fetches the words of another language when it is to speak it, and turns around with it', async () => {
    const { clerk, launcher } = await page();
    clerk.locale = 'ar';
    const root = launcher.parentElement!;
    await expectSoon(() => root.dir === 'rtl');
    expect(root.lang).to.equal('ar');
    expect(launcher.ariaLabel).to.match(/\p{Script=Arabic}/u);
  });

  it('takes the page’s own origin for a proxy that is no address', async () => {
    const { clerk } = await page(html`<shop-clerk proxy="http://[" locale="en"></shop-clerk>`);
    expect(proxyOf(clerk)).to.equal(location.origin);
    clerk.proxy = 'https://proxy.example/shop/';
    expect(proxyOf(clerk)).to.equal('https://proxy.example/shop/');
  });

  it('has the page’s own title, first words and last line, where the page has any', async () => {
    const own = html`<shop-clerk heading="Help" locale="en">
      <p slot="empty">Ask away.</p>
      <p slot="footer">0123 456</p>
    </shop-clerk>`;
    const { clerk, find } = await opened(own);
    const [title, greeting] = [find('[part=title]')!, find('.greeting')!];
    expect(title.textContent).to.equal('Help');
    expect(find('dialog')!.ariaLabel).to.contain('Help');
    const [words, line] = [...clerk.children] as HTMLElement[];
    expect(words!.checkVisibility()).to.equal(true);
    expect(greeting.checkVisibility()).to.equal(false);
    const bottom = (element: Element) => element.getBoundingClientRect().bottom;
    expect(bottom(line!)).to.be.greaterThan(bottom(find('textarea')!));
    clerk.removeAttribute('heading');
    for (const element of [words, line]) element!.remove();
    await clerk.updateComplete;
    expect(title.textContent).to.equal(shop.name);
    expect(greeting.checkVisibility()).to.equal(true);
  });

  it('stands in the page without a launcher when it is inline', async () => {
    const { find, launcher, settle } = await page(html`<shop-clerk layout="inline" locale="en"></shop-clerk>`);
    await settle();
    expect(launcher.checkVisibility()).to.equal(false);
    expect(find('section.panel')!.checkVisibility()).to.equal(true);
    expect(find('dialog')?.tagName).to.equal(undefined);
  });

  it('tells the page what happens, with shop and thread and without the words', async () => {
    const { clerk, settle } = await opened();
    const heard: string[] = [];
    for (const name of ['message-send', 'products-shown', 'response-end', 'error', 'close'] as const) {
      document.addEventListener(
        `shopclerk-${name}`,
        (event) => {
          const { shop: slug, threadId } = event as Event & { shop: string; threadId: string | null };
          heard.push(`${name} ${slug} ${threadId}`);
        },
        { once: true },
      );
    }
    const open = { status: 'streaming' } as const;
    await clerk.chat.become({ messages: [question, answer('a1', [], open)], turn: turnOf('a1') });
    await clerk.chat.become({ threadId: 'thr_1', messages: [question, answer('a1', [cards], open)] });
    const failure = { code: 'network', retryable: true } as const;
    await clerk.chat.become({ messages: [question, answer('a1', [cards], { status: 'failed', failure })], turn: null });
    await settle();
    await clerk.close();
    expect(heard).to.deep.equal([
      'message-send acme null',
      'products-shown acme thr_1',
      'error acme thr_1',
      'response-end acme thr_1',
      'close acme thr_1',
    ]);
  });

  it('reports nothing of a conversation that came back with a reload', async () => {
    const { clerk } = await opened();
    let heard = 0;
    clerk.addEventListener('shopclerk-response-end', () => heard++);
    clerk.addEventListener('shopclerk-products-shown', () => heard++);
    await clerk.chat.become({ threadId: 'thr_1', messages: [question, answer('a1', [cards])] });
    expect(heard).to.equal(0);
  });

  it('says which product’s page the shopper goes to', async () => {
    const { clerk, find, settle } = await opened();
    await clerk.chat.become({ messages: [question, answer('a1', [cards])] });
    await settle();
    const link = find<HTMLAnchorElement>('[part=card-action]')!;
    link.addEventListener('click', (event) => event.preventDefault());
    setTimeout(() => link.click());
    const event: Event = await oneEvent(clerk, 'shopclerk-product-click');
    expect((event as ProductClickEvent).product.id).to.equal(1);
  });

  it('announces in one status that it loads and that it can’t be reached', async () => {
    const { clerk, find } = await opened();
    await clerk.chat.become({ shop: null, connection: 'loading' });
    const status = find('.waiting[role=status]')!;
    expect(status.textContent.trim()).to.equal('Loading the chat…');
    const failure = { code: 'network', retryable: false } as const;
    await clerk.chat.become({ connection: 'failed', failure });
    expect(find('.waiting')).to.equal(status);
    expect(status.textContent.trim()).to.equal('No connection. Check your internet and try again.');
  });

  it('says in words that it loads when that takes longer than three seconds', async () => {
    await emulateMedia({ reducedMotion: 'no-preference' });
    const { clerk, find, settle } = await opened();
    await clerk.chat.become({ shop: null, connection: 'loading' });
    await settle();
    const words = find('.waiting .reconnecting')!;
    const [shown] = words.getAnimations();
    shown!.pause();
    const opacityAt = (ms: number): string => ((shown!.currentTime = ms), getComputedStyle(words).opacity);
    expect([opacityAt(2_900), opacityAt(3_200)]).to.deep.equal(['0', '1']);
  });

  it('moves the focus to the composer when a new conversation begins, and after Stop', async () => {
    const { clerk, find, settle } = await opened();
    await clerk.chat.become({ messages: [question, answer('a1', [], { status: 'streaming' })], turn: turnOf('a1') });
    await settle();
    for (const part of ['stop', 'new-chat']) {
      const button = find(`[part=${part}]`)!;
      button.focus();
      button.click();
      await settle();
      expect(hasFocus(find('textarea')), part).to.equal(true);
    }
    expect(clerk.chat.calls.slice(-2)).to.deep.equal(['stop', 'newThread']);
  });

  it('speaks through a live region of its own, not through the log', async () => {
    const { clerk, find, settle } = await opened();
    await clerk.chat.become({ messages: [question, answer('a1', [], { status: 'sending' })], turn: turnOf('a1') });
    await settle();
    await clerk.chat.become({ messages: [question, answer('a1', [cards])], turn: null });
    await settle();
    expect(find('[aria-live=polite]')!.textContent.trim()).to.equal('2 products');
    expect(find('[role=log]')!.getAttribute('aria-live')).to.equal('off');
  });
});

/** WCAG relative luminance of a computed colour. */
function luminance(colour: string): number {
  const context = new OffscreenCanvas(1, 1).getContext('2d')!;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data]
    .map((channel) => channel / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
