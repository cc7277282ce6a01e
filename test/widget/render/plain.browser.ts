/** Text that is shown without the parser has to be what the parser would make of it. */
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { PlainStream } from '../../../widget/render/plain.ts';
import { MarkdownStream } from '../../../widget/render/markdown.ts';
import { CORPUS } from './corpus.ts';
import { everyCut, expectSame, whole } from './same-nodes.ts';

const answer = await fetch(new URL('../../fixtures/commonmark/examples.json', import.meta.url));
const examples = ((await answer.json()) as [markdown: string, html: string][]).map(([markdown]) => markdown);

/** As a shopper's answer: plain as far as it is plain, then `late` more pieces without the parser, then with it. */
function streamed(text: string, cuts: readonly number[], late = 0): { target: HTMLElement; plain: boolean } {
  const target = document.createElement('div');
  const plain = new PlainStream(target);
  let stream: MarkdownStream | null = null;
  let wait = late;
  const pieces = [
    ...cuts.map((cut) => ({ piece: text.slice(0, cut), streaming: true })),
    { piece: text, streaming: false },
  ];
  for (const { piece, streaming } of pieces) {
    if (!stream && !plain.show(piece, streaming) && (wait-- <= 0 || !streaming)) {
      stream = new MarkdownStream(target, plain.kept);
    }
    stream?.update(piece.slice(plain.at), { streaming });
  }
  return { target, plain: stream === null };
}

const PLAIN: Record<string, string> = {
  sentences: 'I found three beds. The cheapest is ₪39.90!\n\nDo you want a bigger one (120 × 60 cm)?',
  emphasis: 'This is **bold**, *so is* **“this, too”**: **₪39.90**.\n**Soft bed:** warm (**120 cm**) – *nice*.',
  bullets: 'Two of them:\n\n- **Soft bed** – ₪39.90, washable\n- **Round bed**: for *small* dogs\n\nAsk me for more.',
  numbers: 'In this order:\n1. **Food**, 2.5 kg\n2. A bowl\n3. 2 toys\n\nThat is all.',
  'a later number': '3) three\n4) four\n\nEnd',
  hebrew: 'מצאתי **שתי מיטות**:\n\n- מיטה *רכה*, ₪219\n- מיטה עגולה\n\nמה דעתך?',
  'no end': 'A list\n\n- one\n- **two**',
};

describe('what is plain', () => {
  for (const [name, text] of Object.entries(PLAIN)) {
    it(`needs no parser, however it is cut: ${name}`, () => {
      for (const step of [1, 2, 3, 7, text.length]) {
        const { target, plain } = streamed(text, everyCut(text, step));
        expectSame(target, whole(text));
        expect(plain, `${step}`).to.equal(true);
      }
    });

    it(`never shows markup that has only begun: ${name}`, () => {
      const target = document.createElement('div');
      const stream = new PlainStream(target);
      for (const end of everyCut(text)) {
        stream.show(text.slice(0, end), true);
        expect(target.textContent, text.slice(0, end)).not.to.match(/[*]|\n- /);
      }
    });
  }

  it('keeps the nodes that are done, and those of the last block that are as they were', () => {
    const target = document.createElement('div');
    const stream = new PlainStream(target);
    stream.show('One **two**\n\nThree', true);
    const [first, second] = target.children;
    const word = second!.firstChild;
    stream.show('One **two**\n\nThree four\n\nFive', true);
    expect([...target.children].slice(0, 2)).to.deep.equal([first, second]);
    expect(second!.firstChild).to.equal(word);
  });

  it('leaves to the parser what has to be kept together in a line from right to left, and nothing else', () => {
    const plain = (text: string) => new PlainStream(document.createElement('div')).show(text, false);
    for (const text of ['שק 1.5 kg', 'מידות 30 × 40 cm', 'ל-20 °C', 'طول 03-555-1234', '+972 3 בטלפון'])
      expect(plain(text), text).to.equal(false);
    for (const text of ['1.5 kg, 30 × 40 cm', 'תוך 2-4 ימים', 'עולה ₪39.90', 'Royal 2, קערה'])
      expect(plain(text), text).to.equal(true);
  });

  it('gives a paragraph of one language a direction of its own, and one of two that of the answer', () => {
    const target = document.createElement('div');
    new PlainStream(target).show('שלום\n\nHello\n\n**Royal** קערה', false);
    expect(target.innerHTML).to.equal(
      '<p dir="auto">שלום</p><p dir="auto">Hello</p><p><strong>Royal</strong> קערה</p>',
    );
  });

  it('hides nothing in a text and turns none around', () => {
    for (const text of ['a\u202eb', 'a\u2066b', 'a\u{e0041}b', 'a\0b']) {
      expect(new PlainStream(document.createElement('div')).show(text, false), JSON.stringify(text)).to.equal(false);
    }
  });
});

describe('what is not', () => {
  it('ends as the parser alone would show it: the examples of CommonMark, however they are cut', () => {
    for (const text of [...examples, ...Object.values(CORPUS)]) {
      for (const step of [1, 2, 3, 7, text.length || 1]) {
        expectSame(streamed(text, everyCut(text, step), step % 3).target, whole(text));
      }
    }
  });

  it('ends as the parser alone would show it: what looks like a list and is none', () => {
    for (const text of [
      'sold since\n2026. The next',
      'a\n- b\nc',
      '- a\n\n- b',
      '- a\n* b',
      '1. a\n2) b',
      '- 1. a',
      'a\n-',
    ]) {
      for (const late of [0, 9]) expectSame(streamed(text, everyCut(text), late).target, whole(text));
    }
  });

  it('ends as the parser alone would show it: plain words and markup at random', () => {
    const piece = fc.constantFrom(
      'word ',
      'word',
      '**',
      '*',
      '**bold** ',
      '*so* ',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '2. ',
      '  ',
      ', ',
      '. ',
      '(',
      ')',
      '“',
      '”',
      '₪5',
      '7',
      '+ ',
      '~',
      '~~',
      '_',
      '`',
      '[',
      '](',
      '#',
      '# ',
      '> ',
      '|',
      '---',
      '===',
      '\t',
      '\r\n',
      '&amp;',
      '\\',
      '!',
      '<',
      '12. ',
      '1) ',
      '😀',
    );
    const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.nat(3), (text, late) => {
        for (const step of [1, 3, text.length || 1]) {
          expectSame(streamed(text, everyCut(text, step), late).target, whole(text));
        }
      }),
      { numRuns: 5000, seed: 1 },
    );
  });
});
