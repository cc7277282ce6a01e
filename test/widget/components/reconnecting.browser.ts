import { expect, fixture } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { html } from 'lit';
import { answer, FakeShopClerk, turnOf, userMessage } from '../fake-chat.ts';
import { settled } from '../panel-fixture.ts';

if (!customElements.get('shop-clerk')) customElements.define('shop-clerk', FakeShopClerk);

const question = userMessage('u1', 'A bed?');
const half = answer('a1', [{ type: 'text', content: 'There are two beds' }], { status: 'streaming' });

async function opened(locale = 'en') {
  const clerk = await fixture<FakeShopClerk>(html`<shop-clerk shop="acme" locale=${locale}></shop-clerk>`);
  await clerk.open();
  const root = clerk.shadowRoot!;
  const line = (lost: boolean) =>
    clerk.chat
      .become({ messages: [question, half], turn: { ...turnOf('a1'), reconnecting: lost } })
      .then(() => settled(root));
  return { clerk, root, line, shown: () => root.querySelector('[part=reconnecting]')?.textContent ?? null };
}

// Contrast is that of the panel once it stands, not of one that fades in.
beforeEach(() => emulateMedia({ reducedMotion: 'reduce' }));

describe('a lost line', () => {
  for (const [locale, words] of [
    ['en', 'Reconnecting…'],
    ['he', 'מתחברים מחדש…'],
  ] as const) {
    it(`is one quiet, accessible line below what was said (${locale})`, async () => {
      const { clerk, root, line, shown } = await opened(locale);
      await line(true);
      expect(shown()).to.equal(words);
      expect(root.querySelector('shopclerk-prose')!.textContent).to.contain('There are two beds');
      await expect(clerk).to.be.accessible();
      await line(false);
      expect(shown()).to.equal(null);
    });
  }

  it('is said once, however often it is lost in the same answer', async () => {
    const { root, line } = await opened();
    const said: string[] = [];
    root.addEventListener('intent-announce', (event) => said.push(event.text));
    for (const lost of [true, false, true]) await line(lost);
    expect(said).to.deep.equal(['Reconnecting…']);
  });

  it('is no matter of an answer that has ended', async () => {
    const { clerk, root, shown } = await opened();
    await clerk.chat.become({
      messages: [question, { ...half, status: 'stopped' }],
      turn: { ...turnOf('a1'), reconnecting: true },
    });
    await settled(root);
    expect(shown()).to.equal(null);
  });
});

it('a question that waits for another answer says so', async () => {
  const { clerk, root } = await opened();
  const mine = { ...userMessage('u2', 'And a bowl?'), status: 'waiting' } as const;
  await clerk.chat.become({ messages: [question, half, mine], turn: turnOf('a1') });
  await settled(root);
  expect([...root.querySelectorAll('.user')].at(-1)!.textContent).to.match(/And a bowl\?\s+Waits for the answer above/);
  await expect(clerk).to.be.accessible();
});

it('an answer that begins again is announced from its beginning', async () => {
  const { clerk, root } = await opened();
  const said: string[] = [];
  root.addEventListener('intent-announce', (event) => said.push(event.text));
  const write = async (content: string | null) => {
    const parts = content === null ? [] : [{ type: 'text', content } as const];
    await clerk.chat.become({ messages: [question, { ...half, parts }], turn: turnOf('a1') });
    await settled(root);
  };
  await write('First try.\n\nMore');
  await write(null);
  await write('Second try.\n\nMore');
  expect(said).to.deep.equal(['First try.', 'Second try.']);
});
