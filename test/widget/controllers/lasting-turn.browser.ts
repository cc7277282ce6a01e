import { expect } from '@open-wc/testing';
import { TransportError } from '../../../widget/transport/types.ts';
import { MemoryStorage } from '../memory-storage.ts';
import { answered, asked, busy, closePages, done, network, openPage, started, text, thread, threadOf } from './page.ts';

const hello = [asked('msg_1', 'Hi'), answered('msg_2', 'Hello')];

/** A page that was reloaded in `thr_1`. */
async function reloaded(now = threadOf(null, ...hello), options: Parameters<typeof openPage>[0] = {}) {
  const page = openPage(options);
  page.memory.save({ token: 'old', threadId: 'thr_1' });
  page.transport.threadById.set('thr_1', now);
  await page.chat.start();
  return page;
}

/** A tab in another conversation. */
async function elsewhere() {
  const page = openPage({ tabStorage: new MemoryStorage() });
  page.memory.save({ token: 'old', threadId: 'thr_9' });
  page.transport.threadById.set('thr_9', { ...threadOf(null, ...hello), thread_id: 'thr_9' });
  await page.chat.start();
  return page;
}

/** Resolves when the tabs that are open now have heard of so many things. */
function heard(count: number): Promise<void> {
  // Messages come to the channels of a name in the order in which those were opened.
  const channel = new BroadcastChannel('shopclerk:https://proxy.example:pets');
  return new Promise((resolve) => {
    let left = count;
    channel.addEventListener('message', () => {
      if (--left > 0) return;
      channel.close();
      resolve();
    });
  });
}

