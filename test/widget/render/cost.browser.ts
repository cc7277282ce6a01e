/** What streaming costs, counted and not timed: characters that are parsed, nodes that are made. */
import { expect } from '@open-wc/testing';
import { MarkdownStream } from '../../../widget/render/markdown.ts';
import { BlockParser } from '../../../widget/render/parse-blocks.ts';
import { longAnswer } from '../../bench/render/answer.ts';

interface Cost {
  /** Characters that went through the parser of blocks. */
  parsed: number;
  /** Characters that were put into new text nodes: all that inline markup was looked for in. */
  drawn: number;
}

/** Streams `text` in pieces of `step` characters into `target`. */
function costOf(text: string, step: number, target = document.createElement('div')): Cost {
  const cost = { parsed: 0, drawn: 0 };
  const { line } = BlockParser.prototype;
  const { createTextNode } = document;
  BlockParser.prototype.line = function (source) {
    cost.parsed += source.length;
    line.call(this, source);
  };
  document.createTextNode = (data) => {
    cost.drawn += data.length;
    return createTextNode.call(document, data);
  };
  try {
    const stream = new MarkdownStream(target);
    for (let end = step; end < text.length; end += step) stream.update(text.slice(0, end), { streaming: true });
    stream.update(text);
  } finally {
    BlockParser.prototype.line = line;
    Reflect.deleteProperty(document, 'createTextNode');
  }
  return cost;
}

const lines = (line: (index: number) => string) => (size: number) => {
  let text = '';
  for (let index = 0; text.length < size; index++) text += line(index);
  return text;
};

const SHAPES: Record<string, (size: number) => string> = {
  'an answer as models write it': longAnswer,
  'one list': lines((index) => `- item **${index}** of the list\n`),
  'one list that is set apart': lines((index) => `- item **${index}** of the list\n\n`),
  'one list in a list': (size) => `- all of it\n${lines((index) => `  - item ${index} of the list\n`)(size)}`,
  'one table': (size) => `| a | b |\n|---|---|\n${lines((index) => `| cell ${index} | **b** |\n`)(size)}`,
  'one quote': lines((index) => `> paragraph ${index} of it\n>\n`),
};

describe('the cost of streaming', () => {
  for (const [name, textOf] of Object.entries(SHAPES)) {
    for (const step of [1, 4, 33]) {
      it(`grows with the length and no faster: ${name}, ${step} characters at a time`, () => {
        const [short, long] = [costOf(textOf(4000), step), costOf(textOf(40_000), step)];
        expect(long.parsed / short.parsed, 'parsed').to.be.within(8, 11.5);
        expect(long.drawn / short.drawn, 'drawn').to.be.within(8, 11.5);
      });
    }
  }

  it('is that of the characters that are new in a code block', () => {
    const code = `\`\`\`\n${lines((index) => `a = ${index};\n`)(20_000)}`;
    expect(costOf(code, 4).parsed).to.be.below(code.length * 4);
  });

  it('leaves every node of a finished block alone', () => {
    const target = document.createElement('div');
    const stream = new MarkdownStream(target);
    const text = longAnswer(12_000);
    const half = text.slice(0, 6000);
    stream.update(half, { streaming: true });
    const finished = [...target.children].slice(0, stream.settled);
    const nodes = finished.flatMap(descendants);
    expect(nodes.length).to.be.greaterThan(100);
    let touched = 0;
    const observer = new MutationObserver((records) => (touched += records.length));
    for (const block of finished) {
      observer.observe(block, { subtree: true, childList: true, characterData: true, attributes: true });
    }
    for (let end = half.length; end < text.length; end += 5) stream.update(text.slice(0, end), { streaming: true });
    stream.update(text);
    touched += observer.takeRecords().length;
    expect(touched).to.equal(0);
    expect(finished.flatMap(descendants).every((node, index) => node === nodes[index])).to.equal(true);
  });

  it('leaves a selection over finished blocks where it is', () => {
    const target = document.body.appendChild(document.createElement('div'));
    const stream = new MarkdownStream(target);
    const text = longAnswer(6000);
    stream.update(text.slice(0, 1500), { streaming: true });
    const [first, , third] = target.children;
    expect(stream.settled).to.be.greaterThan(2);
    const selection = document.getSelection()!;
    selection.setBaseAndExtent(descendants(first!).at(-1)!, 2, descendants(third!).at(-1)!, 3);
    const [selected, range] = [String(selection), selection.getRangeAt(0)];
    const { startContainer, startOffset, endContainer, endOffset } = range;
    for (let end = 1500; end < text.length; end += 4) stream.update(text.slice(0, end), { streaming: true });
    stream.update(text);
    expect(String(selection)).to.equal(selected);
    expect(selected.length).to.be.greaterThan(100);
    const now = selection.getRangeAt(0);
    expect(now.startContainer === startContainer && now.endContainer === endContainer).to.equal(true);
    expect([now.startOffset, now.endOffset]).to.deep.equal([startOffset, endOffset]);
    target.remove();
  });
});

function descendants(block: Element): Node[] {
  const walker = document.createTreeWalker(block);
  const nodes: Node[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}
