import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { createTabs, SIGNED_OUT } from '../../../widget/controllers/tabs.ts';
import { loadLater } from '../../../widget/components/later.ts';
import { FakeProxy } from '../fake-proxy.ts';
import { kept, realClerk } from '../real-clerk.ts';

/** A JWT as far as the widget looks into it. */
function jwt(sub: string, version = 1): string {
  return `header.${btoa(JSON.stringify({ sub, version })).replaceAll('=', '')}.signature`;
}

const dana = jwt('dana');
const noa = jwt('noa');
const secret = 'A present for my sister';

describe('who has signed in', () => {
  let proxy: FakeProxy;

  beforeEach(async () => {
    proxy = new FakeProxy();
    proxy.identities = [dana, noa];
    proxy.install();
    await emulateMedia({ reducedMotion: 'reduce' });
  });

  afterEach(() => {
    proxy.uninstall();
    localStorage.clear();
    sessionStorage.clear();
  });

  /** An open panel in which `sub` has asked something. */
  async function talking(as = dana) {
    const at = await realClerk();
    await at.clerk.identify(as);
    await at.opened();
    await at.clerk.send(secret);
    await at.until(({ turn, threadId }) => turn === null && threadId !== null);
    return at;
  }

  it('is another visitor than the anonymous one, of whom nothing is left', async () => {
    const { clerk, root, opened, until } = await realClerk();
    await opened();
    await clerk.send('An anonymous question');
    await until(({ turn }) => turn === null);
    expect(kept()).to.contain('anonymous-1');
    root.querySelector('textarea')!.value = 'Half a question';
    await clerk.identify(dana);
    expect(kept()).to.equal('[] []');
    expect(root.textContent).not.to.contain('An anonymous question');
    expect(root.querySelector('textarea')!.value).to.equal('');
    await until(({ connection }) => connection === 'ready');
    await clerk.send(secret);
    await until(({ turn, threadId }) => turn === null && threadId !== null);
    expect(proxy.asked.findLast(({ route }) => route === 'POST /api/session')).to.deep.equal({
      route: 'POST /api/session',
      authorization: null,
      body: { shop: 'acme', identity: dana },
    });
    expect(proxy.asked.at(-1)).to.deep.include({ authorization: 'Bearer signed-in-2' });
    expect(proxy.bodies('POST /api/chat/stream').at(-1)).to.deep.include({ thread_id: null });
  });

  it('leaves no token and no words in the browser, and comes back to the thread in the same tab', async () => {
    const { clerk } = await talking();
    expect(Object.entries(localStorage)).to.deep.equal([]);
    expect(Object.values(sessionStorage)).to.deep.equal(['{"token":"","threadId":"thr_1"}']);
    clerk.remove();
    const again = await realClerk();
    await again.clerk.identify(dana);
    await again.opened();
    expect(again.find('.bubble')!.textContent).to.equal(secret);
  });

  it('can be said at shopclerk-ready, before anything is asked as somebody else', async () => {
    (await talking()).clerk.remove();
    proxy.asked.length = 0;
    document.addEventListener('shopclerk-ready', ({ target }) => void (target as typeof at.clerk).identify(dana), {
      once: true,
    });
    const at = await realClerk();
    await at.opened();
    expect(proxy.bodies('POST /api/session')).to.deep.equal([{ shop: 'acme', identity: dana }]);
  });

  it('is asked again when the token is no longer good, and never becomes anonymous', async () => {
    const { clerk, find, until } = await talking();
    let asked = 0;
    clerk.addEventListener('shopclerk-identity-expired', () => asked++);
    proxy.identities = [];
    proxy.refusals.set('POST /api/chat/stream', 'unauthorized');
    proxy.refusals.set('POST /api/session', 'identity_invalid');
    await clerk.identify(jwt('dana', 2));
    await clerk.send('And a card?');
    await until(({ turn }) => turn === null);
    await loadLater();
    await until(() => true);
    expect(find('.failure')!.textContent.trim()).to.equal('Please sign in again to go on.');
    expect(find('.failure button')?.tagName).to.equal(undefined);
    expect(asked).to.equal(1);
    for (const body of proxy.bodies('POST /api/session')) expect(body).to.have.property('identity');

    const fresh = jwt('dana', 3);
    proxy.identities = [fresh];
    proxy.refusals.clear();
    await clerk.identify(fresh);
    await until(({ turn, messages }) => turn === null && messages.at(-1)!.status === 'done');
    expect(find('shopclerk-prose:last-of-type')!.textContent).to.contain('A bed.');
    expect(proxy.bodies('POST /api/chat/stream').at(-1)).to.deep.include({
      thread_id: 'thr_1',
      message: 'And a card?',
    });
  });

  it('is not asked for round and round when the page has no good token', async () => {
    const { clerk, until } = await talking();
    proxy.identities = [];
    const said: unknown[] = [];
    const { error } = console;
    console.error = (words: unknown) => void said.push(words);
    let version = 2;
    clerk.addEventListener('shopclerk-identity-expired', () => void clerk.identify(jwt('dana', version++)));
    await clerk.identify(jwt('dana', version++));
    await clerk.send('And a card?');
    await until(({ turn }) => turn === null);
    await until(({ turn, messages }) => turn === null && messages.at(-1)!.status === 'failed');
    // The question, and once more with the token that the page gave then.
    await until(() => version === 5);
    console.error = error;
    expect(proxy.bodies('POST /api/session')).to.have.length(3);
    expect(said.join()).to.contain('did not take the token given to identify()');
  });

  for (const [way, leave] of [
    ['signs out', (clerk: { signOut(): Promise<void> }) => clerk.signOut()],
    [
      'signs out in another tab',
      async () => {
        const life = new AbortController();
        const other = createTabs({ baseUrl: location.origin, shop: 'acme' });
        other.listen({ heard() {}, missed() {}, signedOut() {} }, life.signal);
        other.tell(SIGNED_OUT);
        life.abort();
      },
    ],
  ] as const) {
    it(`leaves nothing readable when the shopper ${way}`, async () => {
      const { clerk, root, until } = await talking();
      root.querySelector('textarea')!.value = secret;
      await leave(clerk);
      await until(({ connection, messages }) => connection === 'ready' && messages.length === 0);
      expect(kept()).to.equal('[] []');
      expect(root.textContent).not.to.contain(secret).and.not.to.contain('A bed.');
      expect(root.querySelector('textarea')!.value).to.equal('');
      await clerk.send('Who am I?');
      await until(({ turn, threadId }) => turn === null && threadId !== null);
      expect(proxy.asked.findLast(({ route }) => route === 'POST /api/session')).to.deep.equal({
        route: 'POST /api/session',
        authorization: null,
        body: { shop: 'acme' },
      });
    });
  }

  it('is told to the page when they leave: the conversation is another one', async () => {
    const { clerk, until } = await talking();
    const heard: (string | null)[] = [];
    clerk.addEventListener('shopclerk-thread-change', ({ threadId }) => heard.push(threadId));
    await clerk.signOut();
    await until(({ connection }) => connection === 'ready');
    expect(heard).to.deep.equal([null]);
  });

  it('gives a line under way up when the shopper signs out', async () => {
    const { clerk, until, root } = await talking();
    const route = 'POST /api/chat/stream';
    proxy.silences.set(route, null);
    void clerk.send('And a card?');
    await until(() => proxy.silences.get(route) !== null);
    await clerk.signOut();
    expect(proxy.silences.get(route)!.aborted).to.equal(true);
    expect(root.textContent).not.to.contain('And a card?');
  });

  it('leaves a conversation of nobody’s as it is in a page that the browser keeps to go back to', async () => {
    const { clerk, root, until } = await realClerk();
    await clerk.send('A bed?');
    await until(({ turn, threadId }) => turn === null && threadId !== null);
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(root.textContent).to.contain('A bed?');
    expect(clerk.state.messages).to.have.length(2);
  });

  it('leaves nothing readable in a page that the browser keeps to go back to', async () => {
    const { clerk, root, find, until } = await talking();
    let asked = 0;
    clerk.addEventListener('shopclerk-identity-expired', () => asked++);
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(root.textContent).not.to.contain(secret).and.not.to.contain('A bed.');
    proxy.asked.length = 0;
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await until(({ connection }) => connection === 'failed');
    await loadLater();
    await until(() => true);
    expect(find('.failure')!.textContent.trim()).to.equal('Please sign in again to go on.');
    expect(asked).to.equal(1);
    expect(proxy.asked).to.deep.equal([]);
    await clerk.identify(dana);
    await until(({ messages }) => messages.length > 0);
    expect(find('.bubble')!.textContent).to.equal(secret);
  });

  it('does not find the conversation of another who was signed in in this tab', async () => {
    const { clerk, root, until } = await talking();
    proxy.refusals.set('GET /api/threads/thr_1', 'thread_not_found');
    await clerk.identify(noa);
    await until(({ connection }) => connection === 'ready');
    expect(root.textContent).not.to.contain(secret);
    expect(kept()).not.to.contain('thr_1');
  });
});
