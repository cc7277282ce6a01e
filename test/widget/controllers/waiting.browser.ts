import { expect } from '@open-wc/testing';
import { TransportError } from '../../../widget/transport/types.ts';
import { answered, asked, busy, closePages, done, network, openPage, started, text, threadOf } from './page.ts';

const hello = [asked('msg_1', 'Hi'), answered('msg_2', 'Hello')];

/** What the browser says of its line. */
function line(up: boolean): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => up });
  window.dispatchEvent(new Event(up ? 'online' : 'offline'));
}

describe('a question that waits for the line', () => {
  afterEach(() => {
    line(true);
    closePages();
  });

  async function talking() {
    const page = openPage();
    await page.chat.start();
    return page;
  }

  it('is shown, and sent once when the line is back, in the order in which they were asked', async () => {
    const { chat, transport, shown, host } = await talking();
    line(false);
    const sent: string[] = [];
    void chat.send('A bed?').then(() => sent.push('A bed?'));
    void chat.send('And a bowl?').then(() => sent.push('And a bowl?'));
    expect(shown()).to.deep.equal(['user offline: A bed?', 'user offline: And a bowl?']);
    expect(transport.turns).to.have.length(0);

    line(true);
    const first = await transport.turn(0);
    line(true);
    expect(shown()).to.deep.equal(['user done: A bed?', 'assistant sending: ', 'user offline: And a bowl?']);
    expect(sent).to.deep.equal([]);
    first.say(started(), text('Here.'), done());
    const second = await transport.turn(1);
    expect(sent).to.deep.equal(['A bed?', 'And a bowl?']);
    second.say(started('trn_2'), text('Two.'), done());
    await host.until(() => chat.state.turn === null);
    expect(transport.turns.map(({ request }) => request.message)).to.deep.equal(['A bed?', 'And a bowl?']);
    expect(new Set(transport.turns.map(({ request }) => request.client_message_id)).size).to.equal(2);
    expect(shown()).to.deep.equal([
      'user done: A bed?',
      'assistant done: Here.',
      'user done: And a bowl?',
      'assistant done: Two.',
    ]);
  });

  it('is told as a lost line after three seconds without a word of the proxy, until there is one', async () => {
    const { setTimeout } = globalThis;
    let elapse!: () => void;
    try {
      const { chat, transport, host } = await talking();
      globalThis.setTimeout = ((over: () => void, ms: number) =>
        ms === 3_000 ? ((elapse = over), 0) : setTimeout(over, ms)) as typeof setTimeout;
      void chat.send('A bed?');
      const turn = await transport.turn(0);
      expect(chat.state.turn!.reconnecting).to.equal(false);
      elapse();
      expect(chat.state.turn!.reconnecting).to.equal(true);
      turn.say(started());
      await host.until(() => chat.state.turn!.turnId !== null);
      expect(chat.state.turn!.reconnecting).to.equal(false);
      elapse();
      expect(chat.state.turn!.reconnecting).to.equal(false);
    } finally {
      globalThis.setTimeout = setTimeout;
    }
  });

  it('lets go of who waits for it when the conversation is left', async () => {
    const { chat } = await talking();
    line(false);
    const sent = chat.send('A bed?');
    chat.leave({ forget: false, everywhere: false });
    expect(await sent).to.equal(undefined);
  });

  /** Three questions without a line, and the page goes away. */
  async function threeLeftBehind(threadId: string | null = null) {
    const page = openPage();
    if (threadId !== null) {
      page.memory.save({ token: 'old', threadId });
      page.transport.threadById.set(threadId, threadOf(null, ...hello));
    }
    await page.chat.start();
    line(false);
    for (const question of ['One?', 'Two?', 'Three?']) void page.chat.send(question);
    const ids = page.memory.load()!.asking!.map(({ clientMessageId }) => clientMessageId);
    page.chat.hostDisconnected();
    line(true);
    return ids;
  }

  it('outlives a reload with all others, of somebody new as well, and each is sent once and in order', async () => {
    const ids = await threeLeftBehind();
    const { chat, transport, shown, host, memory } = openPage();
    await chat.start();
    expect(shown()).to.deep.equal([
      'user done: One?',
      'assistant sending: ',
      'user offline: Two?',
      'user offline: Three?',
    ]);
    for (const [index, answer] of ['1', '2', '3'].entries()) {
      const turn = await transport.turn(index);
      const left = memory.load()!.asking!.map(({ clientMessageId }) => clientMessageId);
      expect(left).to.deep.equal(ids.slice(index));
      turn.say(started(`trn_${answer}`), text(answer), done());
      await host.until(() => chat.state.turn === null);
    }
    expect(transport.turns.map(({ request }) => request.client_message_id)).to.deep.equal(ids);
    expect(shown().filter((line) => line.startsWith('user'))).to.deep.equal([
      'user done: One?',
      'user done: Two?',
      'user done: Three?',
    ]);
    expect(memory.load()?.asking).to.equal(undefined);
    chat.hostDisconnected();
    const third = openPage();
    third.transport.threadById.set('thr_1', threadOf(null, ...hello));
    await third.chat.start();
    expect(third.transport.turns).to.have.length(0);
  });

  it('leaves nothing in the browser of somebody who takes it back before the first was sent', async () => {
    const { chat, memory } = await talking();
    line(false);
    void chat.send('A bed?');
    expect(localStorage.length).to.equal(0);
    expect(sessionStorage.length).to.equal(1);
    chat.withdraw(chat.state.messages[0]!.key);
    expect([memory.load(), sessionStorage.length]).to.deep.equal([null, 0]);
  });

  it('is not sent again from a copy of the tab once the thread has it, in its place', async () => {
    const ids = await threeLeftBehind('thr_1');
    const { chat, transport, shown, host } = openPage();
    const [one, two] = ['One?', 'Two?'].map((question, index) => ({
      ...asked(`msg_${index}q`, question),
      client_message_id: ids[index]!,
    }));
    transport.threadById.set('thr_1', threadOf(null, ...hello, one!, answered('msg_1a', '1')));
    await chat.start();
    const second = await transport.turn(0);
    expect(second.request.client_message_id).to.equal(ids[1]);
    second.fail(busy);
    // The other tab has asked it, and the third as well.
    const three = { ...asked('msg_3q', 'Three?'), client_message_id: ids[2]! };
    const all = [one!, answered('msg_1a', '1'), two!, answered('msg_2a', '2'), three];
    transport.threadById.set('thr_1', threadOf('trn_3', ...hello, ...all));
    const running = await transport.turn(1);
    expect(running.followed).to.equal('trn_3');
    expect(shown().filter((line) => line.endsWith('Three?'))).to.deep.equal(['user done: Three?']);
    running.say(started('trn_3'), text('3'), done());
    const joined = await transport.turn(2);
    expect(joined.request.client_message_id).to.equal(ids[1]);
    joined.say(started('trn_2'), text('2'), done());
    await host.until(() => chat.state.turn === null);
    await new Promise((resolve) => setTimeout(resolve));
    expect(transport.turns).to.have.length(3);
  });

  it('stays behind one that was lost on its way, and both go in order when there is a line again', async () => {
    const { chat, transport, shown, host } = await talking();
    line(false);
    for (const question of ['One?', 'Two?']) void chat.send(question);
    line(true);
    (await transport.turn(0)).fail(network);
    await host.until(() => chat.state.turn === null);
    await new Promise((resolve) => setTimeout(resolve));
    expect(transport.turns).to.have.length(1);
    expect(shown()).to.deep.equal(['user done: One?', 'assistant failed: ', 'user offline: Two?']);

    // Somebody who goes on asking goes to the end.
    void chat.send('Three?');
    const again = await transport.turn(1);
    expect(again.request).to.deep.include(transport.turns[0]!.request);
    again.fail(network);
    await host.until(() => chat.state.turn === null);
    await new Promise((resolve) => setTimeout(resolve));
    line(true);
    const first = await transport.turn(2);
    expect(first.request.client_message_id).to.equal(again.request.client_message_id);
    first.say(started(), text('1'), done());
    for (const index of [3, 4]) {
      (await transport.turn(index)).say(started(`trn_${index}`), text('Yes.'), done());
      await host.until(() => chat.state.turn === null);
    }
    expect(transport.turns.slice(2).map(({ request }) => request.message)).to.deep.equal(['One?', 'Two?', 'Three?']);
    expect(shown().filter((line) => line.startsWith('user'))).to.deep.equal([
      'user done: One?',
      'user done: Two?',
      'user done: Three?',
    ]);
  });

  it('can be asked for again with Retry while others wait behind it', async () => {
    const { chat, transport, shown, host } = await talking();
    line(false);
    for (const question of ['One?', 'Two?']) void chat.send(question);
    line(true);
    const refused = new TransportError('rate_limited', 'Slow down.', { status: 429, retryable: true });
    (await transport.turn(0)).fail(refused);
    await host.until(() => chat.state.turn === null);
    void chat.retry();
    (await transport.turn(1)).say(started(), text('1'), done());
    (await transport.turn(2)).say(started('trn_2'), text('2'), done());
    await host.until(() => chat.state.turn === null && chat.state.messages.length === 4);
    expect(shown()).to.deep.equal(['user done: One?', 'assistant done: 1', 'user done: Two?', 'assistant done: 2']);
  });

  it('goes back where it was written when ten wait already, and the shopper is told that there is no line', async () => {
    const { chat } = await talking();
    line(false);
    for (let index = 1; index <= 10; index++) void chat.send(`Question ${index}`);
    expect(chat.state.messages).to.have.length(10);
    await chat.send('One more');
    expect(chat.state.messages).to.have.length(10);
    expect([chat.state.unsent, chat.state.aside?.code]).to.deep.equal(['One more', 'network']);
    const before = chat.state.unsent;
    await chat.send('One more');
    expect([chat.state.unsent.trim(), chat.state.unsent === before]).to.deep.equal(['One more', false]);
  });

  it('is written still when an old conversation comes with an answer under way', async () => {
    const { chat, transport } = openPage();
    openPage().memory.save({ token: 'old', threadId: 'thr_1' });
    transport.threadById.set('thr_1', threadOf('trn_9', ...hello));
    void chat.start();
    await chat.send('A bed?');
    expect(chat.state.unsent).to.equal('A bed?');
  });

  it('can be taken back, and is written again', async () => {
    const { chat, transport, shown, memory } = await talking();
    await (async () => {
      void chat.send('Hi');
      (await transport.turn(0)).say(started(), text('Hello.'), done());
    })();
    while (chat.state.turn || chat.state.messages.length < 2) await new Promise(requestAnimationFrame);
    line(false);
    const sent = chat.send('A bed?');
    expect(memory.load()?.asking?.[0]?.text).to.equal('A bed?');
    chat.withdraw(chat.state.messages.at(-1)!.key);
    await sent;
    expect(shown()).to.have.length(2);
    expect(chat.state.unsent).to.equal('A bed?');
    expect(memory.load()?.asking).to.equal(undefined);
    line(true);
    await new Promise(requestAnimationFrame);
    expect(transport.turns).to.have.length(1);
  });

  it('says with a question what it replaces, when the answer is asked for again', async () => {
    const { chat, transport, shown, host } = await talking();
    void chat.send('A bed?');
    (await transport.turn(0)).say(started(), text('No.'), done());
    await host.until(() => chat.state.turn === null && chat.state.messages.length === 2);
    void chat.retry();
    const again = await transport.turn(1);
    expect(again.request.replaces).to.equal(transport.turns[0]!.request.client_message_id);
    expect(again.request.client_message_id).not.to.equal(again.request.replaces);
    again.say(started('trn_2'), text('Yes.'), done());
    await host.until(() => chat.state.turn === null);
    expect(shown()).to.deep.equal(['user done: A bed?', 'assistant done: Yes.']);
  });

  it('keeps what was being written, and shows another conversation in place of this one', async () => {
    const { chat, transport, shown, memory } = await talking();
    chat.keepDraft('Half a qu');
    expect(memory.draft(null)).to.equal('Half a qu');
    const thread = threadOf(null, asked('msg_1', 'Hi'), answered('msg_2', 'Hello.'));
    transport.threadById.set('thr_1', thread);
    const { selectThread } = await import('../../../widget/shopper/threads.ts');
    await selectThread(chat, 'thr_1');
    expect(shown()).to.deep.equal(['user done: Hi', 'assistant done: Hello.']);
    expect(chat.draft()).to.equal('');
    expect(memory.load()?.threadId).to.equal('thr_1');
    chat.newThread();
    expect(chat.draft()).to.equal('Half a qu');
  });
});
