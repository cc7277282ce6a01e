import { contactStyles } from './contact.styles.ts';
import { laterStyles } from './later.styles.ts';
import { Piece } from './piece.ts';

let sheet: CSSStyleSheet | undefined;

/** Puts the sheet of what comes later where this element is. */
export function dress(element: Element): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(laterStyles + contactStyles);
  }
  // It may have left while this was on its way.
  if (!element.isConnected) return;
  const { adoptedStyleSheets: worn } = element.getRootNode() as ShadowRoot;
  if (!worn.includes(sheet)) worn.push(sheet);
}

/** A piece that comes after the panel, and brings its sheet along. */
export class LaterPiece extends Piece {
  override connectedCallback(): void {
    super.connectedCallback();
    dress(this);
  }
}
