/** In a page of its own: here the words for refusals have not come yet. */
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import type { AnnounceIntent } from '../../../widget/components/intents.ts';
import { later, loadLater } from '../../../widget/components/later.ts';
import '../../../widget/components/message.ts';
import { strings } from '../../../widget/i18n/index.ts';
import { answer } from '../fake-chat.ts';
import { inPanel, settled } from '../panel-fixture.ts';

it('a failure is shown and announced as soon as there are words for it', async () => {
  expect(later()).to.equal(null);
  const said: string[] = [];
  const streaming = answer('a', [{ type: 'text', content: 'Two beds' }], { status: 'streaming' });
  const panel = await inPanel(
    html`<shopclerk-message
      .message=${streaming}
      .strings=${strings.en}
      .locale=${'en'}
      .last=${true}
      @intent-announce=${({ text }: AnnounceIntent) => said.push(text)}
    ></shopclerk-message>`,
    'ltr',
  );
  const view = panel.querySelector('shopclerk-message')!;
  view.message = { ...streaming, status: 'failed', failure: { code: 'model_timeout', retryable: true } };
  await settled(panel);
  await loadLater();
  await settled(panel);
  expect(said.join(' ')).to.equal('Two beds The answer took too long.');
  expect(view.querySelector('.failure')!.textContent).to.contain('The answer took too long.');
});
