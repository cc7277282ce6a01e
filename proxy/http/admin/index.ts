import type { Shops } from '../../shops/types.ts';
import { requireDesk, type GuardDeps } from './guard.ts';
import { createRoutes } from './routes.ts';
import { shops } from './shops.ts';

export interface AdminDeps extends GuardDeps {
  shops: Shops;
}

/** `/api/admin/*`: everything the desk does, a noun a file. */
export function admin(deps: AdminDeps) {
  const routes = createRoutes();
  routes.use(requireDesk(deps));
  return routes.route('/shops', shops(deps));
}
