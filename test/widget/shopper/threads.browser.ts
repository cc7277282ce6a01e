import { expect, fixture } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { html } from 'lit';
import type { ThreadSummary } from '../../../proxy/protocol/index.ts';
import { openThreads } from '../../../widget/shopper/thread-list.ts';
import { listThreads } from '../../../widget/shopper/threads.ts';
import { strings } from '../../../widget/i18n/index.ts';
import { TransportError } from '../../../widget/transport/types.ts';
import { answered, asked, threadOf } from '../controllers/page.ts';
import { answer, FakeShopClerk, turnOf, userMessage } from '../fake-chat.ts';
import { hasFocus, settled } from '../panel-fixture.ts';

customElements.define('shop-clerk', FakeShopClerk);

const HOUR = 3_600_000;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
const LONG = 'מיטה אורתופדית Royal Bowl לכלב גדול מאוד שישן כל היום ליד הספה בסלון';

function summaries(): ThreadSummary[] {
  return [
    { thread_id: 'thr_1', title: 'A bed for a big dog', updated_at: ago(60_000) },
    { thread_id: 'thr_2', title: LONG, updated_at: ago(3 * HOUR) },
    { thread_id: 'thr_3', title: '', updated_at: ago(40 * 24 * HOUR) },
  ];
}

