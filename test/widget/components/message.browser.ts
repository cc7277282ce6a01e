import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { ERROR_CODES } from '../../../proxy/protocol/index.ts';
import { failureText } from '../../../widget/components/failure-text.ts';
import type { AnnounceIntent } from '../../../widget/components/intents.ts';
import { loadLater } from '../../../widget/components/later.ts';
import '../../../widget/components/message.ts';
import type { MessageView } from '../../../widget/components/message.ts';
import { strings } from '../../../widget/i18n/index.ts';
import { parser } from '../../../widget/render/load.ts';
import type { Message } from '../../../widget/state/state.ts';
import { answer, product, userMessage } from '../fake-chat.ts';
import { inPanel, settled } from '../panel-fixture.ts';

interface Shown {
  view: MessageView;
  said: string[];
  become(message: Message): Promise<void>;
}

async function show(first: Message, language: 'en' | 'he' = 'en'): Promise<Shown> {
  const words = strings[language];
  const said: string[] = [];
  const panel = await inPanel(
    html`<shopclerk-message
      .message=${first}
      .strings=${words}
      .locale=${language}
      .last=${true}
      @intent-announce=${({ text }: AnnounceIntent) => said.push(text)}
    ></shopclerk-message>`,
    words.$dir,
  );
  const view = panel.querySelector('shopclerk-message')!;
  async function become(message: Message): Promise<void> {
    view.message = message;
    await settled(panel);
  }
  return { view, said, become };
}

const streaming = { status: 'streaming' } as const;
const failed = { status: 'failed', failure: { code: 'model_timeout', retryable: true } } as const;

