import { html, type TemplateResult } from 'lit';
import type { Strings } from '../i18n/index.ts';
import type { ToolName } from '../i18n/types.ts';
import { searchIcon } from './icons.ts';

/** Three dots: an answer is on its way and nothing of it can be shown yet. */
export function typing(strings: Strings): TemplateResult {
  return html`<p class="typing" part="typing">
    <span class="unseen">${strings.typing}</span><i></i><i></i><i></i>
  </p>`;
}

/** One quiet line, where the answer goes on as soon as the line is back. */
export function reconnectingLine(strings: Strings): TemplateResult {
  return html`<p class="reconnecting" part="reconnecting">${strings.reconnecting}</p>`;
}

/** One quiet line on what the assistant does before it can answer. */
export function toolLine(name: string, strings: Strings): TemplateResult {
  return html`<p class="tool" part="tool">${searchIcon}<span>${strings.tool[name as ToolName] ?? strings.tool.other}</span></p>`;
}
