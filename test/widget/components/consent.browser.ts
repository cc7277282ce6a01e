import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { agreement } from '../../../widget/components/agreement.ts';
import { shop } from '../fake-chat.ts';
import { FakeProxy } from '../fake-proxy.ts';
import { hasFocus } from '../panel-fixture.ts';
import { kept, realClerk } from '../real-clerk.ts';

const NOTHING = '[] []';
const SETTINGS = 'GET /api/shops/acme';
const consenting = { ...shop, consent: true, privacy_url: 'https://shop.example/privacy' };

describe('what is stored and sent', () => {
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

  it('is nothing at all while the panel is closed', async () => {
    await realClerk();
    expect(proxy.asked).to.deep.equal([]);
    expect(kept()).to.equal(NOTHING);
  });

  it('is nothing of the shopper before the first message: opening asks for the settings only', async () => {
    const { clerk, opened, until } = await realClerk();
    await opened();
    await clerk.close();
    await opened();
    expect(proxy.asked).to.deep.equal([{ route: SETTINGS, authorization: null, body: null }]);
    expect(kept()).to.equal(NOTHING);
    expect(document.cookie).to.equal('');
    await clerk.send('A bed?');
    await until(({ turn }) => turn === null);
    expect(proxy.routes).to.deep.equal([SETTINGS, 'POST /api/session', 'POST /api/chat/stream']);
    expect(kept()).to.contain('anonymous-1').and.contain('thr_1');
  });

  it('brings a returning shopper back on opening', async () => {
    const first = await realClerk();
    await first.clerk.send('A bed?');
    await first.until(({ turn, threadId }) => turn === null && threadId !== null);
    first.clerk.remove();
    const { opened, root } = await realClerk();
    await opened();
    expect(proxy.asked.at(-2)).to.deep.include({ route: 'POST /api/session', authorization: 'Bearer anonymous-1' });
    expect(proxy.routes.at(-1)).to.equal('GET /api/threads/thr_1');
    expect(root.querySelector('.bubble')!.textContent).to.equal('A bed?');
  });

  // The first of these tests that needs it, so it isn't there yet.
  it('is asked for as soon as the question for it is there, and nothing is sent before', async () => {
    expect(agreement.there()).to.equal(null);
    proxy.settings = consenting;
    const { clerk, find, opened, until } = await realClerk();
    await opened();
    await clerk.send('A bed?');
    expect(find<HTMLTextAreaElement>('textarea')!.value).to.equal('A bed?');
    find('textarea')!.focus();
    await agreement.bring();
    await until(() => find('.consent') !== null);
    expect(hasFocus(find('.consent button'))).to.equal(true);
    expect(getComputedStyle(find('.consent')!).display).to.equal('flex');
    expect(proxy.routes).to.deep.equal([SETTINGS]);
  });

  it('is said to be out of reach when the question for it can’t be had, with a way to try again', async () => {
    const { bring, there } = agreement;
    let tries = 0;
    Object.assign(agreement, { there: () => null, bring: async () => (++tries, null) });
    try {
      proxy.settings = consenting;
      const { clerk, find, opened, until } = await realClerk();
      await opened();
      await until(({ aside }) => aside !== null);
      expect(find('.aside')!.textContent).to.match(/No connection\..*Try again/s);
      await clerk.send('A bed?');
      await until(({ aside, unsent }) => tries === 2 && aside !== null && unsent === 'A bed?');
      await clerk.send('A bed?');
      await until(({ aside }) => tries === 3 && aside !== null);
      expect(find<HTMLTextAreaElement>('textarea')!.value).to.equal('A bed?');
      expect(proxy.routes).to.deep.equal([SETTINGS]);
      Object.assign(agreement, { bring, there });
      find('.aside button')!.click();
      await until(() => find('.consent') !== null);
      expect(hasFocus(find('.consent button'))).to.equal(true);
      expect(find('.aside')?.tagName).to.equal(undefined);
    } finally {
      Object.assign(agreement, { bring, there });
    }
  });

  describe('where the shop demands consent', () => {
    beforeEach(async () => {
      proxy.settings = consenting;
      await agreement.bring();
    });

    for (const locale of ['en', 'he']) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`asks for it accessibly (${locale}, ${colorScheme})`, async () => {
          await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          const { clerk, opened } = await realClerk(locale);
          await opened();
          await expect(clerk).to.be.accessible();
        });
      }
    }

    it('asks nobody again who agreed before signing in', async () => {
      proxy.identities = ['a.e30.b'];
      const { clerk, opened, until } = await realClerk();
      await opened();
      await clerk.consent('granted');
      await clerk.identify('a.e30.b');
      await until(({ connection }) => connection === 'ready');
      expect(clerk.state.agreed).to.equal(true);
    });

    it('lets nothing be asked before, by keyboard neither, and goes on in the composer', async () => {
      const { clerk, find, opened, root, until } = await realClerk();
      await opened();
      const agree = find('.consent button')!;
      expect(hasFocus(agree)).to.equal(true);
      expect(root.querySelector('[aria-live=polite]')!.textContent).to.contain('stores this conversation');
      expect(find<HTMLAnchorElement>('.consent a')!.href).to.equal('https://shop.example/privacy');
      find('.chip')!.focus();
      find('textarea')!.focus();
      expect(hasFocus(agree)).to.equal(true);
      await sendKeys({ press: 'Enter' });
      await until(({ agreed }) => agreed);
      expect(hasFocus(find('textarea'))).to.equal(true);
      expect(find('.consent')?.tagName).to.equal(undefined);
      expect(proxy.routes).to.deep.equal([SETTINGS]);
      expect(kept()).to.equal(NOTHING);
      await clerk.send('A bed?');
      await until(({ turn }) => turn === null);
      expect(proxy.bodies('POST /api/session')).to.deep.equal([{ shop: 'acme', consent: true }]);
      expect(kept()).to.match(/consent\W+true/);
    });

    it('remembers it with the conversation', async () => {
      const first = await realClerk();
      await first.clerk.consent(true);
      await first.clerk.send('A bed?');
      await first.until(({ turn, threadId }) => turn === null && threadId !== null);
      first.clerk.remove();
      const { find, opened } = await realClerk();
      await opened();
      expect(find('.bubble')!.textContent).to.equal('A bed?');
      expect(find('.consent')?.tagName).to.equal(undefined);
    });

    it('keeps a question in the composer that the page asks too early', async () => {
      const { clerk, find, until } = await realClerk();
      await clerk.open({ message: 'A bed?' });
      await until(({ unsent }) => unsent !== '');
      expect(find<HTMLTextAreaElement>('textarea')!.value).to.equal('A bed?');
      expect(proxy.routes).to.deep.equal([SETTINGS]);
      expect(kept()).to.equal(NOTHING);
      find('.consent button')!.click();
      await until(({ agreed }) => agreed);
      expect(find<HTMLTextAreaElement>('textarea')!.value).to.equal('A bed?');
    });

    it('sends nothing of who was here before, until they agree', async () => {
      proxy.settings = shop;
      const first = await realClerk();
      await first.clerk.send('A bed?');
      await first.until(({ turn, threadId }) => turn === null && threadId !== null);
      first.clerk.remove();
      proxy.settings = consenting;
      proxy.asked.length = 0;
      const { clerk, find, opened, until } = await realClerk();
      await opened();
      expect(proxy.asked).to.deep.equal([{ route: SETTINGS, authorization: null, body: null }]);
      await clerk.consent(true);
      await until(({ messages }) => messages.length > 0);
      expect(find('.bubble')!.textContent).to.equal('A bed?');
    });

    it('forgets everything when the page takes it back', async () => {
      const { clerk, root, opened, until } = await realClerk();
      await clerk.consent(true);
      await opened();
      await clerk.send('A bed?');
      await until(({ turn }) => turn === null);
      await clerk.consent(false);
      await until(({ connection }) => connection === 'ready');
      expect(kept()).to.equal(NOTHING);
      expect(root.textContent).not.to.contain('A bed?');
      expect(root.querySelector('.consent')!.checkVisibility()).to.equal(true);
    });
  });

  it('gives the question back when the proxy has begun to demand consent', async () => {
    const { clerk, find, opened, until } = await realClerk();
    await opened();
    proxy.refusals.set('POST /api/session', 'consent_required');
    find('textarea')!.focus();
    await clerk.send('A bed?');
    await until(({ unsent }) => unsent === 'A bed?');
    expect(find('.bubble')?.tagName).to.equal(undefined);
    expect(find<HTMLTextAreaElement>('textarea')!.value).to.equal('A bed?');
    expect(hasFocus(find('.consent button'))).to.equal(true);
    proxy.refusals.clear();
    find('.consent button')!.click();
    await until(({ agreed }) => agreed);
    find('.send')!.click();
    await until(({ turn, messages }) => turn === null && messages.length > 0);
    expect(proxy.bodies('POST /api/session').at(-1)).to.deep.equal({ shop: 'acme', consent: true });
    expect(find('.bubble')!.textContent).to.equal('A bed?');
    expect(find<HTMLTextAreaElement>('textarea')!.value).to.equal('');
  });
});