describe('message', () => {
  // The words for failures come later, and not within a few updates of a busy machine.
  before(() => loadLater());

  it('is accessible', async () => {
    const states = [
      userMessage('u', 'A bed?'),
      answer('a', [], { status: 'sending' }),
      answer(
        'a',
        [{ type: 'text', content: '## Beds\n\n- **Soft**\n- Round\n\n| a | b |\n|-|-|\n| 1 | 2 |' }],
        streaming,
      ),
      answer('a', [{ type: 'products', products: [product(1), product(2)] }]),
      answer('a', [{ type: 'text', content: 'A bed' }], failed),
    ];
    for (const state of states) await expect((await show(state)).view).to.be.accessible();
    for (const state of states) await expect((await show(state, 'he')).view).to.be.accessible();
  });

  it('announces a growing answer by the paragraph, its cards once, and nothing twice', async () => {
    const { said, become } = await show(answer('a', [], { status: 'sending' }));
    const content = 'Two beds are soft.\n\nBoth can be washed.';
    for (let end = 1; end <= content.length; end++) {
      await become(answer('a', [{ type: 'text', content: content.slice(0, end) }], streaming));
    }
    const cards = { type: 'products', products: [product(1), product(2), product(3)] } as const;
    await become(answer('a', [{ type: 'text', content }, cards], streaming));
    await become(answer('a', [{ type: 'text', content }, cards]));
    expect(said).to.deep.equal(['Two beds are soft.', 'Both can be washed. 3 products']);
  });

  it('is silent about what was there before, such as a conversation of before a reload', async () => {
    const { said } = await show(answer('a', [{ type: 'text', content: 'Old news.' }]));
    expect(said).to.deep.equal([]);
  });

  // When the words for it come late: late-failure.browser.ts.
  it('announces how an answer failed', async () => {
    await loadLater();
    const { said, become } = await show(answer('a', [{ type: 'text', content: 'Two beds' }], streaming));
    await become(answer('a', [{ type: 'text', content: 'Two beds' }], failed));
    expect(said).to.deep.equal(['Two beds The answer took too long.']);
  });

  it('says what the assistant does until there is something to read', async () => {
    const { view, become } = await show(answer('a', [], { status: 'sending' }));
    expect(view.querySelector('.typing')?.tagName).to.equal('P');
    await become(answer('a', [], { ...streaming, tool: 'search_products' }));
    expect(view.querySelector('.tool')!.textContent.trim()).to.equal('Searching the catalogue…');
    await become(answer('a', [{ type: 'text', content: 'Two' }], streaming));
    expect(view.querySelector('.typing, .tool')?.tagName).to.equal(undefined);
  });

  it('keeps what was said before a failure, with one button to try again', async () => {
    const { view } = await show(answer('a', [{ type: 'text', content: 'Two beds' }], failed));
    let retries = 0;
    view.addEventListener('intent-retry', () => retries++);
    expect(view.querySelector('shopclerk-prose')!.textContent).to.equal('Two beds');
    const buttons = view.querySelectorAll<HTMLElement>('[part=error] button');
    expect(buttons).to.have.length(1);
    buttons[0]!.click();
    expect(retries).to.equal(1);
  });

  it('has neither a button nor a wait for an answer further up', async () => {
    await loadLater();
    const failure = { code: 'overloaded', retryable: true, retryAfterMs: 4200 } as const;
    const { view } = await show(answer('a', [], { status: 'failed', failure }));
    view.last = false;
    await view.updateComplete;
    expect(view.querySelector('.failure')!.textContent.trim()).to.equal('The assistant is very busy right now.');
  });

  it('is silent about a whole message that takes the place of another', async () => {
    const { said, become } = await show(answer('a', [{ type: 'text', content: 'Two beds.' }]));
    await become(answer('b', [{ type: 'text', content: 'Three beds.\n\nAnd a cushion.' }]));
    expect(said).to.deep.equal([]);
  });

  it('has no button where trying again is of no use', async () => {
    const failure = { code: 'model_quota', retryable: false } as const;
    const { view } = await show(answer('a', [], { status: 'failed', failure }));
    expect(view.querySelector('button')?.tagName).to.equal(undefined);
  });

  it('words every code in both languages', () => {
    for (const words of Object.values(strings)) {
      for (const code of [...ERROR_CODES, 'network', 'interrupted'] as const) {
        expect(failureText({ code, retryable: false }, words), code).to.match(/\.$|\?$/);
      }
    }
    expect(failureText({ code: 'overloaded', retryable: true, retryAfterMs: 4200 }, strings.en)).to.equal(
      'The assistant is very busy right now. Try again in 5 seconds.',
    );
  });

  it('shows what a shopper wrote as it is, markup and all', async () => {
    const { view } = await show(userMessage('u', '<b>bold</b>\n**a**'));
    expect(view.querySelector('.bubble')!.textContent).to.equal('<b>bold</b>\n**a**');
  });

  it('runs a Hebrew list from right to left though it begins with an English name', async () => {
    const content = 'שניים מתאימים:\n\n- **Royal Bowl Puppy**, עדין לקיבה\n- **Lamb & Rice**, אם דגים זה לא הטעם שלו';
    const { view } = await show(answer('a', [{ type: 'text', content }]), 'he');
    expect(getComputedStyle(view.querySelector('ul')!).direction).to.equal('rtl');
  });

  for (const [words, content, paragraphs, list] of [
    [
      'English with Hebrew names',
      '**כיסא** is a chair.\n\n- מיטה – ₪249\n- **כר** – ₪80\n\nזה כיסא.\n\nBye',
      'ltr rtl ltr',
      'ltr',
    ],
    [
      'Hebrew with English names',
      '**Pillow** הוא כר.\n\n- Bed – ₪249\n\nKONG Classic\n\nלהתראות',
      'rtl rtl rtl',
      'rtl',
    ],
    ['English with Arabic names', 'Yes.\n\n### طعام\n\n**طعام جاف** is food.\n\n- **سرير** – 249', 'ltr ltr', 'ltr'],
  ] as const) {
    it(`runs each block of ${words} as the answer runs, but for a paragraph in another language`, async () => {
      const { view } = await show(answer('a', [{ type: 'text', content }]), 'en');
      await parser.bring();
      await settled(view);
      const run = (selector: string): string =>
        Array.from(view.querySelectorAll(selector), (block) => getComputedStyle(block).direction).join(' ');
      expect(run('shopclerk-prose > p')).to.equal(paragraphs);
      expect(run('shopclerk-prose > :not(p)').split(' '))
        .to.include.members([list])
        .and.not.include(list === 'ltr' ? 'rtl' : 'ltr');
    });
  }

  it('leaves what follows a name that runs the other way in its place', async () => {
    const content = 'We have it:\n\n**מיטה לכלב** – ₪249';
    const { view } = await show(answer('a', [{ type: 'text', content }]));
    await parser.bring();
    const name = view.querySelector('strong')!;
    const price = document.createRange();
    price.selectNodeContents(name.nextSibling!);
    expect(price.getBoundingClientRect().left).to.be.at.least(name.getBoundingClientRect().right - 1);
  });

  it('puts the shopper’s bubble at the end of the line in both directions', async () => {
    const bubble = ({ view }: Shown): DOMRect => view.querySelector('.bubble')!.getBoundingClientRect();
    const english = await show(userMessage('u', 'A bed?'));
    // Firefox counts in sixtieths of a pixel.
    expect(bubble(english).right).to.be.closeTo(english.view.getBoundingClientRect().right, 0.1);
    const hebrew = await show(userMessage('u', 'מיטה?'), 'he');
    expect(bubble(hebrew).left).to.be.closeTo(hebrew.view.getBoundingClientRect().left, 0.1);
  });
});
