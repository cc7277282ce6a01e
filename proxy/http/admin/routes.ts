/** How a noun of the desk writes its routes, so that /openapi.json says of them what is checked. */
import { createRoute, OpenAPIHono, z, type RouteConfig } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ChatError } from '../../errors.ts';
import { ERROR_CODES, type ErrorBody } from '../../protocol/index.ts';
import type { HttpEnv } from '../env.ts';
import { notFound, only } from '../middleware/errors.ts';
import { exactly } from '../openapi/exactly.ts';
import { problemsOf } from '../problem-words.ts';

/** Routes of one noun: `.openapi(deskRoute({…}), (c) => …)`, with `c.req.valid('query')` and so on. */
export function createRoutes(): OpenAPIHono<HttpEnv> {
  return new OpenAPIHono<HttpEnv>({
    defaultHook(result) {
      if (result.success) return;
      // The validator hands over what it looked at, and the types of zod-openapi leave it out.
      const sent = 'data' in result ? result.data : {};
      throw new ChatError('invalid_request', problemsOf(result.error.issues, sent));
    },
  });
}

/** Ways in: the desk's cookie, or the ADMIN_TOKEN as a bearer token. */
export const DESK_SECURITY: NonNullable<RouteConfig['security']> = [{ deskCookie: [] }, { adminToken: [] }];

/** A route for who is logged in. @param route `security: []` opens it to everybody */
export function deskRoute<P extends string, R extends Omit<RouteConfig, 'path'> & { path: P }>(route: R) {
  return createRoute({ security: DESK_SECURITY, ...route });
}

/** An answer, or with `body` a request, in JSON. */
export function json<T extends z.ZodType>(schema: T, description: string, example?: z.input<T>) {
  const media = { schema, ...(example !== undefined && { example }) };
  return { description, content: { 'application/json': media } };
}

/** What a route takes. Checked also where its sender forgets to say that it is JSON. */
export function body<T extends z.ZodType>(schema: T, example: z.input<T>) {
  return { required: true, content: { 'application/json': { schema, example } } } as const;
}

export const slug = z.string().min(1).max(64).openapi({ example: 'pets', description: "A shop's slug." });

/** `?shop=`, where it is a shop's. */
export const ofShop = z.object({ shop: slug });

/** ISO 8601, UTC. */
export const time = z.iso.datetime().openapi({ example: '2026-11-21T08:30:00.000Z' });

export const errorBody = exactly<ErrorBody>()(
  z
    .object({
      error: z.object({
        code: z.enum(ERROR_CODES),
        message: z.string(),
        retryable: z.boolean(),
        retry_after_ms: z.int().min(0).exactOptional(),
      }),
    })
    .openapi('Error'),
);

/** Nothing that the desk is told is for a cache. */
export const neverStored = createMiddleware<HttpEnv>(async function neverStored(c, next) {
  c.header('Cache-Control', 'no-store');
  await next();
});

/** For all that no route has answered: a path that is there says which methods it takes. */
export function otherMethods({ openAPIRegistry }: OpenAPIHono<HttpEnv>) {
  const paths = pathsOf(openAPIRegistry);
  return function otherMethods(c: Context<HttpEnv>): Response {
    const path = c.req.path.slice(c.req.path.indexOf('/admin') + '/admin'.length);
    const methods = paths.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    return methods.length > 0 ? only(...methods)(c) : notFound(c);
  };
}

/** The paths that a registry describes, as they come in. */
export function pathsOf({ definitions }: OpenAPIHono['openAPIRegistry']) {
  return definitions.flatMap((definition) => {
    if (definition.type !== 'route') return [];
    const { path, method } = definition.route;
    // The generator writes `{id}`, and each is one part of a path.
    const pattern = new RegExp(
      `^${path.replace(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replace(/\{[^}]+\}/g, '[^/]+')}/?$`,
    );
    return [{ method: method.toUpperCase(), pattern, route: definition.route }];
  });
}
