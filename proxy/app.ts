import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Deps } from './deps.ts';
import { admin } from './http/admin/index.ts';
import { createClientAddresses } from './http/client-address.ts';
import type { HttpEnv } from './http/env.ts';
import { createKeyedHash } from './http/keyed-hash.ts';
import { cors } from './http/middleware/cors.ts';
import { drainUnread } from './http/middleware/drain-unread.ts';
import { notFound, onError } from './http/middleware/errors.ts';
import { requestLog } from './http/middleware/request-log.ts';
import { requireSession } from './http/middleware/require-session.ts';
import { securityHeaders } from './http/middleware/security-headers.ts';
import { checkAnswers } from './http/openapi/answer-check.ts';
import { describeApi } from './http/openapi/describe.ts';
import { docs } from './http/openapi/docs.ts';
import { assets } from './http/routes/assets.ts';
import { chat } from './http/routes/chat.ts';
import { contact } from './http/routes/contact.ts';
import { health } from './http/routes/health.ts';
import { metrics } from './http/routes/metrics.ts';
import { messages } from './http/routes/messages.ts';
import { products } from './http/routes/products.ts';
import { session } from './http/routes/session.ts';
import { shops } from './http/routes/shops.ts';
import { sync } from './http/routes/sync.ts';
import { threads } from './http/routes/threads.ts';
import { turns } from './http/routes/turns.ts';
import { visitor } from './http/routes/visitor.ts';
import { webhooks } from './http/routes/webhooks.ts';

export { serverOptions } from './http/server-options.ts';

/** Far more than the longest message; the rest would only be thrown away. */
const MAX_BODY = 256 * 1024;

/** @throws Error for a `trustProxy` that names no address */
export function createApp(given: Deps) {
  const hash = createKeyedHash(given.addressKey);
  const deps = { ...given, hash, addresses: createClientAddresses({ trustProxy: given.trustProxy, hash }) };

  const desk = admin(deps);
  const { document, paths } = describeApi({ admin: desk, version: deps.version });

  const api = new Hono<HttpEnv>()
    // Before the rest: only our own pages use it, and no shop's page is told that it may.
    .route('/admin', desk)
    .use(cors(deps))
    .route('/webhooks', webhooks(deps))
    .use(bodyLimit({ maxSize: MAX_BODY }))
    .route('/sync', sync(deps))
    .route('/health', health(deps))
    .route('/shops', shops(deps))
    .route('/session', session(deps))
    .use(requireSession(deps))
    .route('/chat', chat(deps))
    .route('/turns', turns(deps))
    .route('/threads', threads(deps))
    .route('/messages', messages(deps))
    .route('/products', products(deps))
    .route('/contact', contact(deps))
    .route('/visitor', visitor(deps));

  const app = new Hono<HttpEnv>().use(drainUnread()).use(requestLog(deps)).use(securityHeaders(deps));
  if (deps.environment !== 'production') app.use(checkAnswers({ paths, log: deps.log }));
  return app
    .route('/api', api)
    .route('/metrics', metrics(deps))
    .route('/', docs({ document }))
    .route('/', assets(deps))
    .onError(onError(deps))
    .notFound(notFound);
}
