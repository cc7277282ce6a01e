import { html, nothing, type TemplateResult } from 'lit';
import type { ThreadSummary } from '../../proxy/protocol/index.ts';
import type { ShopperStrings } from '../i18n/types.ts';
import { removeIcon, renameIcon } from './icons.ts';
import { when } from './when.ts';

/** What the proxy takes at the most. */
const MAX_TITLE = 80;

export interface RowOptions {
  words: ShopperStrings;
  /** BCP 47 */
  locale: string;
  /** It is the one that is shown behind the list. */
  current: boolean;
  /** An answer is being written in it. */
  running: boolean;
  /** What is being done with it. */
  step: 'nothing' | 'renaming' | 'asking';
  onOpen: () => void;
  onStep: (step: RowOptions['step']) => void;
  onRename: (title: string) => void;
  onRemove: () => void;
}

function renaming({ title }: ThreadSummary, { words, onStep, onRename }: RowOptions): TemplateResult {
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const text = (new FormData(event.target as HTMLFormElement).get('title') as string).trim();
    if (text && text !== title) onRename(text);
    else onStep('nothing');
  }
  return html`<form @submit=${submit}>
    <input name="title" maxlength=${MAX_TITLE} dir="auto" aria-label=${words.title} .value=${title} />
    <div class="buttons">
      <button class="primary">${words.save}</button>
      <button type="button" @click=${() => onStep('nothing')}>${words.cancel}</button>
    </div>
  </form>`;
}

function asking({ title }: ThreadSummary, { words, onStep, onRemove }: RowOptions): TemplateResult {
  return html`<div class="sure" role="group" aria-label=${words.removeSure}>
    <p><bdi>${title || words.untitled}</bdi></p>
    <p>${words.removeSure}</p>
    <div class="buttons">
      <button class="final" @click=${onRemove}>${words.removeYes}</button>
      <button class="keep" @click=${() => onStep('nothing')}>${words.removeNo}</button>
    </div>
  </div>`;
}

/** One conversation: opened by its title; renamed or deleted in its place. */
export function threadRow(thread: ThreadSummary, options: RowOptions): TemplateResult {
  const { words, locale, current, running, step, onOpen, onStep } = options;
  const title = thread.title || words.untitled;
  if (step === 'renaming') return html`<li>${renaming(thread, options)}</li>`;
  if (step === 'asking') return html`<li>${asking(thread, options)}</li>`;
  return html`<li>
    <button class="open" aria-current=${current ? 'true' : nothing} @click=${onOpen}>
      <span class="title">${title}</span>
      ${thread.snippet ? html`<span dir="auto">${thread.snippet}</span>` : nothing}
      <span class=${running ? 'running' : ''}
        >${running ? words.running : current ? words.current : when(thread.updated_at, locale)}</span
      >
    </button>
    <button
      class="round rename"
      aria-label=${words.rename(title)}
      title=${words.rename(title)}
      @click=${() => onStep('renaming')}
    >
      ${renameIcon}
    </button>
    <button
      class="round remove"
      aria-label=${words.remove(title)}
      title=${words.remove(title)}
      @click=${() => onStep('asking')}
    >
      ${removeIcon}
    </button>
  </li>`;
}
