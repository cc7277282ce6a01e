import { expect, fixture } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { html } from 'lit';
import { loadLater } from '../../../widget/components/later.ts';
import { ResponseEndEvent } from '../../../widget/events.ts';
import { strings } from '../../../widget/i18n/index.ts';
import type { MessageStatus } from '../../../widget/state/state.ts';
import { answer, FakeShopClerk, shop, turnOf, userMessage } from '../fake-chat.ts';
import { settled } from '../panel-fixture.ts';

customElements.define('shop-clerk', FakeShopClerk);

describe('what calls a shopper back', () => {
  beforeEach(async () => {
    await setViewport({ width: 900, height: 800 });
    await emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  });

  async function left(locale: 'en' | 'he' = 'en') {
    const clerk = await fixture<FakeShopClerk>(html`<shop-clerk shop="acme" locale=${locale}></shop-clerk>`);
    const root = clerk.shadowRoot!;
    await clerk.open();
    const messages = [userMessage('u1', 'A bed?'), answer('a1', [], { status: 'streaming' })];
    await clerk.chat.become({ messages, turn: turnOf('a1') });
    await clerk.close();
    (await loadLater())!.attend(clerk, () => strings[locale]);
    const badge = () => root.querySelector<HTMLElement>('.badge');
    const ended = (status: MessageStatus = 'done') =>
      clerk.dispatchEvent(new ResponseEndEvent({ shop: 'acme', threadId: 'thr_1' }, 'msg_2', status));
    return { clerk, root, badge, ended, launcher: root.querySelector<HTMLElement>('[part=launcher]')! };
  }

  for (const locale of ['en', 'he'] as const) {
    it(`is a number at the launcher, which is read out, and gone when the chat opens (${locale})`, async () => {
      const { clerk, badge, ended, launcher } = await left(locale);
      const title = document.title;
      ended();
      expect(badge()!.textContent).to.equal('1');
      expect(launcher.ariaDescription).to.equal(locale === 'en' ? '1 new answer' : 'תשובה חדשה אחת');
      await expect(clerk).to.be.accessible();
      for (let more = 0; more < 10; more++) ended();
      expect(badge()!.textContent).to.equal('9+');
      expect(document.title).to.equal(title);
      const { right, top } = badge()!.getBoundingClientRect();
      expect(right).to.be.at.most(900);
      expect(top).to.be.at.least(0);
      await clerk.open();
      expect(badge()).to.equal(null);
      expect(launcher.ariaDescription).to.equal(null);
    });
  }

  it('counts nothing that the shopper stopped, or that came before their eyes', async () => {
    const { clerk, badge, ended } = await left();
    ended('stopped');
    expect(badge()).to.equal(null);
    await clerk.open();
    ended();
    expect(badge()).to.equal(null);
  });

  it('counts by itself what ends after the panel was closed', async () => {
    const { clerk, badge } = await left();
    await clerk.chat.become({ messages: [userMessage('u1', 'A bed?'), answer('a1', [])], turn: null });
    await settled(clerk.shadowRoot!);
    expect(badge()!.textContent).to.equal('1');
  });

  it('shows a question that waits for the line, and takes it back', async () => {
    const { clerk, root } = await left();
    await clerk.open();
    await clerk.chat.become({ messages: [{ ...userMessage('cmsg_1:user', 'A bed?'), status: 'offline' }], turn: null });
    await settled(root);
    await expect(clerk).to.be.accessible();
    const note = root.querySelector('.note')!;
    expect(note.textContent.replace(/\s+/g, ' ').trim()).to.equal(
      'You are offline. This is sent when you are back. Take back',
    );
    note.querySelector('button')!.click();
    expect(clerk.chat.calls).to.include('withdraw cmsg_1:user');
  });

  it('says by the shop’s own picture whose chat it is, and by its letter where there is none to be had', async () => {
    const { clerk, root } = await left();
    const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
    await clerk.open();
    await clerk.chat.become({ shop: { ...shop, theme: { logo_url: pixel } } });
    const logo = root.querySelector<HTMLImageElement>('.initial img')!;
    await logo.decode();
    expect(logo.alt).to.equal('');
    await expect(clerk).to.be.accessible();
    logo.dispatchEvent(new Event('error'));
    expect(root.querySelector('.initial img')?.tagName).to.equal(undefined);
    expect(root.querySelector('.initial')!.textContent).to.equal('P');
  });
});
