import { expect, oneEvent } from '@open-wc/testing';
import { boot } from '../../../widget/boot.ts';
import { FakeShopClerk } from '../fake-chat.ts';
import { settled } from '../panel-fixture.ts';

function script(attributes: Record<string, string>): HTMLScriptElement {
  const element = document.createElement('script');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(`data-${name}`, value);
  return element;
}

/** A tag, the button's name in its language, and how that is written. */
const LABELS = [
  ...['en-GB', 'de', 'fr', 'es', 'pt-BR', 'it', 'nl', 'xx'].map((tag) => [tag, 'Chat', 'ltr'] as const),
  ['iw', 'צ׳אט', 'rtl'],
  ['he_IL', 'צ׳אט', 'rtl'],
  ['ar', 'دردشة', 'rtl'],
  ['pl', 'Czat', 'ltr'],
  ['ru', 'Чат', 'ltr'],
  ['uk', 'Чат', 'ltr'],
  ['tr', 'Sohbet', 'ltr'],
  ['ja', 'チャット', 'ltr'],
  ['zh-Hant', '聊天', 'ltr'],
] as const;

interface Loaded {
  clerk: HTMLElement;
  launcher: HTMLButtonElement;
  note: HTMLElement;
  loads: number;
  warmed: number;
}

/** `load` fails as often as `failures` says, and defines the element then. */
function start(attributes: Record<string, string> = {}, failures = 0): Loaded {
  const loaded = { loads: 0, warmed: 0 } as Loaded;
  boot(
    script({ shop: 'acme', locale: 'en', ...attributes }),
    'https://proxy.example/',
    () => loaded.warmed++,
    async () => {
      if (++loaded.loads <= failures) throw new TypeError('Failed to fetch dynamically imported module');
      if (!customElements.get('shop-clerk')) customElements.define('shop-clerk', FakeShopClerk);
    },
  );
  loaded.clerk = document.querySelector('shop-clerk')!;
  loaded.launcher = loaded.clerk.shadowRoot!.querySelector('button')!;
  loaded.note = loaded.clerk.shadowRoot!.querySelector('[role=status]')!;
  return loaded;
}

