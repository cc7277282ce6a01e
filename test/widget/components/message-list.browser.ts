import { expect, oneEvent } from '@open-wc/testing';
import { html } from 'lit';
import '../../../widget/components/message-list.ts';
import type { MessageList } from '../../../widget/components/message-list.ts';
import { strings } from '../../../widget/i18n/index.ts';
import { answer, userMessage } from '../fake-chat.ts';
import { hasFocus, inPanel, settled } from '../panel-fixture.ts';

const long = Array.from({ length: 60 }, (_, line) => `Line ${line}.`).join('\n\n');
const messages = [userMessage('u1', 'Tell me all.'), answer('a1', [{ type: 'text', content: long }])];

async function show(): Promise<{ list: MessageList; log: HTMLElement; jump(): HTMLElement | null }> {
  const panel = await inPanel(
    html`<div style="display: flex; height: 400px">
      <shopclerk-messages .messages=${messages} .strings=${strings.en} .locale=${'en'}></shopclerk-messages>
    </div>`,
  );
  const list = panel.querySelector('shopclerk-messages')!;
  return { list, log: list.querySelector('[role=log]')!, jump: () => list.querySelector('.jump') };
}

describe('message list', () => {
  it('is accessible', async () => {
    await expect((await show()).list).to.be.accessible();
  });

  it('begins at its end, with nothing to jump to', async () => {
    const { log, jump } = await show();
    await oneEvent(log, 'scroll');
    expect(log.scrollTop).to.be.greaterThan(500);
    expect(jump()?.tagName).to.equal(undefined);
  });

  it('offers the way back to a reader who scrolled up, and keeps the focus in the conversation', async () => {
    const { list, log, jump } = await show();
    await oneEvent(log, 'scroll');
    log.scrollTop = 100;
    await oneEvent(log, 'scroll');
    await settled(list);
    expect(jump()!.getAttribute('aria-label')).to.equal('Jump to the latest message');
    jump()!.focus();
    jump()!.click();
    await settled(list);
    expect(log.scrollTop).to.be.greaterThan(500);
    expect(jump()?.tagName).to.equal(undefined);
    expect(hasFocus(log)).to.equal(true);
  });

  it('offers to try again what failed while other questions wait for the line below it', async () => {
    const waits = { ...userMessage('u2', 'And a bowl?'), status: 'offline' as const };
    const failed = {
      ...answer('a1', []),
      status: 'failed' as const,
      failure: { code: 'network', retryable: true } as const,
    };
    const list = await inPanel(
      html`<shopclerk-messages
        .messages=${[userMessage('u1', 'A bed?'), failed, waits]}
        .strings=${strings.en}
        .locale=${'en'}
      ></shopclerk-messages>`,
    );
    expect(list.querySelector('.failure button')?.textContent).to.equal('Try again');
  });
});