describe('the conversations of before', () => {
  beforeEach(async () => {
    await setViewport({ width: 900, height: 800 });
    await emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  });

  async function listed(locale: 'en' | 'he' = 'en', threads = summaries()) {
    const clerk = await fixture<FakeShopClerk>(html`<shop-clerk shop="acme" locale=${locale}></shop-clerk>`);
    const { chat } = clerk;
    const root = clerk.shadowRoot!;
    chat.isKnown = true;
    chat.transport.answers = ({ method, body }) => (method === 'PATCH' ? { ...threads[0], ...body } : { threads });
    for (const { thread_id } of threads) {
      chat.transport.threadById.set(thread_id, {
        ...threadOf(null, asked('msg_1', 'Hi'), answered('msg_2', 'Hello.')),
        thread_id,
      });
    }
    await clerk.open();
    await chat.become({ threadId: 'thr_1', messages: [userMessage('u1', 'A bed?'), answer('a1', [])] });
    await settled(root);
    const find = <T extends HTMLElement = HTMLElement>(selector: string) => root.querySelector<T>(selector)!;
    const show = async () => {
      // What is asked of the fake is answered in microtasks.
      await new Promise(requestAnimationFrame);
      await settled(root);
    };
    openThreads(find('.header'), strings[locale]);
    await show();
    return {
      clerk,
      chat,
      root,
      find,
      show,
      rows: () => [...root.querySelectorAll<HTMLElement>('.threads li')],
      said: () => root.querySelector('[aria-live=polite]')!.textContent,
    };
  }

  for (const locale of ['en', 'he'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`are accessible: listed, being renamed, being deleted, none at all (${locale}, ${colorScheme})`, async () => {
        await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const { clerk, find, show } = await listed(locale);
        await expect(clerk).to.be.accessible();
        find('.rename').click();
        await show();
        await expect(clerk).to.be.accessible();
        find('.remove').click();
        await show();
        await expect(clerk).to.be.accessible();
        clerk.remove();
        await expect((await listed(locale, [])).clerk).to.be.accessible();
      });
    }
  }

  it('are a list with the newest first, its dates as one says them, and a mark at the one that is open', async () => {
    const { rows, find } = await listed();
    expect(rows().map((row) => row.querySelector('.open')!.textContent.replace(/\s+/g, ' ').trim())).to.deep.equal([
      'A bed for a big dog Open now',
      `${LONG} 3 hours ago`,
      `Untitled conversation ${new Date(ago(40 * 24 * HOUR)).toLocaleDateString('en', { day: 'numeric', month: 'short' })}`,
    ]);
    expect(find('.threads [aria-current=true] .title').textContent).to.equal('A bed for a big dog');
    expect(hasFocus(find('.back'))).to.equal(true);
    expect(find('.composer').checkVisibility({ visibilityProperty: true })).to.equal(false);
  });

  it('mark the one that is being answered', async () => {
    const { chat, clerk, find, show } = await listed();
    await chat.become({ turn: turnOf('a1') });
    clerk.dispatchEvent(new Event('shopclerk-response-end'));
    await show();
    expect(find('.threads .running').textContent).to.equal('Being answered');
  });

  it('open by the keyboard, with the focus on what there is to read', async () => {
    const { chat, rows, find, show, root } = await listed();
    rows()[1]!.querySelector<HTMLElement>('.open')!.focus();
    await sendKeys({ press: 'Enter' });
    while (!chat.calls.includes('show thr_2')) await show();
    expect(root.querySelector('shopclerk-threads')?.tagName).to.equal(undefined);
    expect(hasFocus(find('.messages'))).to.equal(true);
  });

  it('close with Escape alone, which gives the focus back to the menu', async () => {
    const { clerk, find, root, show } = await listed();
    await sendKeys({ press: 'Escape' });
    await show();
    expect(clerk.opened).to.equal(true);
    expect(root.querySelector('shopclerk-threads')?.tagName).to.equal(undefined);
    expect(hasFocus(find('[part=menu]'))).to.equal(true);
  });

  it('are renamed in their place; Escape keeps the old title', async () => {
    const { chat, find, rows, show, said } = await listed();
    find('.rename').click();
    await show();
    expect(hasFocus(find('li input'))).to.equal(true);
    await sendKeys({ press: 'Escape' });
    await show();
    expect(hasFocus(rows()[0]!.querySelector('.rename'))).to.equal(true);
    find('.rename').click();
    await show();
    find<HTMLInputElement>('li input').value = 'Big bed';
    await sendKeys({ press: 'Enter' });
    await show();
    expect(chat.transport.requests.at(-1)).to.deep.equal({
      method: 'PATCH',
      path: '/api/threads/thr_1',
      body: { title: 'Big bed' },
    });
    expect(rows()[0]!.querySelector('.title')!.textContent).to.equal('Big bed');
    expect(said()).to.contain('The title is saved.');
    expect(hasFocus(rows()[0]!.querySelector('.rename'))).to.equal(true);
  });

  it('are deleted after a question whose safe answer has the focus, which goes on to the next one', async () => {
    const { chat, find, rows, show, said } = await listed();
    find('.remove').click();
    await show();
    expect(hasFocus(find('.keep'))).to.equal(true);
    await sendKeys({ press: 'Enter' });
    await show();
    expect(rows()).to.have.length(3);
    expect(hasFocus(rows()[0]!.querySelector('.remove'))).to.equal(true);
    find('.remove').click();
    await show();
    find('.final').click();
    await show();
    expect(chat.transport.threadById.has('thr_1')).to.equal(false);
    expect(rows()).to.have.length(2);
    expect(hasFocus(rows()[0]!.querySelector('.open'))).to.equal(true);
    expect(said()).to.contain('The conversation is deleted.');
    // It was the one that was shown.
    expect(chat.calls).to.include('newThread');
  });

  it('are searched, and say how many were found', async () => {
    const { chat, find, show, said } = await listed();
    chat.transport.answers = () => ({ threads: [{ ...summaries()[1]!, snippet: '…a blue bowl…' }] });
    const input = find<HTMLInputElement>('.search input');
    input.value = ' bowl & bed';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    while (!said().includes('1 conversation')) await show();
    expect(chat.transport.requests.at(-1)!.path).to.equal('/api/threads?q=bowl%20%26%20bed');
    expect(find('.open').textContent).to.contain('…a blue bowl…');
    chat.transport.answers = () => ({ threads: [] });
    expect(await listThreads(chat.room, 'x'.repeat(101), new AbortController().signal)).to.deep.equal([]);
    expect(chat.transport.requests.at(-1)!.path).to.equal(`/api/threads?q=${'x'.repeat(100)}`);
    input.value = 'x';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    while (!said().includes('No conversation has these words')) await show();
    expect(input.isConnected).to.equal(true);
  });

  it('that can’t be had say so, with a way to try again', async () => {
    const { chat, find, show, rows } = await listed('en', []);
    expect(find('.said').textContent).to.equal('No conversations yet. What you ask will be found here.');
    find('.back').click();
    chat.transport.answers = () => {
      throw new TransportError('network', 'No answer.', { retryable: true });
    };
    openThreads(find('.header'), strings.en);
    await show();
    expect(find('.threads [role=alert]').textContent).to.contain('No connection.');
    chat.transport.answers = () => ({ threads: summaries() });
    find('.threads [part=error] button').click();
    await show();
    expect(rows()).to.have.length(3);
  });

  it('ask nothing of the proxy for somebody who never wrote', async () => {
    const { chat, find, show } = await listed();
    find('.back').click();
    chat.isKnown = false;
    chat.transport.requests.length = 0;
    openThreads(find('.header'), strings.en);
    await show();
    expect(chat.transport.requests).to.have.length(0);
  });

  it('stay inside 320 px in both directions, each button big enough for a finger', async () => {
    await setViewport({ width: 320, height: 600 });
    for (const locale of ['en', 'he'] as const) {
      const { clerk, rows } = await listed(locale);
      for (const row of rows()) {
        for (const button of row.querySelectorAll('button')) {
          const { left, right, width, height } = button.getBoundingClientRect();
          expect(left, locale).to.be.at.least(0);
          expect(right, locale).to.be.at.most(320);
          expect(Math.min(width, height), locale).to.be.at.least(44);
        }
        const open = row.querySelector('.open')!.getBoundingClientRect();
        const remove = row.querySelector('.remove')!.getBoundingClientRect();
        expect(open.left < remove.left, locale).to.equal(locale === 'en');
      }
      await clerk.close();
      clerk.remove();
    }
  });
});
