import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import type { ContactRequest, NoticeEvent, ShopContact } from '../../../proxy/protocol/index.ts';
import type { ContactView } from '../../../widget/components/contact.ts';
import { shop } from '../fake-chat.ts';
import { FakeProxy } from '../fake-proxy.ts';
import { hasFocus, settled } from '../panel-fixture.ts';
import { kept, realClerk } from '../real-clerk.ts';

const contact: ShopContact = { email: 'help@shop.example', form: true };
const notice: NoticeEvent = { type: 'notice', code: 'contact', contact };
const FORM = '[part=contact-form]';
const ROUTE = 'POST /api/contact';

/** Until what watches sizes has seen the last change. */
async function sized(): Promise<void> {
  for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

describe('the way to the people of the shop', () => {
  let proxy: FakeProxy;

  beforeEach(async () => {
    proxy = new FakeProxy();
    proxy.install();
    proxy.settings = { ...shop, contact };
    await setViewport({ width: 900, height: 800 });
    await emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  });

  afterEach(() => {
    proxy.uninstall();
    localStorage.clear();
    sessionStorage.clear();
  });

  async function arrive(locale = 'en') {
    const at = await realClerk(locale);
    await at.opened();
    const { find, root, until } = at;
    return {
      ...at,
      letters: () => proxy.bodies(ROUTE) as ContactRequest[],
      async fill(email: string, message?: string) {
        for (const [selector, text] of [
          ['[type=email]', email],
          [`${FORM} textarea`, message],
        ] as const) {
          const field = find<HTMLInputElement>(selector)!;
          field.value = text ?? field.value;
          field.dispatchEvent(new Event('input', { bubbles: true }));
        }
        await settled(root);
      },
      async send() {
        const button = find(`${FORM} .primary`)!;
        button.focus();
        button.click();
        await until(() => find<ContactView>('shopclerk-contact')!.step !== 'sending');
      },
      async choose(index = 0) {
        find('[part=menu]')!.click();
        await settled(root);
        root.querySelectorAll<HTMLElement>('[role=menuitem]')[index]!.click();
        await until(() => find('shopclerk-contact[alone] *') !== null);
      },
    };
  }

  /** A conversation that ended with the notice. */
  async function refused(locale = 'en') {
    proxy.answer = [notice];
    const at = await arrive(locale);
    await at.clerk.send('Is the blue bed washable?');
    await at.until(({ turn }) => turn === null && at.find('[part=contact-open]') !== null);
    return at;
  }

  it('is a button in the notice, with the links beside it, and takes a message in their place', async () => {
    const { find, root, fill, send, letters } = await refused();
    find('[part=contact-open]')!.click();
    await settled(root);
    expect(find<HTMLTextAreaElement>(`${FORM} textarea`)!.value).to.equal('Is the blue bed washable?');
    await fill('noa@shopper.example');
    find('[type=checkbox]')!.click();
    await send();
    const [{ client_message_id: id, ...letter }] = letters() as [ContactRequest];
    expect(id).to.match(/^cmsg_[0-9a-f]{32}$/);
    expect(letter).to.deep.equal({
      email: 'noa@shopper.example',
      message: 'Is the blue bed washable?',
      thread_id: 'thr_1',
      locale: 'en',
    });
    expect(find('.notice')!.textContent).to.contain('Your message is sent. The answer comes to');
    expect(find<HTMLAnchorElement>('.notice a')!.href).to.equal('mailto:help@shop.example');
  });

  it('sends the same again under the same id, and what was changed under another', async () => {
    const { find, root, fill, send, letters } = await refused();
    find('[part=contact-open]')!.click();
    await settled(root);
    proxy.refusals.set(ROUTE, 'internal');
    await fill('noa@shopper.example');
    await send();
    await send();
    await fill('noa@shopper.example', 'Is the red bed washable?');
    proxy.refusals.delete(ROUTE);
    await send();
    const ids = letters().map(({ client_message_id }) => client_message_id);
    expect(ids).to.have.length(3);
    expect(ids[1]).to.equal(ids[0]);
    expect(ids[2]).not.to.equal(ids[0]);
  });

  it('keeps the draft while the panel is closed, and stores nothing of it', async () => {
    const { clerk, find, root, fill } = await refused();
    find('[part=contact-open]')!.click();
    await settled(root);
    await fill('noa@shopper.example', 'A draft');
    await clerk.close();
    await clerk.open();
    expect(find<HTMLTextAreaElement>(`${FORM} textarea`)!.value).to.equal('A draft');
    expect(kept()).not.to.contain('noa@').and.not.contain('draft');
  });

  it('is in the menu before the first question, alone there, and opens the same form with the links', async () => {
    const { clerk, root, find, choose, fill, send, letters } = await arrive();
    find('[part=menu]')!.click();
    await settled(root);
    expect([...root.querySelectorAll('[role=menuitem]')].map((item) => item.textContent)).to.deep.equal(['Contact us']);
    find('[part=menu]')!.click();
    await settled(root);
    await choose();
    expect(hasFocus(find('[autocomplete=name]'))).to.equal(true);
    expect(find('[role=group] a')!.textContent).to.equal('help@shop.example');
    expect(find('[type=checkbox]')?.tagName).to.equal(undefined);
    await expect(clerk).to.be.accessible();
    await fill('noa@shopper.example', 'Hello');
    await send();
    expect(letters()).to.have.length(1);
    expect(proxy.routes.slice(-2)).to.deep.equal(['POST /api/session', ROUTE]);
    expect(hasFocus(find('.contact-sent'))).to.equal(true);
  });

  it('comes first in the menu of a conversation', async () => {
    const { find, root } = await refused();
    find('[part=menu]')!.click();
    await settled(root);
    expect([...root.querySelectorAll('[role=menuitem]')].map((item) => item.textContent)).to.deep.equal([
      'Contact us',
      'Your conversations',
      'Download conversation',
      'Delete conversation',
    ]);
  });

  it('goes from the menu and comes back with the draft; the focus returns to the menu', async () => {
    const { find, root, choose, fill } = await arrive();
    await choose();
    await fill('noa@shopper.example', 'A draft');
    find(`${FORM} [type=button]`)!.click();
    await settled(root);
    expect(find('shopclerk-contact')!.getBoundingClientRect().height).to.equal(0);
    expect(hasFocus(find('[part=menu]'))).to.equal(true);
    await choose();
    expect(find<HTMLTextAreaElement>(`${FORM} textarea`)!.value).to.equal('A draft');
  });

  it('leaves no way to jump down over it, which comes back with the conversation', async () => {
    await setViewport({ width: 800, height: 600 });
    proxy.answer = [{ type: 'text', content: 'A bed.\n\n'.repeat(60) }];
    const { clerk, find, until, choose } = await arrive();
    await clerk.send('A bed?');
    await until(({ turn }) => turn === null);
    await sized();
    find('.messages')!.scrollTop = 0;
    await until(() => find('.jump') !== null);
    expect(find('.jump')!.checkVisibility()).to.equal(true);
    await choose();
    await until(() => find(FORM) !== null);
    expect(find('.jump')?.checkVisibility() ?? false).to.equal(false);
    find(`${FORM} .decline`)!.click();
    await until(() => find(FORM) === null && find('.jump') !== null);
    expect(find('.jump')!.checkVisibility()).to.equal(true);
  });

  it('has the focus when the panel opens again', async () => {
    const { clerk, find, choose } = await arrive();
    await choose();
    await clerk.close();
    await clerk.open();
    expect(hasFocus(find('[autocomplete=name]'))).to.equal(true);
  });

  it('shows only the links where the shop takes no messages, and a way to close them', async () => {
    proxy.settings = { ...shop, contact: { phone: '+972 3-555 0100' } };
    const { find, root, choose } = await arrive();
    await choose();
    expect(find(FORM)?.tagName).to.equal(undefined);
    expect(hasFocus(find('[href="tel:+97235550100"]'))).to.equal(true);
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await settled(root);
    expect(find('[role=group]')?.tagName).to.equal(undefined);
  });

  it('sends nothing before the shopper agrees, where the shop demands it', async () => {
    proxy.settings = { ...shop, contact, consent: true };
    const { clerk, find, choose, fill, send, letters } = await arrive();
    await choose();
    await fill('noa@shopper.example', 'Hello');
    await send();
    expect(find(`${FORM} [part=error]`)!.textContent.trim()).to.equal('Please agree first, then ask again.');
    expect(proxy.routes).to.deep.equal(['GET /api/shops/acme']);
    await clerk.consent(true);
    await send();
    expect(letters()).to.have.length(1);
  });

  it('is forgotten with who wrote it', async () => {
    const { clerk, find, root, choose, fill, until } = await arrive();
    await choose();
    await fill('noa@shopper.example', 'A draft');
    await clerk.signOut();
    await until(({ connection }) => connection === 'ready');
    await choose();
    await settled(root);
    expect(find<HTMLInputElement>('[type=email]')!.value).to.equal('');
    expect(find<HTMLTextAreaElement>(`${FORM} textarea`)!.value).to.equal('');
  });

  it('fits a phone in both directions, in place of the composer', async () => {
    await setViewport({ width: 320, height: 480 });
    for (const locale of ['en', 'he']) {
      const { clerk, find, choose } = await arrive(locale);
      await choose();
      const panel = find('.panel')!;
      expect(panel.scrollWidth, locale).to.be.at.most(320);
      expect(find('shopclerk-composer')!.checkVisibility(), locale).to.equal(false);
      const form = find('shopclerk-contact[alone]')!.getBoundingClientRect();
      expect(form.bottom, locale).to.be.at.most(480);
      expect(form.height, locale).to.be.above(300);
      await expect(clerk).to.be.accessible();
      clerk.remove();
    }
  });

  it('keeps the field in view that is written in, its label too, however low the window', async () => {
    await setViewport({ width: 320, height: 420 });
    const { find, root, fill, send } = await refused();
    find('[part=contact-open]')!.click();
    await settled(root);
    await sized();
    const list = find('.messages')!.getBoundingClientRect();
    const label = find(`${FORM} label`)!.getBoundingClientRect();
    const field = find('[autocomplete=name]')!;
    expect(hasFocus(field)).to.equal(true);
    expect(label.top).to.be.at.least(list.top);
    expect(field.getBoundingClientRect().bottom).to.be.at.most(list.bottom);
    proxy.refusals.set(ROUTE, 'rate_limited');
    await fill('noa@shopper.example');
    await send();
    await sized();
    const failure = find(`${FORM} [part=error]`)!.getBoundingClientRect();
    expect(failure.top).to.be.at.least(list.top);
    const button = find(`${FORM} .primary`)!.getBoundingClientRect();
    expect(button.bottom).to.be.at.most(list.bottom);
  });
});
