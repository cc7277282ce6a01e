/** What can be chosen of a product, and what a choice leads to. Pure. */
import type { Product, ProductVariant } from '../../proxy/protocol/index.ts';
import { canBeBought } from './can-be-bought.ts';

/** One thing to choose: a size, a colour. */
export interface Axis {
  /** '' where the catalogue has no name for it. */
  name: string;
  values: readonly string[];
}

/** Value by the axis' name. */
export type Chosen = Readonly<Record<string, string>>;

/**
 * What the shopper has to choose: none for a simple product, nor for an option with one value. Where the options don't tell
 * the variants apart, their titles do.
 */
export function axesOf({ options, variants }: Product): readonly Axis[] {
  if (variants.length < 2) return [];
  const axes = options.filter(({ values }) => values.length > 1);
  const told = new Set(
    variants.map((variant) => axes.map(({ name }) => JSON.stringify(valueOf(variant, name))).join()),
  );
  if (axes.length > 0 && told.size === variants.length) return axes;
  return [{ name: '', values: [...new Set(variants.map(({ title }) => title))] }];
}

/** Undefined: any of them, which WooCommerce calls so. */
function valueOf(variant: ProductVariant, name: string): string | undefined {
  return name === '' ? variant.title : variant.options.find((option) => option.name === name)?.value;
}

function fits(variant: ProductVariant, chosen: Chosen): boolean {
  return Object.entries(chosen).every(([name, value]) => (valueOf(variant, name) ?? value) === value);
}

/** The variant that is chosen; null while something is left to choose, or for what isn't made. */
export function variantOf(product: Product, chosen: Chosen): ProductVariant | null {
  if (axesOf(product).some(({ name }) => chosen[name] === undefined)) return null;
  const fitting = product.variants.filter((variant) => fits(variant, chosen));
  return fitting.find(canBeBought) ?? fitting[0] ?? null;
}

/** Whether this value, with what is chosen of the rest, can be bought, is sold out, or isn't made at all. */
export function outlook(product: Product, chosen: Chosen, { name }: Axis, value: string): 'open' | 'sold_out' | 'none' {
  const fitting = product.variants.filter((variant) => fits(variant, { ...chosen, [name]: value }));
  if (fitting.some(canBeBought)) return 'open';
  return fitting.length > 0 ? 'sold_out' : 'none';
}

/** All options of what goes into the cart, those with one value included. */
export function optionsOf({ options }: Product, variant: ProductVariant, chosen: Chosen): ProductVariant['options'] {
  const names = new Set([...options, ...variant.options].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const value = valueOf(variant, name) ?? chosen[name];
    return value === undefined ? [] : [{ name, value }];
  });
}
