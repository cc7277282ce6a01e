import type { Motif } from '../pictures/index.ts';
import type { Emblem } from '../pictures/emblems.ts';
import type { PaletteName } from '../pictures/palettes.ts';

/** Category labels in English and Hebrew. Every product has an animal first, then a kind. */
export const CATEGORIES = {
  dogs: ['Dogs', 'כלבים'],
  cats: ['Cats', 'חתולים'],
  small: ['Small pets', 'מכרסמים וארנבים'],
  birds: ['Birds', 'ציפורים'],
  fish: ['Fish', 'דגים'],
  food: ['Food', 'מזון'],
  treats: ['Treats', 'חטיפים'],
  toys: ['Toys', 'צעצועים'],
  beds: ['Beds', 'מיטות'],
  walking: ['Walking', 'טיולים'],
  grooming: ['Grooming', 'טיפוח'],
  health: ['Health', 'בריאות'],
  travel: ['Travel', 'נסיעות'],
  litter: ['Litter', 'חול וארגזי חול'],
  home: ['Home', 'ציוד לבית'],
} as const satisfies Record<string, readonly [en: string, he: string]>;

export type CategoryKey = keyof typeof CATEGORIES;

export interface VariantStock {
  /** Price before the sale, in shekels. */
  was?: number;
  /** Pieces left: 0 is sold out. `backorder` can be bought and ships later. */
  stock?: number | 'backorder';
}

/** One product as a person writes it down; `build.ts` turns it into a `CatalogProduct`. */
export interface Entry {
  id: number;
  brand: string;
  categories: readonly [animal: CategoryKey, kind: CategoryKey];
  picture: readonly [motif: Motif, palette: PaletteName, emblem?: Emblem];
  en: readonly [title: string, description: string];
  he: readonly [title: string, description: string];
  tags: readonly string[];
  /** What the variants differ in: `Size`, or `Colour / Size` with titles such as `Blue / S`. */
  options?: string;
  /** Title, price in shekels, and what is special about it. */
  variants: readonly (readonly [title: string, price: number, stock?: VariantStock])[];
  rating?: readonly [value: number, count: number];
}
