import { html, type TemplateResult } from 'lit';

// A screen reader has taken in what is older; the region shall not grow with the conversation.
const KEEP = 8;

/** A live region of its own, so that a growing answer is heard by the paragraph and not by the token. */
export function announcer(): TemplateResult {
  return html`<div class="unseen" aria-live="polite" aria-relevant="additions"></div>`;
}

/** Lets the region below `panel` say it. Written past Lit: a line is heard once, whatever is drawn again. */
export function announce(panel: ParentNode, text: string): void {
  const region = panel.querySelector('[aria-live=polite]')!;
  const line = document.createElement('p');
  line.dir = 'auto';
  line.textContent = text;
  region.append(line);
  if (region.childElementCount > KEEP) region.firstElementChild!.remove();
}
