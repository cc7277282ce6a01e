import { contactStyles } from './contact.styles.ts';
import { laterStyles } from './later.styles.ts';
import { Piece } from './piece.ts';

let sheet: CSSStyleSheet | undefined;

/** A piece that comes after the panel, and brings its sheet along. */
export class LaterPiece extends Piece {
  override connectedCallback(): void {
    super.connectedCallback();
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(laterStyles + contactStyles);
    }
    const root = this.getRootNode() as ShadowRoot;
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  }
}
