import { assert } from '@open-wc/testing';
import { MarkdownStream } from '../../../widget/render/markdown.ts';

/** Fails unless the blocks are the same node for node. */
export function expectSame(target: HTMLElement, wanted: HTMLElement): void {
  if (target.isEqualNode(wanted)) return;
  assert.equal(target.innerHTML, wanted.innerHTML);
  assert.fail(`Other nodes, though they read the same: ${wanted.innerHTML}`);
}

export function whole(text: string): HTMLElement {
  const target = document.createElement('div');
  new MarkdownStream(target).update(text);
  return target;
}

export function streamed(text: string, cuts: readonly number[]): HTMLElement {
  const target = document.createElement('div');
  const stream = new MarkdownStream(target);
  for (const cut of cuts) stream.update(text.slice(0, cut), { streaming: true });
  stream.update(text);
  return target;
}

/** A text of which more may come. */
export function underWay(text: string): HTMLElement {
  const target = document.createElement('div');
  new MarkdownStream(target).update(text, { streaming: true });
  return target;
}

export const everyCut = (text: string, step = 1): number[] =>
  Array.from({ length: Math.ceil(text.length / step) }, (_, index) => Math.min((index + 1) * step, text.length));
