import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../i18n/index.ts';
import type { Failure } from '../state/state.ts';
import { alertIcon } from './icons.ts';

/** What happened, in the shopper's words. */
export function failureText({ code, retryable, retryAfterMs }: Failure, strings: Strings): string {
  const wait = retryable && retryAfterMs ? ` ${strings.retryIn(Math.max(1, Math.ceil(retryAfterMs / 1000)))}` : '';
  return strings.failures[code] + wait;
}

/** What happened, and one button if trying again can help. */
export function failure(what: Failure, strings: Strings, onRetry: (() => void) | null): TemplateResult {
  return html`<div class="failure" part="error">
    ${alertIcon}
    <p>${failureText(what, strings)}</p>
    ${what.retryable && onRetry ? html`<button type="button" @click=${onRetry}>${strings.retry}</button>` : nothing}
  </div>`;
}