// An element can be defined once in a page, so these tests go through one life of it, in this order.
describe('the script tag', () => {
  const consoleError = console.error;

  afterEach(() => {
    document.querySelector('shop-clerk')?.remove();
    console.error = consoleError;
  });

  it('is accessible', async () => {
    await expect(start().clerk).to.be.accessible();
    document.querySelector('shop-clerk')!.remove();
    await expect(start({ locale: 'he' }).clerk).to.be.accessible();
  });

  it('draws a launcher and loads nothing', () => {
    const { clerk, launcher, loads } = start({ position: 'start', 'color-scheme': 'dark' });
    expect(launcher.ariaLabel).to.equal('Chat');
    expect(launcher.checkVisibility()).to.equal(true);
    expect(loads).to.equal(0);
    const attributes = [...clerk.attributes].map(({ name, value }) => `${name}=${value}`);
    expect(attributes).to.have.members([
      'shop=acme',
      'locale=en',
      'position=start',
      'color-scheme=dark',
      'proxy=https://proxy.example/',
    ]);
  });

  it('uses the element that the page has, and its attributes first', () => {
    const own = document.createElement('shop-clerk');
    own.setAttribute('shop', 'own');
    document.body.append(own);
    const { clerk } = start();
    expect(clerk === own).to.equal(true);
    expect(clerk.getAttribute('shop')).to.equal('own');
  });

  it('does no harm when it is there twice', () => {
    start();
    const { clerk } = start();
    expect(document.querySelectorAll('shop-clerk')).to.have.length(1);
    expect(clerk.shadowRoot!.querySelectorAll('button')).to.have.length(1);
  });

  it('leaves alone what HTML itself has a use for', () => {
    const { clerk } = start({ id: 'x', style: 'color: red', onclick: 'x()', 'no-optimize': '1' });
    expect(clerk.getAttributeNames()).to.have.members(['shop', 'locale', 'no-optimize', 'proxy']);
  });

  it('minds no attribute that is none of anybody’s, whatever its name', () => {
    const page = document.createElement('template');
    page.innerHTML = '<script data-shop="acme" data- data-1a data-@x="y" @click="z" data-locale="%%"></script>';
    const tag = page.content.querySelector('script')!;
    boot(
      tag,
      'https://proxy.example/',
      () => {},
      async () => {},
    );
    const clerk = document.querySelector('shop-clerk')!;
    expect(clerk.getAttributeNames()).to.have.members(['shop', 'locale', 'proxy']);
    expect(clerk.shadowRoot!.querySelector('button')!.ariaLabel).to.equal('Chat');
  });

  it('stands beside the body, so that a router that swaps the body leaves it', () => {
    const { clerk } = start();
    expect(clerk.parentElement === document.documentElement).to.equal(true);
  });

  it('speaks the page’s language, and fifteen of them', () => {
    for (const [tag, label, dir] of LABELS) {
      const { clerk, launcher } = start({ locale: tag });
      expect(launcher.ariaLabel, tag).to.equal(label);
      expect(launcher.parentElement!.dir, tag).to.equal(dir);
      clerk.remove();
    }
  });

  it('loads for what somebody wants now, and keeps what can wait', async () => {
    const loaded = start();
    // The page's stub, from before the script came.
    const { shopclerk } = window as unknown as { shopclerk: (...asked: unknown[]) => Promise<unknown> };
    void shopclerk('setContext', { title: 'Beds' });
    void shopclerk('identify', 'a.b.c');
    void shopclerk('consent', 'granted');
    void shopclerk('registerTool', { name: 'stock', description: 'Stock.' }, () => 1);
    for (const name of ['close', 'stop', 'setDraft']) void shopclerk(name);
    expect(loaded.loads).to.equal(0);
  });

  it('gets nothing ready where the page does not want it', () => {
    const loaded = start({ prefetch: 'off' });
    loaded.launcher.dispatchEvent(new PointerEvent('pointerenter'));
    expect(loaded.warmed).to.equal(0);
  });

  it('gets the panel ready when the pointer or the focus comes near', () => {
    const loaded = start();
    loaded.launcher.dispatchEvent(new PointerEvent('pointerenter'));
    loaded.launcher.focus();
    expect(loaded.warmed).to.equal(2);
    expect(loaded.loads).to.equal(0);
  });

  it('says at the launcher that the panel could not be loaded, and tries again at the next press', async () => {
    const loaded = start({}, 1);
    const logged = new Promise<unknown[]>((resolve) => {
      console.error = (...line: unknown[]) => resolve(line);
    });
    // Of the element itself, before it is one.
    const early = loaded.clerk as FakeShopClerk;
    early.context = { title: 'Beds' };
    const drafted = early.setDraft('Is it soft?');
    expect(loaded.loads).to.equal(0);
    const opened = early.open();
    expect(loaded.launcher.ariaBusy).to.equal('true');
    expect((await logged)[0]).to.equal('Shop Clerk:');
    expect(loaded.note.textContent).to.equal('Chat did not load. Try again.');
    expect(loaded.launcher.ariaBusy).to.equal(null);
    await expect(loaded.clerk).to.be.accessible();
    expect(await opened).to.equal(undefined);

    const { clerk, launcher, note } = loaded;
    launcher.focus();
    launcher.click();
    await oneEvent(clerk, 'shopclerk-open');
    await settled(clerk.shadowRoot!);
    expect(loaded.loads).to.equal(2);
    expect(note.textContent).to.equal('');
    expect(clerk.shadowRoot!.querySelectorAll('.launcher')).to.have.length(1);
    expect(clerk.shadowRoot!.querySelector('.launcher button') === launcher).to.equal(true);
    expect(clerk.shadowRoot!.activeElement!.tagName).to.equal('TEXTAREA');
    await drafted;
    expect(clerk.shadowRoot!.querySelector('textarea')!.value).to.equal('Is it soft?');
    expect(early.context).to.deep.equal({ title: 'Beds' });
    expect(Object.keys(clerk)).not.to.include('destroy');

    // A second script that comes late changes nothing: the launcher is the element's now.
    start();
    launcher.click();
    await settled(clerk.shadowRoot!);
    expect((clerk as FakeShopClerk).opened).to.equal(false);

    const opener = document.createElement('button');
    opener.dataset['shopclerkOpen'] = '';
    opener.dataset['shopclerkPrompt'] = 'Which size?';
    document.body.append(opener);
    opener.click();
    await settled(clerk.shadowRoot!);
    opener.remove();
    expect((clerk as FakeShopClerk).chat.calls.filter((call) => call === 'send Which size?')).to.have.length(1);
    expect(loaded.loads).to.equal(2);

    const told = new Promise<unknown>((resolve) => (console.error = resolve));
    const { shopclerk } = window as unknown as { shopclerk: (...asked: unknown[]) => Promise<unknown> };
    expect(await shopclerk('opne')).to.equal(undefined);
    expect(await told).to.equal('Shop Clerk: there is no command "opne". Did you mean "open"?');
  });
});
