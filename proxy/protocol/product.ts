/** An amount of money: an integer count of the currency's ISO 4217 minor units (219.90 ILS is 21990, 500 JPY is 500). */
export interface Money {
  amount: number;
  /** ISO 4217 code, upper case. */
  currency: string;
}

export type Availability = 'in_stock' | 'out_of_stock' | 'backorder' | 'preorder' | 'discontinued' | 'unknown';

export interface ProductImage {
  /** http(s), absolute or relative to the address of the proxy. */
  url: string;
  alt?: string;
  width?: number;
  height?: number;
}

export interface ProductVariant {
  /** The shop's own id, as text. */
  id: string;
  /** What tells it from its siblings: "7 kg", "Blue / L". */
  title: string;
  sku?: string;
  price: Money;
  /** The price before the sale; present only while the variant is on sale. */
  list_price?: Money;
  /** What a measure of it costs, to compare packs of different sizes. */
  unit_price?: UnitPrice;
  availability: Availability;
  options: { name: string; value: string }[];
  image?: ProductImage;
  url?: string;
}

export interface UnitPrice {
  price: Money;
  /** `kg`, `100 ml` */
  per: string;
}

/**
 * A product as the widget shows it. Every field comes from the shop's catalogue, never from the model; all texts
 * are plain text, never HTML.
 */
export interface Product {
  /** Dense integer, unique in its shop: the id that the model sees and names in `show_products`. */
  id: number;
  /** The shop's own id, as text. */
  external_id: string;
  title: string;
  /** The product's page: an http(s) URL, absolute or relative to the address of the proxy. So are all URLs below. */
  url: string;
  brand?: string;
  /** Lowest and highest price among the variants; equal for a simple product. */
  price: { min: Money; max: Money };
  /** The price before the sale of the cheapest variant; present only while it is on sale. */
  list_price?: Money;
  availability: Availability;
  /** May be empty: the widget draws a placeholder. */
  images: ProductImage[];
  options: { name: string; values: string[] }[];
  /** At least one; a simple product has exactly one. */
  variants: ProductVariant[];
  /** What options, their values and variants are called in the shopper's language, by what they are called here; carts know these. */
  labels?: Record<string, string>;
  /** `value` from 0 to 5. */
  rating?: { value: number; count: number };
  /** BCP 47 language of the texts, where the catalogue says it. */
  lang?: string;
  /** In an old conversation: what was shown then, as far as it is different today. */
  then?: { title?: string; price?: { min: Money; max: Money }; availability?: Availability };
}

/** A product of an old conversation that the shop no longer has. */
export interface GoneProduct {
  id: number;
  /** As it was called then. */
  title: string;
}
