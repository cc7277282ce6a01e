import type { CartErrorCode, CartSummary } from '../../proxy/protocol/index.ts';

/** What goes into the cart. Nothing of it comes from a model but the choice: texts and ids are the catalogue's. */
export interface CartLine {
  /** The shop's own ids, as text; equal for a simple product. */
  productId: string;
  variantId: string;
  /** 1 or more. */
  quantity: number;
  options: { name: string; value: string }[];
  title: string;
  /** The product's page, absolute. */
  url: string;
}

export type CartResult =
  | {
      ok: true;
      /** Null where the shop doesn't tell. */
      cart: CartSummary | null;
      /** Takes the same pieces out again; null where that can't be done. */
      undo: ((signal: AbortSignal) => Promise<CartResult>) | null;
    }
  | { ok: false; code: CartErrorCode };

/** The shopper's own cart, as this page can reach it. Nothing throws but an aborted signal's reason. */
export interface Cart {
  add(line: CartLine, signal: AbortSignal): Promise<CartResult>;
  /** Null where the shop doesn't tell. */
  view(signal: AbortSignal): Promise<CartSummary | null>;
}
