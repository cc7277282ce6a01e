import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { DeskUser, OpenSession } from '../admin/types.ts';
import type { Asker } from '../limits/types.ts';
import type { Shop } from '../shops/types.ts';

/** What Hono's context carries from the middleware to the routes. */
export interface HttpEnv {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    /** Of the turn that it asks for or follows. */
    turnId: string | undefined;
    /** Only behind `requireSession`. */
    shop: Shop;
    visitorId: string;
    /** Has signed in at the shop, as the shop says. */
    identified: boolean;
    /** The owner's own, from the preview of the desk. */
    own: boolean;
    /** Keyed hash of the visitor's network. */
    address: string;
    /** Only at the desk, behind `requireDesk`. */
    admin: DeskUser;
    /** What they logged in with; undefined with a bearer token. */
    deskSession: OpenSession | undefined;
  };
}

/** Who asks, behind `requireSession`. */
export function askerOf(c: Context<HttpEnv>): Asker {
  return { shop: c.get('shop'), visitorId: c.get('visitorId'), address: c.get('address') };
}

/** The same, as it stands in the rows of what is theirs. */
export function ownerOf(c: Context<HttpEnv>): { shop: string; visitorId: string } {
  return { shop: c.get('shop').slug, visitorId: c.get('visitorId') };
}
