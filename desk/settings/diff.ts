import { html, nothing } from 'lit';
import type { SettingsDifference } from '../../proxy/protocol/admin/index.ts';
import { labelOf } from './find-field.ts';

/** What would change, or did: before and after, field by field. Texts of owners are texts. */
export function differences(diff: readonly SettingsDifference[], { before = 'Before', after = 'After' } = {}) {
  if (diff.length === 0) return html`<p class="muted">Nothing is different.</p>`;
  return html`<dl class="diff">
    ${diff.map(
      (one) => html`<dt>${labelOf(one.field)}</dt>
        <dd><span class="hint">${before}</span>${side('before' in one, one.before, one.after)}</dd>
        <dd><span class="hint">${after}</span>${side('after' in one, one.after, one.before)}</dd>`,
    )}
  </dl>`;
}

/** @param other of it, what is the same on both sides is left out */
function side(isThere: boolean, value: unknown, other: unknown) {
  if (!isThere) return html`<p class="muted small">as the file has it</p>`;
  if (value === null) return html`<p class="muted small">left out</p>`;
  const isColour = typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
  return html`<pre dir="auto">${isColour ? swatch(value) : nothing}${written(isRecord(value) && isRecord(other) ? without(value, other) : value)}</pre>`;
}

type Values = Record<string, unknown>;

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function without(value: Values, other: Values): Values {
  const differs = ([name, one]: [string, unknown]) => JSON.stringify(one) !== JSON.stringify(other[name]);
  return Object.fromEntries(Object.entries(value).filter(differs));
}

/** As one would write it by hand. */
function written(value: unknown): string {
  if (typeof value === 'string') return value || '(empty)';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(written).join('\n') || '(none)';
  if (!isRecord(value)) return JSON.stringify(value);
  const lines = Object.entries(value).map(([name, inner]) => {
    const text = written(inner);
    return `${name}:${text.includes('\n') ? '\n' : ' '}${text}`;
  });
  return lines.join('\n') || '(none)';
}

function swatch(colour: string) {
  return html`<svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" rx="3" fill=${colour}></rect></svg> `;
}
