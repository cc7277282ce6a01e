import { Reactive } from '../reactive.ts';

/**
 * A piece of the panel that has state or DOM of its own. It renders into its parent's tree, so all pieces share one
 * shadow root: `::part()` needs no export chain, ids reach across pieces, and text can be selected over messages.
 */
export class Piece extends Reactive {}

/** Registers a piece; two copies of the widget in one page are no error. */
export function definePiece(name: string, piece: typeof Piece): void {
  if (!customElements.get(name)) customElements.define(name, piece);
}
