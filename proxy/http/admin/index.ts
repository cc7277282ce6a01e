import { bodyLimit } from 'hono/body-limit';
import type { Documents, Knowledge } from '../../knowledge/types.ts';
import { adminDocuments } from '../routes/admin-documents.ts';
import { accounts } from './accounts.ts';
import { audit } from './audit.ts';
import { requireDesk } from './guard.ts';
import { jsonBody } from './json-body.ts';
import { createRoutes, neverStored, otherMethods } from './routes.ts';
import { session, ways, type SessionDeps } from './session.ts';
import { sessions } from './sessions.ts';
import { shops } from './shops.ts';

export interface AdminDeps extends SessionDeps {
  documents: Documents;
  knowledge: Knowledge;
}

/** Far more than the longest prompt. */
const MAX_BODY = 256 * 1024;

/** `/api/admin/*`: everything the desk does, a noun a file. */
export function admin(deps: AdminDeps) {
  const routes = createRoutes();
  routes.use(neverStored);
  // Files, of up to 20 MB and of any kind.
  routes.use('/documents/*', requireDesk(deps)).route('/documents', adminDocuments(deps));
  routes.use(bodyLimit({ maxSize: MAX_BODY })).use(jsonBody);
  routes.route('/', ways(deps));
  routes.use(requireDesk(deps));
  routes
    .route('/', session(deps))
    .route('/sessions', sessions(deps))
    .route('/accounts', accounts(deps))
    .route('/audit', audit(deps))
    .route('/shops', shops(deps));
  routes.all('*', otherMethods(routes));
  return routes;
}
