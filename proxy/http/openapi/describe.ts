import type { OpenAPIHono } from '@hono/zod-openapi';
import { createRoutes, errorBody, json, pathsOf } from '../admin/routes.ts';
import { COOKIE } from '../admin/cookie.ts';
import type { HttpEnv } from '../env.ts';
import { documentRoutes } from './document-routes.ts';
import { operationRoutes } from './operation-routes.ts';
import { publicRoutes } from './public-routes.ts';

export type DescribedPath = ReturnType<typeof pathsOf>[number];

/**
 * The whole API as OpenAPI 3.1: the desk's routes from the schemas that check their requests, the public ones from those that
 * check theirs.
 */
export function describeApi({ admin, version }: { admin: OpenAPIHono<HttpEnv>; version: string }) {
  const routes = createRoutes();
  const registry = routes.openAPIRegistry;
  registry.registerComponent('securitySchemes', 'visitorToken', {
    type: 'http',
    scheme: 'bearer',
    description: 'From POST /api/session.',
  });
  registry.registerComponent('securitySchemes', 'adminToken', {
    type: 'http',
    scheme: 'bearer',
    description: 'The ADMIN_TOKEN, for scripts.',
  });
  registry.registerComponent('securitySchemes', 'deskCookie', {
    type: 'apiKey',
    in: 'cookie',
    name: COOKIE,
    description: 'From POST /api/admin/session. Changes also need its csrf_token as X-CSRF-Token.',
  });
  // Read for its routes alone: what serves them is another.
  routes.route('/api/admin', admin);
  for (const route of [...publicRoutes, ...operationRoutes, ...documentRoutes]) registry.registerPath(route);
  const paths = pathsOf(registry);
  for (const { route } of paths) route.responses['default'] ??= json(errorBody, 'What went wrong.');

  function document() {
    return routes.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Shop Clerk',
        version,
        description: 'What the widget and the desk ask of the proxy. Times are ISO 8601 in UTC, names snake_case.',
        license: { name: 'MIT' },
      },
      servers: [{ url: '/' }],
    });
  }
  return { document, paths };
}
