// What Shopify writes into every page of a theme: where the shop is, in the page's language and market.
globalThis.Shopify = { routes: { root: '/demo/shopify/' } };
