import { expect } from '@open-wc/testing';
import { TransportError } from '../../../widget/transport/types.ts';
import { answered, asked, closePages, done, network, openPage, started, text, thread, threadOf } from './page.ts';
const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

function setHidden(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('ChatController', () => {
  afterEach(() => {
    closePages();
    Reflect.deleteProperty(document, 'hidden');
  });

  it('lets the line be looked at whenever the page may have slept', () => {
    const { transport } = openPage();
    const news: [EventTarget, string][] = [
      [document, 'visibilitychange'],
      [document, 'resume'],
      [window, 'pageshow'],
      [window, 'online'],
    ];
    for (const [where, type] of news) where.dispatchEvent(new Event(type));
    expect(transport.wakings).to.equal(news.length);
    closePages();
    document.dispatchEvent(new Event('resume'));
    expect(transport.wakings).to.equal(news.length);
  });

  describe('start', () => {
    it('gets the shop, once, and remembers nothing of somebody who never wrote', async () => {
      const { chat, transport } = openPage();
      await Promise.all([chat.start(), chat.start()]);
      await chat.start();
      expect(chat.state).to.deep.include({ connection: 'ready', shop: transport.shop });
      expect(transport.tokensShown).to.deep.equal([]);
      expect(localStorage.length).to.equal(0);
    });

    it('says why it failed, and succeeds when it is called again', async () => {
      const { chat, transport } = openPage();
      transport.sessionError = network;
      await chat.start();
      expect(chat.state).to.deep.include({ connection: 'failed', failure: { code: 'network', retryable: true } });
      transport.sessionError = null;
      await chat.start();
      expect(chat.state).to.deep.include({ connection: 'ready', failure: null });
    });

    it('is tried again when the line is back, unless that would change nothing', async () => {
      const { chat, transport, host } = openPage();
      transport.sessionError = new TransportError('origin_not_allowed', 'No.', { status: 403, retryable: false });
      await chat.start();
      dispatchEvent(new Event('online'));
      expect(chat.state.connection).to.equal('failed');
      transport.sessionError = network;
      await chat.start();
      transport.sessionError = null;
      dispatchEvent(new Event('online'));
      await host.until(() => chat.state.connection === 'ready');
    });

    it('comes back to the thread of before as the same visitor', async () => {
      const { chat, transport, memory } = openPage();
      memory.save({ token: 'old', threadId: 'thr_1' });
      transport.threadById.set('thr_1', thread);
      await chat.start();
      expect(transport.tokensShown).to.deep.equal(['old']);
      expect(chat.state.threadId).to.equal('thr_1');
      expect(chat.state.messages[0]).to.include({ key: 'msg_1', role: 'user' });
      expect(memory.load()).to.deep.equal({ token: 'token-1', threadId: 'thr_1' });
    });

    it('forgets a thread that is gone and starts fresh', async () => {
      const { chat, memory } = openPage();
      memory.save({ token: 'old', threadId: 'thr_gone' });
      await chat.start();
      expect(chat.state).to.deep.include({ connection: 'ready', threadId: null, messages: [] });
      expect(memory.load()).to.deep.equal({ token: 'token-1', threadId: null });
    });
  });

  describe('send', () => {
    it('shows the question at once, then the answer, and remembers the thread', async () => {
      const { chat, transport, memory, answer, said } = openPage();
      await chat.start();
      const sending = chat.send('  Dog food?  ');
      const turn = await transport.turn(0);
      expect(chat.state.messages.map(({ status }) => status)).to.deep.equal(['done', 'sending']);
      expect(turn.request).to.deep.include({ message: 'Dog food?', thread_id: null, locale: 'he' });
      expect(turn.request.client_message_id).to.match(/^cmsg_[0-9a-f]{32}$/);
      turn.say(started(), text('Try '), text('this.'), done());
      await sending;
      expect(said()).to.equal('Try this.');
      expect(answer().status).to.equal('done');
      expect(memory.load()).to.deep.equal({ token: 'token-1', threadId: 'thr_1' });
      const next = chat.send('More?');
      const second = await transport.turn(1);
      expect(second.request.thread_id).to.equal('thr_1');
      second.say(started('trn_2'), done());
      await next;
    });

    it('waits for what the page has offered, but not for ever', async () => {
      const { chat, transport } = openPage({ partPatienceMs: 0 });
      chat.offering = new Promise(() => {});
      const sending = chat.send('Dog food?');
      (await transport.turn(0)).say(started(), done());
      await sending;
      expect(chat.state.messages[0]!.status).to.equal('done');
    });

    it('does nothing for blank text or while a turn runs', async () => {
      const { chat, transport } = openPage();
      await chat.send('  \n');
      const sending = chat.send('One');
      const turn = await transport.turn(0);
      await chat.send('Two');
      expect(transport.turns).to.have.length(1);
      turn.say(started(), done());
      await sending;
    });

    it('without a session shows the question with the reason, and retry begins with the session', async () => {
      const { chat, transport, answer } = openPage();
      transport.sessionError = network;
      await chat.send('Hi');
      expect(answer()).to.deep.include({ status: 'failed', failure: { code: 'network', retryable: true } });
      transport.sessionError = null;
      const retrying = chat.retry();
      (await transport.turn(0)).say(started(), text('Yes'), done());
      await retrying;
      expect(chat.state.messages.map(({ status }) => status)).to.deep.equal(['done', 'done']);
    });

    it('without a session first, comes after the old conversation and takes nothing of it away', async () => {
      const { chat, transport, memory, shown } = openPage();
      memory.save({ token: 'old', threadId: 'thr_1' });
      transport.threadById.set('thr_1', threadOf(null, asked('msg_1', 'Hi'), answered('msg_2', 'Hello')));
      transport.sessionError = network;
      await chat.send('More?');
      transport.sessionError = null;
      const retrying = chat.retry();
      (await transport.turn(0)).say(started(), text('Yes'), done());
      await retrying;
      expect(shown()).to.deep.equal([
        'user done: Hi',
        'assistant done: Hello',
        'user done: More?',
        'assistant done: Yes',
      ]);
    });

    it('keeps what was said when the line breaks', async () => {
      const { chat, transport, answer, said } = openPage();
      const sending = chat.send('Hi');
      const turn = await transport.turn(0);
      turn.say(started(), text('Half'));
      turn.fail(new TransportError('interrupted', 'Cut.', { retryable: true }));
      await sending;
      expect(said()).to.equal('Half');
      expect(answer()).to.deep.include({ status: 'failed', failure: { code: 'interrupted', retryable: true } });
      expect(chat.state.turn).to.equal(null);
    });
  });

  describe('retry', () => {
    it('asks again under a new id, in place of the question before, and takes the failed answer away', async () => {
      const { chat, transport, said } = openPage();
      const sending = chat.send('Hi');
      const first = await transport.turn(0);
      first.fail(new TransportError('overloaded', 'Busy.', { status: 429, retryable: true }));
      await sending;
      const retrying = chat.retry();
      const second = await transport.turn(1);
      expect(second.request.message).to.equal('Hi');
      expect(second.request.client_message_id).not.to.equal(first.request.client_message_id);
      expect(first.request).not.to.have.property('replaces');
      expect(second.request.replaces).to.equal(first.request.client_message_id);
      second.say(started(), text('Hello'), done());
      await retrying;
      expect(chat.state.messages).to.have.length(2);
      expect(said()).to.equal('Hello');
    });

    it('does nothing where there is no answer', async () => {
      const { chat, transport } = openPage();
      await chat.start();
      await chat.retry();
      expect(transport.turns).to.have.length(0);
    });
  });

  describe('stop', () => {
    it('cancels the turn, keeps what was said, shows nothing more', async () => {
      const { chat, host, transport, answer, said } = openPage();
      const sending = chat.send('Hi');
      const turn = await transport.turn(0);
      turn.say(started(), text('One'));
      await host.until(() => said() === 'One');
      transport.onCancel = () => turn.say(text(' two'), done('cancelled'));
      await chat.stop();
      expect(transport.cancelled).to.deep.equal(['trn_1']);
      expect(said()).to.equal('One');
      expect(answer().status).to.equal('stopped');
      expect(chat.state.turn).to.equal(null);
      await sending;
    });

    it('before the turn has an id cancels it as soon as it has one', async () => {
      const { chat, transport, answer, said } = openPage();
      const sending = chat.send('Hi');
      const turn = await transport.turn(0);
      transport.onCancel = () => turn.say(text('late'), done('cancelled'));
      const stopping = chat.stop();
      expect(answer().status).to.equal('stopped');
      expect(transport.cancelled).to.deep.equal([]);
      turn.say(started(), text('early'));
      await Promise.all([stopping, sending]);
      expect(transport.cancelled).to.deep.equal(['trn_1']);
      expect(said()).to.equal('');
    });

    it('lets go of a turn that cannot be told to stop', async () => {
      const { chat, host, transport, said } = openPage();
      const sending = chat.send('Hi');
      const turn = await transport.turn(0);
      turn.say(started(), text('One'));
      await host.until(() => said() === 'One');
      transport.cancelError = network;
      await chat.stop();
      await sending;
      expect(turn.signal.aborted).to.equal(true);
      expect(chat.state.turn).to.equal(null);
    });

    it('does not lose the next question, asked while the turn still ends', async () => {
      const { chat, transport } = openPage();
      const sending = chat.send('One');
      const turn = await transport.turn(0);
      turn.say(started());
      const stopping = chat.stop();
      const next = chat.send('Two');
      turn.say(done('cancelled'));
      const second = await transport.turn(1);
      expect(second.request.message).to.equal('Two');
      second.say(started('trn_2'), done());
      await Promise.all([sending, stopping, next]);
    });
  });

  describe('newThread', () => {
    it('leaves the running turn, whose late events change nothing', async () => {
      const { chat, host, transport, memory, said } = openPage();
      const sending = chat.send('One');
      const turn = await transport.turn(0);
      turn.say(started(), text('a'));
      await host.until(() => said() === 'a');
      chat.newThread();
      expect(chat.state).to.deep.include({ threadId: null, messages: [], turn: null });
      expect(transport.cancelled).to.deep.equal(['trn_1']);
      const next = chat.send('Two');
      const second = await transport.turn(1);
      turn.say(text('late'), done('cancelled'));
      await sending;
      expect(second.request.thread_id).to.equal(null);
      expect(memory.load()?.threadId).to.equal(null);
      second.say(started('trn_2'), text('b'), done());
      await next;
      expect(said()).to.equal('b');
    });
  });

  describe('drawing', () => {
    it('happens once a frame for text, however many pieces come', async () => {
      const { chat, host, transport, said } = openPage();
      const sending = chat.send('Hi');
      const turn = await transport.turn(0);
      turn.say(started());
      await host.until(() => chat.state.turn?.turnId === 'trn_1');
      await nextFrame();
      const before = host.updates;
      for (let piece = 0; piece < 50; piece++) turn.say(text('x'));
      await host.until(() => said().length === 50);
      expect(host.updates).to.equal(before + 1);
      turn.say(text('y'), done());
      await sending;
      expect(host.updates).to.equal(before + 2);
      await nextFrame();
      expect(host.updates).to.equal(before + 2);
    });

    it('does not wait for frames in a hidden page', async () => {
      const { chat, host, transport, said } = openPage();
      const sending = chat.send('Hi');
      const turn = await transport.turn(0);
      turn.say(started());
      await host.until(() => chat.state.turn?.turnId === 'trn_1');
      const frames: FrameRequestCallback[] = [];
      const { requestAnimationFrame } = globalThis;
      globalThis.requestAnimationFrame = (callback) => frames.push(callback);
      try {
        const before = host.updates;
        turn.say(text('a'));
        while (said() !== 'a') await Promise.resolve();
        expect(host.updates).to.equal(before);
        setHidden(true);
        expect(host.updates).to.equal(before + 1);
        turn.say(text('b'));
        while (said() !== 'ab') await Promise.resolve();
        expect(host.updates).to.equal(before + 2);
      } finally {
        globalThis.requestAnimationFrame = requestAnimationFrame;
      }
      turn.say(done());
      await sending;
    });
  });

  it('ends its streams when the host leaves the page', async () => {
    const { chat, transport, answer } = openPage();
    const sending = chat.send('Hi');
    const turn = await transport.turn(0);
    chat.hostDisconnected();
    await sending;
    expect(turn.signal.aborted).to.equal(true);
    expect(answer()).to.deep.include({ status: 'failed', failure: { code: 'interrupted', retryable: true } });
    chat.hostConnected();
    const again = chat.retry();
    (await transport.turn(1)).say(started(), done());
    await again;
    expect(answer().status).to.equal('done');
  });
});
