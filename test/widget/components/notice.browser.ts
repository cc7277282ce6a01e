import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { html } from 'lit';
import { NOTICE_CODES, type NoticeEvent } from '../../../proxy/protocol/index.ts';
import type { AnnounceIntent } from '../../../widget/components/intents.ts';
import { loadLater } from '../../../widget/components/later.ts';
import '../../../widget/components/message.ts';
import { strings } from '../../../widget/i18n/index.ts';
import { laterStrings } from '../../../widget/i18n/later.ts';
import { answer, product } from '../fake-chat.ts';
import { inPanel, settled } from '../panel-fixture.ts';

await loadLater();

const contact: NoticeEvent = {
  type: 'notice',
  code: 'contact',
  contact: { email: 'help+me@shop.example', phone: '+972 3-555 0100', url: 'https://shop.example/contact' },
};

async function show(parts: Parameters<typeof answer>[1], language: 'en' | 'he' = 'en') {
  const said: string[] = [];
  const panel = await inPanel(
    html`<shopclerk-message
      .message=${answer('a', [], { status: 'sending' })}
      .strings=${strings[language]}
      .locale=${language}
      .last=${true}
      @intent-announce=${({ text }: AnnounceIntent) => said.push(text)}
    ></shopclerk-message>`,
    strings[language].$dir,
  );
  const view = panel.querySelector('shopclerk-message')!;
  for (const status of ['streaming', 'done', 'done'] as const) {
    view.message = answer('a', parts, { status });
    await settled(panel);
  }
  return { view, said, links: () => [...view.querySelectorAll('a')].map(({ href }) => href) };
}

describe('a notice', () => {
  for (const language of ['en', 'he'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`is accessible and worded (${language}, ${colorScheme})`, async () => {
        await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        for (const code of NOTICE_CODES) {
          const { view } = await show([{ ...contact, code }], language);
          expect(view.querySelector('[role=note]')!.textContent).to.contain(
            laterStrings(strings[language]).notices[code],
          );
          await expect(view).to.be.accessible();
        }
      });
    }
  }

  it('is announced once, with what follows it', async () => {
    const cards = { type: 'products', products: [product(1), product(2)] } as const;
    const { said } = await show([{ type: 'notice', code: 'search_only' }, cards]);
    expect(said).to.deep.equal(['The assistant is resting. Here is what the shop’s search finds. 2 products']);
  });

  it('leads to people by mail, by phone and by a page', async () => {
    const { links } = await show([contact]);
    expect(links()).to.deep.equal([
      'mailto:help%2Bme@shop.example',
      'tel:+97235550100',
      'https://shop.example/contact',
    ]);
  });

  it('offers to write where the shop takes messages, and only there', async () => {
    const button = (view: Element) => view.querySelector('[part=contact-open]')?.textContent;
    await loadLater();
    expect(button((await show([contact])).view)).to.equal(undefined);
    const form = { ...contact, contact: { form: true } };
    expect(button((await show([form])).view)).to.equal('Write to us');
    expect(button((await show([form], 'he')).view)).to.equal('כתבו לנו');
  });

  it('makes no link of what would run, and no other mail than the one to the shop', async () => {
    const { links } = await show([
      { ...contact, contact: { email: 'a@b.example?bcc=spy@evil.example', url: 'javascript:alert(1)' } },
    ]);
    expect(links()).to.deep.equal(['mailto:a@b.example%3Fbcc%3Dspy%40evil.example']);
  });
});
