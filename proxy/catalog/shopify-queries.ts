/** Questions to Shopify's Storefront API, in the names of its schema (2026-10). Stock counts need a scope few tokens have. */
const variantFields = `
  id title sku availableForSale currentlyNotInStock
  price { amount currencyCode } compareAtPrice { amount currencyCode }
  unitPrice { amount currencyCode } unitPriceMeasurement { referenceValue referenceUnit }
  selectedOptions { name value }
  image { url altText width height }`;

const productFields = `
  id createdAt updatedAt title handle descriptionHtml vendor productType tags @include(if: $tags) onlineStoreUrl
  images(first: $images) { nodes { url altText width height } }
  variants(first: $variants) { pageInfo { hasNextPage endCursor } nodes { ${variantFields} } }`;

const context = '@inContext(country: $country, language: $language)';
const market = '$country: CountryCode, $language: LanguageCode';
const sizes = '$tags: Boolean!, $images: Int!, $variants: Int!';

export const PRODUCTS = `query Products($first: Int!, $after: String, $query: String, $sortKey: ProductSortKeys, ${sizes}, ${market}) ${context} {
  products(first: $first, after: $after, query: $query, sortKey: $sortKey) {
    pageInfo { hasNextPage endCursor }
    nodes { ${productFields} }
  }
}`;

export const PRODUCT = `query Product($id: ID!, ${sizes}, ${market}) ${context} {
  product(id: $id) { ${productFields} }
}`;

export const VARIANTS = `query Variants($id: ID!, $variants: Int!, $after: String, ${market}) ${context} {
  product(id: $id) {
    variants(first: $variants, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${variantFields} } }
  }
}`;

export const IDS = `query Ids($first: Int!, $after: String, $query: String, $sortKey: ProductSortKeys) {
  products(first: $first, after: $after, query: $query, sortKey: $sortKey) {
    pageInfo { hasNextPage endCursor }
    nodes { id createdAt updatedAt onlineStoreUrl }
  }
}`;
