import { Piece } from '../components/piece.ts';
import { dress, sheetOf } from '../styles/sheet.ts';
import { shopperStyles } from './shopper.styles.ts';

const sheet = sheetOf(shopperStyles);

/** Puts the sheet of these pieces where this element is. */
export function dressShopper(root: ShadowRoot): void {
  dress(root, sheet);
}

export class ShopperPiece extends Piece {
  override connectedCallback(): void {
    super.connectedCallback();
    dressShopper(this.getRootNode() as ShadowRoot);
  }
}
