import { searchProducts } from './search-products.ts';
import { showProducts } from './show-products.ts';
import type { Tool } from './types.ts';

/** Every tool that a shop may use. The order is part of the prompt's cached beginning: add at the end. */
export const tools: readonly Tool[] = [searchProducts, showProducts];
