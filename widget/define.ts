import { ShopClerk } from './shop-clerk.ts';

// The script may be on the page twice, or beside the module.
if (!customElements.get('shop-clerk')) customElements.define('shop-clerk', ShopClerk);
