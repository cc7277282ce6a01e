import { dress as dressIn, sheetOf } from '../styles/sheet.ts';
import { contactStyles } from './contact.styles.ts';
import { laterStyles } from './later.styles.ts';
import { Piece } from './piece.ts';
import { primaryStyles } from './primary.styles.ts';

const sheet = sheetOf(primaryStyles + laterStyles + contactStyles);

/** Puts the sheet of what comes later where this element is. */
export function dress(element: Element): void {
  dressIn(element, sheet);
}

/** A piece that comes after the panel, and brings its sheet along. */
export class LaterPiece extends Piece {
  override connectedCallback(): void {
    super.connectedCallback();
    dress(this);
  }
}
