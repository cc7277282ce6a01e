import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../i18n/index.ts';
import type { Failure } from '../state/state.ts';
import { alertIcon } from './icons.ts';
import { RetryIntent } from './intents.ts';

/** What happened, in the shopper's words. */
export function failureText({ code, retryable, retryAfterMs }: Failure, strings: Strings): string {
  const wait = retryable && retryAfterMs ? ` ${strings.retryIn(Math.max(1, Math.ceil(retryAfterMs / 1000)))}` : '';
  return strings.failures[code] + wait;
}

function retry({ target }: Event): void {
  target!.dispatchEvent(new RetryIntent());
}

/** What happened, and one button if trying again can help. */
export function failure(what: Failure, strings: Strings): TemplateResult {
  return html`<div class="failure" part="error">
    ${alertIcon}
    <p>${failureText(what, strings)}</p>
    ${what.retryable ? html`<button @click=${retry}>${strings.retry}</button>` : nothing}
  </div>`;
}
