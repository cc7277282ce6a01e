import { expect } from '@open-wc/testing';
import { CORPUS } from './corpus.ts';
import { everyCut, expectSame, streamed, underWay, whole } from './same-nodes.ts';

const answer = await fetch(new URL('../../fixtures/commonmark/examples.json', import.meta.url));
const examples = ((await answer.json()) as [markdown: string, html: string][]).map(([markdown]) => markdown);
const texts = [...examples, ...Object.values(CORPUS)];

/** Numbers between 0 and 1, the same ones each time (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = randomFrom(20261121);
const CHUNKINGS: Record<string, (text: string) => number[]> = {
  'by characters': (text) => everyCut(text),
  'by twos': (text) => everyCut(text, 2),
  'by threes': (text) => everyCut(text, 3),
  'by sevens': (text) => everyCut(text, 7),
  'at random': (text) => everyCut(text).filter(() => random() < 0.3),
  'by lines': (text) => [...text.matchAll(/\n/g)].map(({ index }) => index + 1),
  'not at all': (text) => [text.length],
};

describe('the examples of CommonMark', () => {
  it('are all there', () => expect(examples).to.have.length(652));

  for (const [name, cuts] of Object.entries(CHUNKINGS)) {
    it(`end as if they had come at once when cut ${name}`, () => {
      for (const text of texts) expectSame(streamed(text, cuts(text)), whole(text));
    });
  }
});

/** What a reader must never see of markup that has only begun. */
const RAW = ['**', '__', '~~', '`', '[', '](', '|--', '| ', '](http'];

/** The parts of them that models write, in one text each. */
const ANSWERS: Record<string, string> = {
  prose:
    'Here is **what I found** for _you_: `npm i` and ~~old~~ new, **bold with _both_ in it**, ***all***, `a`, ``b ` c``.\n\nSee [the shop](https://shop.example/a_(b)?x=1 "Title") and ![dog](https://shop.example/d.png), or [**bold** link](https://a.example).\n\n**Bold\nover two lines** and [a link\nover two](https://b.example).',
  lists:
    '## Two **beds**\n\n1. **Soft** — `S`, [view](https://a.example)\n   - [x] washed ~~cold~~\n   - [ ] **dried**\n2. __Round__\n\n- [ ] buy\n- [x] **done**\n\n* * *\n\n***\n\n- **a**: b\n- `c`',
  table:
    'Compare:\n\n| Name | **Price** |\n|:-----|------:|\n| [Soft](https://a.example) | `219.90` |\n| **Round** | ~~300~~ 250 |\n\nAnd:\n| a | b |\n|---|---|\n| 1 | 2 |\n\nDone.',
  code: 'Run:\n\n```sh\nnpm ci\n```\n\n> **Note**: `a`\n> ```js\n> let a\n> ```\n\n1. Do\n   ~~~\n   x\n   ~~~\n\nEnd **now**',
  citations: 'You can return it for 30 days[^1], and **unopened** food always[^2][^13]. Ask[^1]',
  hebrew:
    'שלום! **מזון יבש** ב[חנות](https://shop.example):\n\n| שם | מחיר |\n|---|---|\n| **רויאל** | `₪219` |\n\n- [x] **נבדק**',
};

describe('an answer that is under way', () => {
  for (const [name, text] of Object.entries(ANSWERS)) {
    it(`never shows markup that has only begun: ${name}`, () => {
      const shown = whole(text).textContent;
      for (const end of everyCut(text)) {
        const now = underWay(text.slice(0, end)).textContent;
        for (const mark of RAW) {
          if (!shown.includes(mark)) expect(now, JSON.stringify(text.slice(0, end))).not.to.include(mark);
        }
      }
    });
  }
});
