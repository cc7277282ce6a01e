import { expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import '../../../widget/components/later-pieces.ts';
import { loadLater } from '../../../widget/components/later.ts';
import { LetterIntent } from '../../../widget/components/letter-intent.ts';
import { type FeedbackEvent, HandoffEvent } from '../../../widget/later-events.ts';
import type { ShopClerkEvent } from '../../../widget/events.ts';
import { TransportError } from '../../../widget/transport/types.ts';
import { answer, FakeShopClerk, turnOf, userMessage } from '../fake-chat.ts';
import { settled } from '../panel-fixture.ts';

customElements.define('shop-clerk', FakeShopClerk);

const NAMES =
  'ready open close message-send response-start response-end products-shown product-click add-to-cart cart-updated thread-change feedback handoff consent-change connection-change error identity-expired';

/** What the page hears, as `name who`, at its own root. */
async function listened() {
  const heard: string[] = [];
  const events: ShopClerkEvent[] = [];
  const controller = new AbortController();
  for (const name of NAMES.split(' ')) {
    const listen = (event: Event): void => {
      heard.push(`${name} ${(event as ShopClerkEvent).source}`);
      events.push(event as ShopClerkEvent);
    };
    document.addEventListener(`shopclerk-${name}`, listen, { signal: controller.signal });
  }
  const clerk = await fixture<FakeShopClerk>(html`<shop-clerk shop="acme" locale="en"></shop-clerk>`);
  await clerk.updateComplete;
  const since = (): string[] => heard.splice(0);
  return { clerk, chat: clerk.chat, root: clerk.shadowRoot!, since, events, deaf: () => controller.abort() };
}

const question = userMessage('u1', 'A bed?');

describe('what the page hears', () => {
  it('is who did it: the page or the shopper, and each change once', async () => {
    const { clerk, root, since, deaf } = await listened();
    expect(since()).to.deep.equal(['ready page']);
    await clerk.open();
    await clerk.open();
    expect(since()).to.deep.equal(['open page', 'connection-change assistant']);
    root.querySelector<HTMLElement>('[part=launcher]')!.click();
    await clerk.updateComplete;
    expect(since()).to.deep.equal(['close shopper']);
    await clerk.close();
    expect(since()).to.deep.equal([]);
    deaf();
  });

  it('is how an answer goes, the thread, the consent and the line, and no word of what was said', async () => {
    const { clerk, chat, since, events, deaf } = await listened();
    await clerk.open();
    since();
    const turn = turnOf('a1');
    const sending = answer('a1', [], { status: 'sending' });
    await chat.become({ messages: [question, sending], turn });
    await chat.become({ threadId: 'thr_1', messages: [question, { ...sending, status: 'streaming' }] });
    await chat.become({ turn: { ...turn, reconnecting: true } });
    await chat.become({ turn });
    await chat.become({ messages: [question, { ...sending, status: 'done' }], turn: null });
    await clerk.consent('granted');
    await clerk.consent('granted');
    expect(since()).to.deep.equal([
      'message-send page',
      'thread-change page',
      'response-start assistant',
      'connection-change assistant',
      'connection-change assistant',
      'response-end assistant',
      'consent-change page',
    ]);
    expect(JSON.stringify(events.map((event) => Object.entries(event)))).not.to.contain('A bed?');
    for (const event of events) expect([event.bubbles, event.composed, event.shop]).to.deep.equal([true, true, 'acme']);
    deaf();
  });

  it('is a letter only when the shop has it', async () => {
    const { clerk, chat, root, since, deaf } = await listened();
    await clerk.open();
    since();
    await loadLater();
    const intent = new LetterIntent();
    root.dispatchEvent(intent);
    const letter = { name: '', email: 'noa@shopper.example', message: 'Hello', talk: false };
    chat.room.transport.request = () => Promise.reject(new TransportError('network', 'Lost.', { retryable: true }));
    expect(await intent.deliver!(letter)).to.include({ code: 'network' });
    expect(since()).to.deep.equal([]);
    chat.room.transport.request = async () => undefined as never;
    expect(await intent.deliver!(letter)).to.equal(null);
    expect(since()).to.deep.equal(['handoff shopper']);
    deaf();
  });

  it('is an opinion only when the shop has it', async () => {
    const { clerk, chat, root, since, events, deaf } = await listened();
    await clerk.open();
    await chat.become({
      threadId: 'thr_1',
      messages: [question, answer('msg_2', [{ type: 'text', content: 'Yes.' }])],
    });
    await settled(root);
    since();
    chat.room.transport.request = () => Promise.reject(new TransportError('network', 'Lost.', { retryable: true }));
    const good = (): HTMLElement => root.querySelectorAll<HTMLElement>('.actions button')[1]!;
    good().click();
    await new Promise((resolve) => setTimeout(resolve));
    await settled(root);
    expect(since()).to.deep.equal([]);
    chat.room.transport.request = async () => undefined as never;
    good().click();
    await new Promise((resolve) => setTimeout(resolve));
    expect(since()).to.deep.equal(['feedback shopper']);
    const event = events.at(-1) as FeedbackEvent;
    expect([event.messageId, event.rating, event.reason, event.threadId]).to.deep.equal(['msg_2', 'up', null, 'thr_1']);
    deaf();
  });

  it('is a method that could not do what it was asked for: an event and a line in the console, nothing thrown', async () => {
    const { clerk, chat, since, deaf } = await listened();
    const consoleError = console.error;
    const lines: unknown[][] = [];
    console.error = (...line: unknown[]) => void lines.push(line);
    const thrown: unknown[] = [];
    const onError = (event: Event): void => void thrown.push(event);
    addEventListener('error', onError);
    addEventListener('unhandledrejection', onError);
    try {
      since();
      chat.start = () => Promise.reject(new Error('Broken.'));
      expect(await clerk.send('Hi')).to.equal(undefined);
      expect(await clerk.selectThread('thr_9')).to.equal(undefined);
      await clerk.selectThread(undefined as never);
      await clerk.registerTool({ name: 'No name', description: 'x' }, () => 1);
      await clerk.setDraft('x');
      await clerk.stop();
      await new Promise((resolve) => setTimeout(resolve));
      expect(since().filter((line) => line === 'error page')).to.have.length(4);
      expect(lines.map(String).join(' ')).to.contain('Broken.').and.to.contain('registerTool: name:');
      expect(lines.map(String).join(' ')).to.contain('selectThread: the id of a conversation is needed');
      expect(thrown).to.deep.equal([]);
    } finally {
      console.error = consoleError;
      removeEventListener('error', onError);
      removeEventListener('unhandledrejection', onError);
      deaf();
    }
  });

  it('is typed by the names of the events, on elements and on the document', () => {
    const clerk = document.createElement('shop-clerk');
    clerk.addEventListener('shopclerk-feedback', (event) => event satisfies FeedbackEvent);
    document.addEventListener('shopclerk-handoff', (event) => event satisfies HandoffEvent);
    clerk.addEventListener('shopclerk-consent-change', ({ granted }) => granted satisfies boolean);
    expect(new HandoffEvent({ shop: 'acme', threadId: null })).to.include({
      source: 'shopper',
      type: 'shopclerk-handoff',
    });
  });
});
