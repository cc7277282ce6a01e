import { html, nothing } from 'lit';
import type { SettingsDifference } from '../../proxy/protocol/admin/index.ts';
import { labelOf } from './fields.ts';

/** What would change, or did: before and after, field by field. Texts of owners are texts. */
export function differences(diff: readonly SettingsDifference[], { before = 'Before', after = 'After' } = {}) {
  if (diff.length === 0) return html`<p class="muted">Nothing is different.</p>`;
  return html`<dl class="diff">
    ${diff.map(
      (one) => html`<dt>${labelOf(one.field)}</dt>
        <dd><span class="hint">${before}</span>${side('before' in one, one.before)}</dd>
        <dd><span class="hint">${after}</span>${side('after' in one, one.after)}</dd>`,
    )}
  </dl>`;
}

function side(isThere: boolean, value: unknown) {
  if (!isThere) return html`<p class="muted small">as the file has it</p>`;
  if (value === null) return html`<p class="muted small">left out</p>`;
  const isColour = typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
  return html`<pre dir="auto">${isColour ? swatch(value) : nothing}${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>`;
}

function swatch(colour: string) {
  return html`<svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" rx="3" fill=${colour}></rect></svg> `;
}
