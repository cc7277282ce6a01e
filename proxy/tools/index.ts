import { addToCart } from './add-to-cart.ts';
import { compareProducts } from './compare-products.ts';
import { getOrderStatus } from './get-order-status.ts';
import { getProduct } from './get-product.ts';
import { getStoreInfo } from './get-store-info.ts';
import { handOff } from './hand-off.ts';
import { searchDocuments } from './search-documents.ts';
import { searchProducts } from './search-products.ts';
import { showProducts } from './show-products.ts';
import { suggestQuestions } from './suggest-questions.ts';
import type { Tool } from './types.ts';
import { viewCart } from './view-cart.ts';

export { createOrderDesk } from './order-desk.ts';
export { createTrySearch } from './try-search.ts';

/** Every tool that a shop may use. The order is part of the prompt's cached beginning: add at the end. */
export const tools: readonly Tool[] = [
  searchProducts,
  showProducts,
  getProduct,
  compareProducts,
  addToCart,
  viewCart,
  getOrderStatus,
  getStoreInfo,
  suggestQuestions,
  handOff,
  searchDocuments,
];
