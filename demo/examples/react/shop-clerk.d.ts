import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { ProductsShownEvent, ShopClerk } from 'shop-clerk';

/** What React may know of the element: attributes as in HTML, and a prop for each event, named `on` and the event. */
interface ShopClerkAttributes extends HTMLAttributes<ShopClerk> {
  shop: string;
  proxy?: string;
  layout?: 'float' | 'side' | 'inline';
  locale?: string;
  'color-scheme'?: 'auto' | 'light' | 'dark';
  'onshopclerk-products-shown'?: (event: ProductsShownEvent) => void;
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'shop-clerk': DetailedHTMLProps<ShopClerkAttributes, ShopClerk>;
    }
  }
}
