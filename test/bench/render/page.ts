/** Runs in the browser: one answer growing in a panel, shown in one of several ways. */
import { Marked } from 'marked';
import '../../../widget/components/prose.ts';
import { shopClerkSheet } from '../../../widget/shop-clerk.styles.ts';
import type { Way } from '../render.ts';

interface Run {
  way: Way;
  text: string;
  /** Characters that a frame brings. */
  step: number;
  /** Styles that are tried. */
  css: string;
  /** Draw only each nth frame: for what would take minutes. */
  every: number;
}

const marked = new Marked();

function grow(way: Way, target: HTMLElement): (text: string) => void {
  if (way === 'plain text') {
    const node = target.appendChild(document.createTextNode(''));
    return (text) => node.appendData(text.slice(node.length));
  }
  if (way === 'marked') return (text) => (target.innerHTML = marked.parse(text, { async: false }));
  const prose = target.appendChild(document.createElement('shopclerk-prose'));
  prose.streaming = true;
  let settled = 0;
  return (text) => {
    prose.text = text;
    // For styles that are tried: the last two may still change.
    for (; settled < prose.children.length - 2; settled++) prose.children[settled]!.classList.add('settled');
  };
}

/** The longest task, in milliseconds; 0 for none over 50. */
async function run({ way, text, step, css, every }: Run): Promise<number> {
  const host = document.body.appendChild(document.createElement('div'));
  const root = host.attachShadow({ mode: 'open' });
  const tried = new CSSStyleSheet();
  tried.replaceSync(`.scroller { height: 600px; width: 400px; overflow-y: auto } ${css}`);
  root.adoptedStyleSheets = [shopClerkSheet, tried];
  const scroller = root.appendChild(document.createElement('div'));
  scroller.className = 'scroller panel';
  const message = scroller.appendChild(document.createElement('div'));
  message.className = 'message assistant';
  const target = message.appendChild(document.createElement('div'));
  if (way === 'plain text') target.style.whiteSpace = 'pre-wrap';
  let longest = 0;
  const tasks = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  tasks.observe({ type: 'longtask' });
  const show = grow(way, target);
  let frame = 0;
  for (let end = step; end < text.length + step; end += step) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    if (++frame % every > 0) continue;
    show(text.slice(0, end));
    scroller.scrollTop = scroller.scrollHeight;
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  tasks.disconnect();
  host.remove();
  return longest;
}

Object.assign(globalThis, { run });
