/** A shopper's question as the demo model has understood it. */
import type { SmallTalk } from './small-talk.ts';
import type { Concept, Language } from './words.ts';

export interface Keyword {
  /** As the shopper wrote it, folded by the catalogue's rules, slips of the pen mended. */
  word: string;
  concept: Concept | undefined;
}

export interface Question {
  language: Language;
  /** `unclear`: nothing to look for in it. */
  intent: 'search' | 'unclear' | SmallTalk;
  keywords: Keyword[];
  /** In whole currency units, as the shopper says them. */
  minPrice: number | null;
  maxPrice: number | null;
  /** ISO 4217 of what those limits were said in; null where that was left open. */
  currency: string | null;
  /** They were said in a currency that the shop doesn't have, and left out. */
  unconverted?: boolean;
  inStockOnly: boolean;
  onSaleOnly: boolean;
  /** Cheapest or best rated first; else as the search has them. */
  order: 'price' | 'rating' | null;
  /** Asks for sizes or colours. */
  asksOptions: boolean;
}

/** Bounds what is made of one long message. */
export const MAX_KEYWORDS = 8;

export function kindOf({ concept }: Keyword): Concept['kind'] {
  return concept?.kind ?? 'quality';
}
