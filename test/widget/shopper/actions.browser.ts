import { expect, fixture } from '@open-wc/testing';
import { emulateMedia, sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import { html } from 'lit';
import '../../../widget/shopper/index.ts';
import { TransportError } from '../../../widget/transport/types.ts';
import { answer, FakeShopClerk, product, turnOf, userMessage } from '../fake-chat.ts';
import { hasFocus, settled } from '../panel-fixture.ts';

customElements.define('shop-clerk', FakeShopClerk);

const question = userMessage('u1', 'A bed?');
const text = { type: 'text', content: 'This **bed**[^1].' } as const;
const cards = { type: 'products', products: [product(1, { title: 'Bed [L]' })] } as const;
const sources = { type: 'citations', data: [{ number: 1, title: 'Returns', url: 'https://shop.example/r' }] } as const;

describe('what can be done with an answer', () => {
  beforeEach(async () => {
    await setViewport({ width: 900, height: 800 });
    await emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  });

  async function answered(locale = 'en', change = {}) {
    const clerk = await fixture<FakeShopClerk>(html`<shop-clerk shop="acme" locale=${locale}></shop-clerk>`);
    const { chat } = clerk;
    const root = clerk.shadowRoot!;
    await clerk.open();
    const messages = [question, answer('msg_2', [sources, text, cards], change)];
    await chat.become({ threadId: 'thr_1', messages });
    await settled(root);
    return {
      clerk,
      chat,
      root,
      find: <T extends HTMLElement = HTMLElement>(selector: string) => root.querySelector<T>(selector)!,
      buttons: () => [...root.querySelectorAll<HTMLButtonElement>('.actions button')],
      names: () => [...root.querySelectorAll('.actions button')].map((button) => button.ariaLabel),
      said: () => root.querySelector('[aria-live=polite]')!.textContent,
      async show() {
        await new Promise(requestAnimationFrame);
        await settled(root);
      },
    };
  }

  for (const locale of ['en', 'he']) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`is accessible, with its form (${locale}, ${colorScheme})`, async () => {
        await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const { clerk, buttons, show, find } = await answered(locale);
        buttons()[2]!.focus();
        await expect(clerk).to.be.accessible();
        buttons()[2]!.click();
        await show();
        expect(find('.why').checkVisibility()).to.equal(true);
        await expect(clerk).to.be.accessible();
      });
    }
  }

  it('looks like a form, also beside cards that can be bought', async () => {
    const { buttons, show, find } = await answered();
    buttons()[2]!.click();
    await show();
    for (const label of find('.why').querySelectorAll('label')) {
      expect(getComputedStyle(label).backgroundColor).to.equal('rgba(0, 0, 0, 0)');
    }
  });

  it('is shown at the focus, and not while the answer is written', async () => {
    const { chat, names, buttons, root } = await answered();
    expect(names()).to.deep.equal(['Copy answer', 'Good answer', 'Bad answer', 'Answer again']);
    await chat.become({ messages: [question, answer('msg_2', [text]), question, answer('msg_4', [text])] });
    await settled(root);
    await sendMouse({ type: 'move', position: [1, 1] });
    const [before, last] = root.querySelectorAll('.actions');
    // Of the last answer without any sign: somebody may not know that there is something.
    expect([before!, last!].map((shown) => getComputedStyle(shown).opacity)).to.deep.equal(['0', '1']);
    buttons()[0]!.focus();
    expect(getComputedStyle(before!).opacity).to.equal('1');
    await chat.become({
      messages: [question, answer('msg_2', [text], { status: 'streaming' })],
      turn: turnOf('msg_2'),
    });
    await settled(root);
    expect(names()).to.deep.equal([]);
  });

  it('takes no room of the conversation, there or not', async () => {
    const { find, root } = await answered();
    const last = find('shopclerk-message:last-child');
    const height = last.getBoundingClientRect().height;
    root.querySelector('shopclerk-actions')!.replaceChildren();
    expect(last.getBoundingClientRect().height).to.equal(height);
  });

  it('copies it as Markdown, with its cards and sources, and says so', async () => {
    const { buttons, show, said } = await answered();
    const copied: string[] = [];
    const writeText = async (written: string) => void copied.push(written);
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
    try {
      buttons()[0]!.click();
      await show();
    } finally {
      Reflect.deleteProperty(navigator, 'clipboard');
    }
    expect(copied).to.deep.equal([
      'This **bed**[^1].\n\n- [Bed \\[L\\]](https://shop.example/product/1)\n\n[^1]: Returns, https://shop.example/r',
    ]);
    expect(said()).to.contain('Copied');
  });

  it('tells the shop what one thinks of it, which can be taken back', async () => {
    const { chat, buttons, show, said } = await answered();
    buttons()[1]!.focus();
    await sendKeys({ press: 'Enter' });
    await show();
    expect(buttons()[1]!.ariaPressed).to.equal('true');
    await sendKeys({ press: 'Enter' });
    await show();
    expect(buttons()[1]!.ariaPressed).to.equal('false');
    expect(chat.transport.requests).to.deep.equal(
      [{ rating: 'up' }, { rating: null }].map((body) => ({
        method: 'POST',
        path: '/api/messages/msg_2/feedback',
        body,
      })),
    );
    expect(said()).to.contain('Your rating is taken back.');
    expect(hasFocus(buttons()[1]!)).to.equal(true);
  });

  it('asks what was wrong, which nobody has to say', async () => {
    const { chat, buttons, find, show, root } = await answered();
    buttons()[2]!.click();
    await show();
    find('[value=unhelpful]').click();
    find<HTMLTextAreaElement>('.why textarea').value = ' Too big. ';
    find('.why .primary').click();
    await show();
    expect(chat.transport.requests.map(({ body }) => body)).to.deep.equal([
      { rating: 'down' },
      { rating: 'down', reason: 'unhelpful', comment: 'Too big.' },
    ]);
    expect(root.querySelector('.why')?.tagName).to.equal(undefined);
    expect(hasFocus(buttons()[2]!)).to.equal(true);
  });

  it('shows what was said of it before', async () => {
    const { buttons } = await answered('en', { feedback: { rating: 'down', reason: 'wrong' } });
    expect(buttons().map((button) => button.ariaPressed)).to.deep.equal([null, 'false', 'true', null]);
  });

  it('shows no rating that the shop could not be told', async () => {
    const { chat, buttons, show, find } = await answered();
    chat.transport.answers = () => {
      throw new TransportError('network', 'No answer.', { retryable: true });
    };
    buttons()[2]!.click();
    await show();
    expect(buttons()[2]!.ariaPressed).to.equal('false');
    expect(find('.aside').textContent).to.contain('No connection.');
  });

  it('asks for another answer, of the last one only', async () => {
    const { chat, buttons, names, root } = await answered();
    buttons()[3]!.click();
    expect(chat.calls).to.include('retry');
    await chat.become({ messages: [...chat.state.messages, userMessage('u2', 'And?'), answer('msg_4', [])] });
    await settled(root);
    expect(names()).to.deep.equal([
      'Copy answer',
      'Good answer',
      'Bad answer',
      'Good answer',
      'Bad answer',
      'Answer again',
    ]);
  });

  it('leaves an answer that failed to its own button, and says nothing of what the shop never had', async () => {
    const failure = { code: 'network', retryable: true } as const;
    const { names } = await answered('en', { id: 'cmsg_1:assistant', status: 'failed', failure });
    expect(names()).to.deep.equal(['Copy answer']);
  });
});