describe('a turn that cannot be lost', () => {
  afterEach(closePages);

  describe('whose question may never have arrived', () => {
    /** A page that goes away before the proxy has said a word about the question. */
    async function leftBehind(threadId: string | null) {
      const page = openPage();
      if (threadId !== null) {
        page.memory.save({ token: 'old', threadId });
        page.transport.threadById.set(threadId, threadOf(null, ...hello));
      }
      await page.chat.start();
      void page.chat.send('Dog food?');
      const { request } = await page.transport.turn(0);
      page.chat.hostDisconnected();
      return request;
    }

    it('is asked again after a reload, under the same id, and only until the proxy answers', async () => {
      const lost = await leftBehind(null);
      const { chat, host, transport, said } = openPage();
      await chat.start();
      const turn = await transport.turn(0);
      expect(turn.request).to.deep.include({ message: 'Dog food?', client_message_id: lost.client_message_id });
      turn.say(started(), text('Try this.'), done());
      await host.until(() => chat.state.turn === null);
      chat.hostDisconnected();
      const third = openPage();
      third.transport.threadById.set('thr_1', threadOf(null, ...hello));
      await third.chat.start();
      expect(third.transport.turns).to.have.length(0);
      expect(said()).to.equal('Try this.');
    });

    it('is not asked again when the thread has it', async () => {
      const lost = await leftBehind('thr_1');
      const { chat, transport } = openPage();
      const arrived = { ...asked('msg_3', 'Dog food?'), client_message_id: lost.client_message_id };
      transport.threadById.set('thr_1', threadOf(null, ...hello, arrived, answered('msg_4', 'Try this.')));
      await chat.start();
      expect(transport.turns).to.have.length(0);
      expect(chat.state.messages).to.have.length(4);
    });

    it('waits for the turn that runs in the thread', async () => {
      const lost = await leftBehind('thr_1');
      const { chat, transport } = openPage();
      transport.threadById.set('thr_1', threadOf('trn_9', ...hello));
      await chat.start();
      const running = await transport.turn(0);
      expect(running.followed).to.equal('trn_9');
      running.say(started('trn_9'), text('First.'), done());
      expect((await transport.turn(1)).request.client_message_id).to.equal(lost.client_message_id);
    });

    it('is let go of with the conversation', async () => {
      const page = openPage();
      await page.chat.start();
      void page.chat.send('Dog food?');
      await page.transport.turn(0);
      page.chat.newThread();
      page.chat.hostDisconnected();
      const { chat, transport } = openPage();
      await chat.start();
      expect(transport.turns).to.have.length(0);
    });
  });

  describe('while the line is lost', () => {
    it('says so, keeps what was said, and takes it back as soon as it can', async () => {
      const { chat, host, transport, said } = openPage();
      const sending = chat.send('Hi');
      const turn = await transport.turn(0);
      turn.say(started(), text('One'), { type: 'line', up: false });
      await host.until(() => chat.state.turn?.reconnecting === true);
      expect(said()).to.equal('One');
      turn.say({ type: 'line', up: true });
      await host.until(() => chat.state.turn?.reconnecting === false);
      turn.say(text(' two'), done());
      await sending;
      expect(said()).to.equal('One two');
    });

    it('and never comes back, Retry joins the turn instead of making a second one', async () => {
      const { chat, transport, shown } = openPage();
      const sending = chat.send('Hi');
      const first = await transport.turn(0);
      first.say(started(), text('One'));
      first.fail(new TransportError('interrupted', 'Lost for ten minutes.', { retryable: true }));
      await sending;
      const retrying = chat.retry();
      const second = await transport.turn(1);
      expect(second.request.client_message_id).to.equal(first.request.client_message_id);
      second.say(started(), text('One two'), done());
      await retrying;
      expect(shown()).to.deep.equal(['user done: Hi', 'assistant done: One two']);
    });
  });

  it('begins again after a restart of the proxy', async () => {
    const { chat, transport, said } = openPage();
    const sending = chat.send('Hi');
    const turn = await transport.turn(0);
    turn.say(started(), text('Half an ans'), { type: 'reset' }, text('The whole answer'), done());
    await sending;
    expect(said()).to.equal('The whole answer');
  });

  describe('whose events are gone', () => {
    it('is read from the thread', async () => {
      const { chat, transport, shown } = openPage();
      const sending = chat.send('Hi');
      const turn = await transport.turn(0);
      transport.threadById.set('thr_1', threadOf(null, ...hello));
      turn.say(started(), text('Hel'), { type: 'gap', thread_id: 'thr_1' });
      await sending;
      expect(shown()).to.deep.equal(['user done: Hi', 'assistant done: Hello']);
      expect(chat.state.turn).to.equal(null);
    });

    it('and that still runs is followed from its beginning, under the same key', async () => {
      const { chat, transport, answer, said } = openPage();
      const sending = chat.send('Hi');
      const turn = await transport.turn(0);
      transport.threadById.set('thr_1', threadOf('trn_1', hello[0]!));
      turn.say(started(), text('Hel'));
      const { key } = answer();
      turn.say({ type: 'gap', thread_id: 'thr_1' });
      const again = await transport.turn(1);
      expect(again.followed).to.equal('trn_1');
      expect(answer().key).to.equal(key);
      again.say(started(), text('Hello'), done());
      await sending;
      expect(said()).to.equal('Hello');
    });

    it('from the beginning on is not asked for for ever', async () => {
      const { chat, transport, answer } = openPage();
      const sending = chat.send('Hi');
      transport.threadById.set('thr_1', threadOf('trn_1', hello[0]!));
      (await transport.turn(0)).say(started(), { type: 'gap', thread_id: 'thr_1' });
      (await transport.turn(1)).say({ type: 'gap', thread_id: 'thr_1' });
      await sending;
      expect(transport.turns).to.have.length(2);
      expect(answer()).to.deep.include({ status: 'failed', failure: { code: 'interrupted', retryable: true } });
    });
  });

  it('goes on after a reload in the middle of it', async () => {
    const { chat, host, transport, shown } = await reloaded(threadOf('trn_2', ...hello, asked('msg_3', 'More?')));
    expect(shown().at(-1)).to.equal('assistant streaming: ');
    const turn = await transport.turn(0);
    expect(turn.followed).to.equal('trn_2');
    turn.say(started('trn_2'), text('More.'), done());
    await host.until(() => chat.state.turn === null);
    expect(shown().slice(2)).to.deep.equal(['user done: More?', 'assistant done: More.']);
  });

  describe('Stop', () => {
    it('ends a turn that was found after a reload', async () => {
      const { chat, host, transport, said, answer } = await reloaded(threadOf('trn_2', asked('msg_3', 'More?')));
      const turn = await transport.turn(0);
      turn.say(started('trn_2'), text('One'));
      await host.until(() => said() === 'One');
      transport.onCancel = () => turn.say(text(' late'), done('cancelled'));
      await chat.stop();
      expect(transport.cancelled).to.deep.equal(['trn_2']);
      expect(said()).to.equal('One');
      expect(answer().status).to.equal('stopped');
    });

    it('without a line stops the view at once and lets go of it soon; the proxy is told when that is possible', async () => {
      const { chat, host, transport, said } = openPage({ stopPatienceMs: 0 });
      void chat.send('Hi');
      const turn = await transport.turn(0);
      turn.say({ type: 'line', up: false });
      await host.until(() => chat.state.turn?.reconnecting === true);
      await chat.stop();
      await host.until(() => chat.state.turn === null);
      expect(turn.signal.aborted).to.equal(false);
      const told = new Promise((resolve) => (transport.onCancel = resolve));
      turn.say({ type: 'line', up: true }, started(), text('late'));
      expect(await told).to.equal('trn_1');
      expect(said()).to.equal('');
    });

    it('keeps what a stopped turn still says out of the next answer', async () => {
      const { chat, host, transport, said, shown } = openPage({ stopPatienceMs: 0 });
      void chat.send('One');
      const first = await transport.turn(0);
      first.say(started(), text('a'));
      await host.until(() => said() === 'a');
      await chat.stop();
      await host.until(() => chat.state.turn === null);
      const sending = chat.send('Two');
      transport.threadById.set('thr_1', threadOf('trn_1', asked('msg_1', 'One')));
      (await transport.turn(1)).fail(busy);
      const waiting = await transport.turn(2);
      expect(waiting.followed).to.equal('trn_1');
      waiting.say(started(), text('a late'), done('cancelled'));
      const second = await transport.turn(3);
      expect(second.request.message).to.equal('Two');
      second.say(started('trn_2'), text('b'), done());
      await sending;
      expect(shown()).to.deep.equal(['user done: One', 'assistant stopped: a', 'user done: Two', 'assistant done: b']);
    });
  });

  describe('a question while another turn runs in the thread', () => {
    it('waits below it, with Stop at hand, and is sent under the same id when it has ended', async () => {
      const { chat, transport, shown } = await reloaded();
      const sending = chat.send('Mine');
      const first = await transport.turn(0);
      transport.threadById.set('thr_1', threadOf('trn_2', ...hello, asked('msg_3', 'Other')));
      first.fail(busy);
      const other = await transport.turn(1);
      expect(other.followed).to.equal('trn_2');
      expect(chat.state.turn).to.include({ turnId: 'trn_2', stopping: false });
      expect(shown().slice(2)).to.deep.equal(['user done: Other', 'assistant streaming: ', 'user waiting: Mine']);
      other.say(started('trn_2'), text('Theirs'), done());
      const mine = await transport.turn(2);
      expect(mine.request).to.deep.equal(first.request);
      mine.say(started('trn_3'), text('Yours'), done());
      await sending;
      expect(shown().slice(2)).to.deep.equal([
        'user done: Other',
        'assistant done: Theirs',
        'user done: Mine',
        'assistant done: Yours',
      ]);
    });

    it('is sent at once when that turn has ended meanwhile, but not for ever', async () => {
      const { chat, transport, answer } = await reloaded();
      const sending = chat.send('Mine');
      for (let i = 0; i < 5; i++) (await transport.turn(i)).fail(busy);
      await sending;
      expect(transport.turns).to.have.length(5);
      expect(answer()).to.deep.include({ status: 'failed', failure: { code: 'turn_active', retryable: true } });
    });
  });

  describe('in two tabs', () => {
    it('shows the same stream in both, and draws nothing anew', async () => {
      const here = await reloaded();
      const there = await reloaded(undefined, { tabStorage: new MemoryStorage() });
      there.transport.threadById.set('thr_1', threadOf('trn_2', ...hello, asked('msg_3', 'More?')));
      const keys = there.chat.state.messages.map(({ key }) => key);
      const bothHeard = heard(2);
      const sending = here.chat.send('More?');
      const asking = await here.transport.turn(0);
      asking.say(started('trn_2'), text('Mo'));
      const following = await there.transport.turn(0);
      expect(following.followed).to.equal('trn_2');
      following.say(started('trn_2'), text('Mo'));
      await there.host.until(() => there.said() === 'Mo');
      expect(there.chat.state.messages.slice(0, 2).map(({ key }) => key)).to.deep.equal(keys);
      for (const turn of [asking, following]) turn.say(text('re.'), done());
      await sending;
      await there.host.until(() => there.chat.state.turn === null);
      expect(there.shown().slice(2)).to.deep.equal(here.shown().slice(2));
      await bothHeard;
      // Once at its start and once for the turn: the second news is of an end that was seen.
      expect(there.transport.threadsLoaded).to.have.length(2);
    });

    it('can be stopped from either', async () => {
      const here = await reloaded();
      const there = await reloaded(undefined, { tabStorage: new MemoryStorage() });
      there.transport.threadById.set('thr_1', threadOf('trn_2', ...hello, asked('msg_3', 'More?')));
      const sending = here.chat.send('More?');
      const asking = await here.transport.turn(0);
      asking.say(started('trn_2'));
      const following = await there.transport.turn(0);
      there.transport.onCancel = () => [asking, following].forEach((turn) => turn.say(done('cancelled')));
      await there.chat.stop();
      await sending;
      expect(there.transport.cancelled).to.deep.equal(['trn_2']);
      expect([here.answer().status, there.answer().status]).to.deep.equal(['stopped', 'stopped']);
    });

    it('leaves a tab alone that is in another conversation', async () => {
      const here = await reloaded();
      const there = await elsewhere();
      const third = await reloaded(undefined, { tabStorage: new MemoryStorage() });
      third.transport.threadById.set('thr_1', threadOf('trn_2', ...hello));
      const sending = here.chat.send('More?');
      (await here.transport.turn(0)).say(started('trn_2'), done());
      await sending;
      // Both were told together.
      await third.transport.turn(0);
      expect(there.transport.threadsLoaded).to.deep.equal(['thr_9']);
    });

    it('stays in one when the other begins a new conversation, also after a reload', async () => {
      const tabStorage = new MemoryStorage();
      const here = await reloaded();
      await reloaded(undefined, { tabStorage });
      here.chat.newThread();
      const again = openPage({ tabStorage });
      again.transport.threadById.set('thr_1', threadOf(null, ...hello));
      await again.chat.start();
      expect(again.chat.state.threadId).to.equal('thr_1');
      const fresh = openPage();
      await fresh.chat.start();
      expect(fresh.chat.state.threadId).to.equal(null);
    });

    it('looks again when the page comes back from the browser’s cache', async () => {
      const page = await reloaded();
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      page.transport.threadById.set('thr_1', threadOf('trn_2', ...hello));
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      expect((await page.transport.turn(0)).followed).to.equal('trn_2');
    });

    it('looks once, and once more, however much news comes together', async () => {
      const page = await reloaded();
      const { transport } = page;
      const before = transport.threadsLoaded.length;
      for (let at = 0; at < 100; at++) dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      transport.threadById.set('thr_1', threadOf('trn_2', ...hello));
      expect((await transport.turn(0)).followed).to.equal('trn_2');
      expect(transport.threadsLoaded.length - before).to.be.within(1, 2);
    });

    it('keeps its view when the news cannot be looked at', async () => {
      const page = await reloaded();
      const before = page.chat.state;
      const asked = new Promise<void>((resolve) => {
        page.transport.thread = () => {
          resolve();
          return Promise.reject(network);
        };
      });
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      await asked;
      expect(page.chat.state).to.equal(before);
    });
  });

  it('is not mistaken for an unanswered question', async () => {
    const { shown } = await reloaded(thread);
    expect(shown()).to.deep.equal(['user done: Hi', 'assistant failed: ']);
  });
});
