import { expect, fixture } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { html } from 'lit';
import { showBubble } from '../../../widget/greet/bubble.ts';
import { greet } from '../../../widget/greet/index.ts';
import { dontGreet, hasGreeted, mayGreet } from '../../../widget/greet/once.ts';
import { watch } from '../../../widget/greet/watch.ts';
import { launcherOf } from '../../../widget/launcher.ts';
import { shop } from '../fake-chat.ts';
import { FakeProxy } from '../fake-proxy.ts';
import { hasFocus } from '../panel-fixture.ts';
import { kept } from '../real-clerk.ts';

const TEXT = 'Not sure about the size? I know them all.';
const never = new AbortController().signal;

describe('a greeting beside the launcher', () => {
  let proxy: FakeProxy;

  beforeEach(async () => {
    proxy = new FakeProxy();
    proxy.install();
    await setViewport({ width: 900, height: 800 });
    await emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  });
  afterEach(() => {
    proxy.uninstall();
    localStorage.clear();
    sessionStorage.clear();
  });

  /** As the script tag leaves it. */
  async function arrive(locale = 'en') {
    const name = `not-yet-defined-${locale}`;
    const top = await fixture<HTMLElement>(html`<div></div>`);
    const host = document.createElement(name);
    host.setAttribute('shop', 'acme');
    host.setAttribute('locale', locale);
    top.append(host);
    const { button } = launcherOf(host);
    let opened = 0;
    button.onclick = () => opened++;
    const root = host.shadowRoot!;
    return {
      host,
      button,
      root,
      opened: () => opened,
      find: (selector: string) => root.querySelector<HTMLElement>(selector),
    };
  }
  const frames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

  for (const locale of ['en', 'he'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`is accessible, said politely, and takes no focus (${locale}, ${colorScheme})`, async () => {
        await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const { host, find } = await arrive(locale);
        showBubble(host, TEXT, locale);
        await frames();
        await expect(host).to.be.accessible();
        expect(find('.teaser')!.role).to.equal('status');
        expect(host.shadowRoot!.activeElement).to.equal(null);
        const bubble = find('.teaser')!.getBoundingClientRect();
        expect(bubble.left).to.be.at.least(0);
        expect(bubble.right).to.be.at.most(900);
      });
    }
  }

  it('opens the chat when it is pressed', async () => {
    const { host, find, opened } = await arrive();
    showBubble(host, TEXT, 'en');
    await frames();
    find('.say')!.click();
    expect(opened()).to.equal(1);
    expect(find('.teaser')).to.equal(null);
  });

  it('can be sent away for good, which gives the focus to the launcher', async () => {
    const { host, find, button } = await arrive();
    showBubble(host, TEXT, 'en');
    await frames();
    find('.dismiss')!.focus();
    find('.dismiss')!.click();
    expect(find('.teaser')).to.equal(null);
    expect(hasFocus(button)).to.equal(true);
    expect(mayGreet()).to.equal(false);
    sessionStorage.clear();
    expect(mayGreet()).to.equal(false);
  });

  it('is a dot on a phone, and lies on nothing of the page', async () => {
    const { host, find } = await arrive();
    showBubble(host, TEXT, 'en');
    // Only now: WebKit gives a shadow root what it reckoned for an earlier one with the same sheets, in the width of then.
    await setViewport({ width: 390, height: 844 });
    await frames();
    expect(find('.dot')!.checkVisibility()).to.equal(true);
    expect(find('.teaser')!.getBoundingClientRect().width).to.be.at.most(1);
  });

  it('comes once a session', () => {
    expect(mayGreet()).to.equal(true);
    hasGreeted();
    expect(mayGreet()).to.equal(false);
    sessionStorage.clear();
    expect(mayGreet()).to.equal(true);
    dontGreet();
    expect(mayGreet()).to.equal(false);
  });

  it('waits for its rule, and looks into the cart only for a rule that asks', async () => {
    const { host } = await arrive();
    let now = 0;
    let tick = () => {};
    let looks = 0;
    const greeting = { idle_cart_s: 30, text: { en: TEXT } };
    const waited = watch({
      host,
      shop: { ...shop, cart: 'event', proactive: [{ after_s: 5, pages: ['/elsewhere'], text: {} }, greeting] },
      look: async () => {
        looks++;
        return { ok: true, cart: { count: 2, items: [] } };
      },
      now: () => now,
      eachSecond: (each) => (tick = each),
      signal: never,
    });
    now = 29_000;
    tick();
    expect(looks).to.equal(0);
    host.dispatchEvent(new Event('shopclerk-cart-updated'));
    now = 58_000;
    tick();
    expect(looks).to.equal(0);
    now = 59_000;
    tick();
    expect(looks).to.equal(1);
    await Promise.resolve();
    now = 60_000;
    tick();
    expect(await waited).to.equal(greeting);
  });

  it('is none of somebody who opens the chat before it', async () => {
    const { host } = await arrive();
    const options = { host, look: async () => ({ ok: false, code: 'unavailable' }) as const, signal: never };
    const waited = watch({ ...options, shop: { ...shop, proactive: [{ after_s: 60, text: {} }] } });
    host.dispatchEvent(new Event('shopclerk-open'));
    expect(await waited).to.equal(null);
  });

  it('waits while the element is off the page', async () => {
    const { host } = await arrive();
    const greeting = { text: { en: TEXT } };
    let tick = () => {};
    let greeted: unknown = null;
    const options = { host, look: async () => ({ ok: false, code: 'unavailable' }) as const, signal: never };
    const waited = watch({ ...options, shop: { ...shop, proactive: [greeting] }, eachSecond: (each) => (tick = each) });
    void waited.then((given) => (greeted = given));
    const place = host.parentElement!;
    host.remove();
    tick();
    await frames();
    expect(greeted).to.equal(null);
    place.append(host);
    tick();
    expect(await waited).to.equal(greeting);
  });

  it('never comes, and leaves nothing, before the shopper has agreed where the shop demands it', async () => {
    const { host, find } = await arrive();
    proxy.settings = { ...shop, consent: true, proactive: [{ text: { en: TEXT } }] };
    await greet(host, never);
    expect(find('.teaser')).to.equal(null);
    expect(kept()).to.equal('[] []');
    proxy.settings = { ...proxy.settings, consent: false };
    await greet(host, never);
    await frames();
    expect(find('.say')!.textContent).to.equal(TEXT);
    expect(mayGreet()).to.equal(false);
  });

  it('asks nothing of the proxy when there is nothing to say any more', async () => {
    hasGreeted();
    const { host } = await arrive();
    await greet(host, never);
    expect(proxy.routes).to.deep.equal([]);
  });

  it('never comes where the browser keeps nothing: it would come on every page', () => {
    const stored = Object.getOwnPropertyDescriptor(window, 'sessionStorage')!;
    expect(mayGreet()).to.equal(true);
    Object.defineProperty(window, 'sessionStorage', {
      configurable: true,
      get() {
        throw new DOMException('Blocked.', 'SecurityError');
      },
    });
    try {
      expect(mayGreet()).to.equal(false);
    } finally {
      Object.defineProperty(window, 'sessionStorage', stored);
    }
  });
});
