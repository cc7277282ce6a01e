import type { HttpBindings } from '@hono/node-server';
import type { Shop } from '../shops/types.ts';

/** What Hono's context carries from the middleware to the routes. */
export interface HttpEnv {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    /** Only behind `requireSession`. */
    shop: Shop;
    visitorId: string;
  };
}
