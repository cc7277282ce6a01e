import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import type { SuggestionsEvent } from '../../../proxy/protocol/index.ts';
import { FakeProxy } from '../fake-proxy.ts';
import { hasFocus, settled } from '../panel-fixture.ts';
import { realClerk } from '../real-clerk.ts';

const suggestions: SuggestionsEvent = {
  type: 'suggestions',
  data: [
    'Is it washable?',
    'איזה מיטה מתאימה ל־Golden Retriever?',
    'x'.repeat(120),
    'What does it cost to send?',
    'Fifth',
  ],
};

describe('what one could ask next', () => {
  let proxy: FakeProxy;

  beforeEach(async () => {
    proxy = new FakeProxy();
    proxy.install();
    proxy.answer = [{ type: 'text', content: 'A bed.' }, suggestions];
    await setViewport({ width: 900, height: 800 });
    await emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  });

  afterEach(() => {
    proxy.uninstall();
    localStorage.clear();
    sessionStorage.clear();
  });

  async function answered(locale = 'en') {
    const at = await realClerk(locale);
    await at.opened();
    await at.clerk.send('A bed?');
    await at.until(({ turn, threadId }) => turn === null && threadId !== null);
    return { ...at, chips: () => [...at.root.querySelectorAll<HTMLElement>('shopclerk-message [part=chip]')] };
  }

  for (const locale of ['en', 'he']) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`is accessible, and a list with a name (${locale}, ${colorScheme})`, async () => {
        await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const { clerk, find } = await answered(locale);
        await expect(clerk).to.be.accessible();
        expect(find('[part=chips]')!.ariaLabel).to.equal(locale === 'en' ? 'You could ask' : 'אפשר לשאול');
      });
    }
  }

  it('stands under the answer, four at most, and is not announced', async () => {
    const { root, chips } = await answered();
    expect(chips().map((chip) => chip.textContent.trim())).to.deep.equal(suggestions.data.slice(0, 4));
    expect(root.querySelector('.message.assistant')!.lastElementChild!.part.contains('chips')).to.equal(true);
    expect(root.querySelector('[aria-live=polite]')!.textContent).to.equal('A bed.');
  });

  it('is asked by a press, and then gone; the new answer brings its own', async () => {
    const { root, chips, until, find } = await answered();
    proxy.answer = [
      { type: 'text', content: 'Yes.' },
      { type: 'suggestions', data: ['At which heat?'] },
    ];
    chips()[0]!.focus();
    await sendKeys({ press: 'Enter' });
    expect(hasFocus(find('textarea'))).to.equal(true);
    await until(({ turn, messages }) => turn === null && messages.length === 4);
    expect(proxy.bodies('POST /api/chat/stream').at(-1)).to.include({ message: 'Is it washable?' });
    expect(chips().map((chip) => chip.textContent.trim())).to.deep.equal(['At which heat?']);
    expect(root.querySelectorAll('[part=chips]')).to.have.length(1);
  });

  it('is not there while the next answer is written, nor after one that failed', async () => {
    const { clerk, chips, until } = await answered();
    proxy.silences.set('POST /api/chat/stream', null);
    void clerk.send('And a bowl?');
    await until(({ turn }) => turn !== null);
    expect(chips()).to.have.length(0);
    void clerk.stop();
    await until(({ messages }) => messages.at(-1)!.status === 'stopped');
    expect(chips()).to.have.length(0);
  });

  it('wraps inside a window of 320 px in both directions, each text in its own', async () => {
    await setViewport({ width: 320, height: 600 });
    for (const locale of ['en', 'he']) {
      const { clerk, find, chips, root } = await answered(locale);
      await settled(root);
      expect(find('.messages')!.scrollWidth, locale).to.be.at.most(320);
      for (const chip of chips()) {
        const { left, right, height } = chip.getBoundingClientRect();
        expect(left, locale).to.be.at.least(0);
        expect(right, locale).to.be.at.most(320);
        expect(height, locale).to.be.at.least(40);
      }
      const directions = chips().map((chip) => getComputedStyle(chip.querySelector('bdi')!).unicodeBidi);
      expect(new Set(directions), locale).to.deep.equal(new Set(['isolate']));
      clerk.remove();
    }
  });
});
