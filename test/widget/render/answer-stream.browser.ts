import { expect } from '@open-wc/testing';
import type { Brought } from '../../../widget/bring.ts';
import { AnswerStream } from '../../../widget/render/answer-stream.ts';
import type { Markdown } from '../../../widget/render/load.ts';
import * as markdown from '../../../widget/render/markdown.ts';
import { expectSame, whole } from './same-nodes.ts';

/** A parser that comes when the test says so; `asked` counts who wanted it. */
function parserToCome() {
  let part: Markdown | null = null;
  let resolve: (part: Markdown | null) => void = () => {};
  let loading: Promise<Markdown | null> | undefined;
  const from: Brought<Markdown> & { asked: number } = {
    asked: 0,
    there: () => part,
    bring() {
      from.asked++;
      return (loading ??= new Promise((done) => (resolve = done)));
    },
  };
  async function settle(wanted: Markdown | null): Promise<void> {
    part = wanted;
    resolve(wanted);
    loading = undefined;
    await Promise.resolve().then(() => undefined);
  }
  return { from, settle };
}

function answer(patienceMs?: number) {
  const target = document.createElement('div');
  const { from, settle } = parserToCome();
  const late: string[] = [];
  let onLate: () => void = () => {};
  const tellLate = (): void => {
    late.push(target.textContent);
    onLate();
  };
  const stream = new AnswerStream(target, tellLate, from, patienceMs);
  const untilLate = (): Promise<void> => new Promise((resolve) => (onLate = resolve));
  return { target, stream, from, settle, late, untilLate };
}

const TEXT = 'Two **beds**:\n\n## Soft\n\nSee [it](https://a.example).';

describe('an answer', () => {
  it('asks for no parser as long as it is plain', () => {
    const { target, stream, from } = answer();
    stream.update('Two **beds**, which', true);
    stream.update('Two **beds**, which are soft', false);
    expectSame(target, whole('Two **beds**, which are soft'));
    expect(from.asked).to.equal(0);
  });

  it('shows what is plain at once, waits with the rest, and says when it is there', async () => {
    const { target, stream, from, settle, late } = answer();
    stream.update(TEXT.slice(0, 20), true);
    stream.update(TEXT, false);
    expect(target.textContent).to.equal('Two beds:');
    const first = target.firstChild;
    await settle(markdown);
    expectSame(target, whole(TEXT));
    expect(target.firstChild).to.equal(first);
    expect([from.asked, late.length]).to.deep.equal([1, 1]);
  });

  it('goes on with the parser where it was, once that is there', async () => {
    const { target, stream, settle } = answer();
    stream.update('One\n\nTwo', true);
    const [one] = target.children;
    await settle(markdown);
    stream.update('One\n\nTwo `three', true);
    stream.update('One\n\nTwo `three`', false);
    expectSame(target, whole('One\n\nTwo `three`'));
    expect(target.firstElementChild).to.equal(one);
  });

  it('is shown as it was written when the parser can’t be had, and asks again with the next words', async () => {
    const { target, stream, settle, late } = answer();
    stream.update('One\n\n`two` \u202ethree', true);
    await settle(null);
    expect(target.innerHTML).to.equal('<p dir="auto">One</p><p dir="auto">`two` three</p>');
    expect(late).to.have.length(1);
    stream.update('One\n\n`two` four', false);
    await settle(markdown);
    expectSame(target, whole('One\n\n`two` four'));
  });

  it('is shown as it was written while the parser takes too long, with what comes after, until it is there', async () => {
    const { target, stream, from, settle, untilLate } = answer(0);
    stream.update('One\n\n`two`', true);
    expect(target.textContent).to.equal('One');
    await untilLate();
    expect(target.textContent).to.equal('One`two`');
    stream.update('One\n\n`two` three', false);
    expect(target.textContent).to.equal('One`two` three');
    await settle(markdown);
    expectSame(target, whole('One\n\n`two` three'));
    expect(from.asked).to.equal(1);
  });

  it('stays plain when only what it began with was not and the parser can’t be had', async () => {
    const { target, stream, settle } = answer();
    stream.update('`5`', true);
    stream.update('Two **beds**', false);
    await settle(null);
    expectSame(target, whole('Two **beds**'));
  });

  it('asks for no parser before it has words', () => {
    const { target, stream, from } = answer();
    for (const text of ['', '\n\n', '\n\nTwo']) {
      stream.update(text, false);
      expectSame(target, whole(text));
    }
    expect(from.asked).to.equal(0);
  });

  it('is begun anew for another text', async () => {
    const { target, stream, settle } = answer();
    stream.update('One', true);
    await settle(markdown);
    stream.update('One `two`', true);
    stream.update('Other', true);
    expectSame(target, whole('Other'));
  });
});
