import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { loadLater } from '../../../widget/components/later.ts';
import { FakeProxy } from '../fake-proxy.ts';
import { hasFocus, settled } from '../panel-fixture.ts';
import { kept, realClerk } from '../real-clerk.ts';

describe('the menu', () => {
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

  /** A conversation whose menu has the focus. */
  async function talking(locale = 'en') {
    const at = await realClerk(locale);
    await at.opened();
    await at.clerk.send('A bed?');
    await at.until(({ turn, threadId }) => turn === null && threadId !== null);
    // Another one stands in its place when the menu has come.
    const button = () => at.find<HTMLButtonElement>('[part=menu]')!;
    button().focus();
    return {
      ...at,
      button,
      items: () => [...at.root.querySelectorAll<HTMLElement>('[role^=menuitem]')],
      async press(...keys: string[]) {
        for (const press of keys) {
          await sendKeys({ press });
          // The first press brings the menu.
          await loadLater();
          await settled(at.root);
        }
      },
    };
  }

  // The first of these tests: the arrow is pressed before the menu is there.
  it('opens by the arrow key, also before it has come, and again when it is there', async () => {
    const { button, items, root } = await talking();
    expect(root.querySelector('shopclerk-menu')).to.equal(null);
    const down = (): KeyboardEvent =>
      new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true });
    expect(button().dispatchEvent(down())).to.equal(false);
    await loadLater();
    await settled(root);
    expect(hasFocus(items()[0]!)).to.equal(true);
    await sendKeys({ press: 'Escape' });
    await settled(root);
    expect(items()).to.have.length(0);
    expect(hasFocus(button())).to.equal(true);
    await sendKeys({ press: 'ArrowDown' });
    await settled(root);
    expect(hasFocus(items()[0]!)).to.equal(true);
  });

  for (const locale of ['en', 'he']) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`is accessible, closed, open and asking (${locale}, ${colorScheme})`, async () => {
        await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const { clerk, press, items } = await talking(locale);
        await expect(clerk).to.be.accessible();
        await press('Enter');
        expect(items()).to.have.length(4);
        await expect(clerk).to.be.accessible();
        await press('End', 'Enter');
        await expect(clerk).to.be.accessible();
      });
    }
  }

  it('has nothing to do with conversations for somebody who has none', async () => {
    const { find, opened, root } = await realClerk();
    await opened();
    find('[part=menu]')!.click();
    await loadLater();
    await settled(root);
    expect(find('.menu')!.innerText.trim()).to.equal('Sound for new answers');
  });

  it('turns the sound on and off, and remembers it', async () => {
    const { items, press } = await talking();
    await press('Enter', 'ArrowDown');
    const sound = items()[1]!;
    expect(sound.ariaChecked).to.equal('false');
    await press('Enter');
    expect(sound.ariaChecked).to.equal('true');
    expect(kept()).to.contain('shopclerk:sound');
    await press('Enter');
    expect(sound.ariaChecked).to.equal('false');
    expect(kept()).not.to.contain('shopclerk:sound');
  });

  it('is walked with the arrow keys, and Escape closes it alone and gives the focus back', async () => {
    const { clerk, button, items, press } = await talking();
    expect(button().ariaHasPopup).to.equal('menu');
    expect(button().querySelector('svg')!.checkVisibility({ opacityProperty: true })).to.equal(true);
    await press('Enter');
    expect(button().ariaExpanded).to.equal('true');
    const at = () => items().findIndex(hasFocus);
    const walk: number[] = [at()];
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'End']) {
      await press(key);
      walk.push(at());
    }
    expect(walk).to.deep.equal([0, 1, 2, 1, 0, 3]);
    await press('Escape');
    expect(button().ariaExpanded).to.equal('false');
    expect(hasFocus(button())).to.equal(true);
    expect(clerk.opened).to.equal(true);
    await press('Enter', 'Tab');
    expect(button().ariaExpanded).to.equal('false');
  });

  it('stays inside a phone’s screen in both directions', async () => {
    await setViewport({ width: 320, height: 600 });
    for (const locale of ['en', 'he']) {
      const { clerk, find, press } = await talking(locale);
      await press('Enter');
      const { left, right } = find('.menu')!.getBoundingClientRect();
      expect(left, locale).to.be.at.least(0);
      expect(right, locale).to.be.at.most(320);
      clerk.remove();
    }
  });

  it('downloads the conversation as a file', async () => {
    const { press, until, items } = await talking();
    const clicked: string[] = [];
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function () {
      clicked.push(`${this.download} ${this.href.split(':')[0]}`);
    };
    try {
      await press('Enter');
      items()[2]!.click();
      await until(() => clicked.length > 0);
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    expect(clicked).to.deep.equal(['acme-thr_1.json blob']);
    expect(proxy.routes.at(-1)).to.equal('GET /api/threads/thr_1/export');
  });

  it('asks before it deletes, with the safe answer first in focus, and starts afresh', async () => {
    const { button, root, find, items, press, until } = await talking();
    await press('Enter', 'End', 'Enter');
    expect(find('.menu p')!.textContent).to.equal('Delete this conversation for good?');
    expect(hasFocus(items()[1]!)).to.equal(true);
    await press('Enter');
    expect(hasFocus(button())).to.equal(true);
    expect(proxy.routes.at(-1)).to.equal('POST /api/chat/stream');

    await press('Enter', 'End', 'Enter', 'Home', 'Enter');
    await until(({ threadId }) => threadId === null);
    expect(proxy.routes.at(-1)).to.equal('DELETE /api/threads/thr_1');
    expect(find('.greeting')!.checkVisibility()).to.equal(true);
    expect(root.querySelector('[aria-live=polite]')!.textContent).to.contain('The conversation is deleted.');
    expect(hasFocus(find('textarea'))).to.equal(true);
    expect(kept()).not.to.contain('thr_1');
  });

  it('says in words when it can’t be deleted, and keeps it', async () => {
    const { clerk, find, press, until } = await talking();
    proxy.refusals.set('DELETE /api/threads/thr_1', 'internal');
    await press('Enter', 'End', 'Enter', 'Home', 'Enter');
    await until(({ aside }) => aside !== null);
    expect(find('.aside[role=alert]')!.textContent.trim()).to.equal('Something went wrong on our side.');
    expect(find('.bubble')!.textContent).to.equal('A bed?');
    await expect(clerk).to.be.accessible();
    await clerk.send('And a bowl?');
    await until(({ turn }) => turn === null);
    expect(find('.aside')?.tagName).to.equal(undefined);
  });
});
