import { html, type TemplateResult } from 'lit';

function icon(path: string): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;
}

export const copyIcon = icon('M9 9h10v11H9zM6 15H5V4h10v2');
export const goodIcon = icon(
  'M7 11v9H4v-9zM7 11l4-8a2.5 2.5 0 0 1 2.5 3L13 9h6a1.5 1.5 0 0 1 1.5 2l-2 7a2.5 2.5 0 0 1-2.5 2H7',
);
export const badIcon = icon(
  'M7 13V4H4v9zM7 13l4 8a2.5 2.5 0 0 0 2.5-3L13 15h6a1.5 1.5 0 0 0 1.5-2l-2-7A2.5 2.5 0 0 0 16 4H7',
);
export const againIcon = icon('M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5');
export const renameIcon = icon('M4 20l1-4L16 5a2.1 2.1 0 0 1 3 3L8 19z');
export const removeIcon = icon('M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13');
export const backIcon = icon('M19 12H5M11 6l-6 6 6 6');
