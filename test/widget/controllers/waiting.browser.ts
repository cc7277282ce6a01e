import { expect } from '@open-wc/testing';
import { asked, answered, closePages, done, openPage, started, text, threadOf } from './page.ts';

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

  it('lets go of who waits for it when the conversation is left', async () => {
    const { chat } = await talking();
    line(false);
    const sent = chat.send('A bed?');
    chat.leave({ forget: false, everywhere: false });
    expect(await sent).to.equal(undefined);
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
    expect(memory.load()?.asking?.text).to.equal('A bed?');
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
