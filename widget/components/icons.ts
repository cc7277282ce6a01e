import { html, type TemplateResult } from 'lit';

function icon(path: string): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;
}

export const closeIcon = icon('M6 6l12 12M18 6L6 18');
export const moreIcon = icon('M12 5a1 1 0 1 0 .01 0zM12 11a1 1 0 1 0 .01 0zM12 17a1 1 0 1 0 .01 0z');
/** A pencil on paper. */
export const newChatIcon = icon('M12 20h8M4 20l1-4L16 5a2.1 2.1 0 0 1 3 3L8 19z');
/** As on the launcher, which can't share it: the script tag carries no Lit, and the panel no launcher. */
export const speechIcon = icon(
  'M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-6.5L8 21v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM8 9.5h8M8 12.5h5',
);
export const sendIcon = icon('M12 19V5M6 11l6-6 6 6');
export const stopIcon = icon('M8 8h8v8H8z');
export const downIcon = icon('M12 5v14M6 13l6 6 6-6');
/** Points to the end of the line; mirrored by the sheet where lines run the other way. */
export const forwardIcon = icon('M9 6l6 6-6 6');
export const alertIcon = icon('M12 8v5M12 16v.01M12 3a9 9 0 1 0 .01 0z');
export const searchIcon = icon('M11 4a7 7 0 1 0 .01 0zM16 16l4.5 4.5');
/** What stands where a product has no picture. */
export const pictureIcon = icon('M5 8l7-4 7 4v8l-7 4-7-4zM5 8l7 4 7-4M12 12v8');
