import { Piece } from '../components/piece.ts';
import { shopperStyles } from './shopper.styles.ts';

let sheet: CSSStyleSheet | undefined;

/** Puts the sheet of these pieces where this element is. */
export function dressShopper(root: ShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(shopperStyles);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

export class ShopperPiece extends Piece {
  override connectedCallback(): void {
    super.connectedCallback();
    dressShopper(this.getRootNode() as ShadowRoot);
  }
}
