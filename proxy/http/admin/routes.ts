/** How a noun of the desk writes its routes, so that /openapi.json says of them what is checked. */
import { createRoute, OpenAPIHono, z, type RouteConfig } from '@hono/zod-openapi';
import { ChatError } from '../../errors.ts';
import { ERROR_CODES } from '../../protocol/index.ts';
import type { HttpEnv } from '../env.ts';

/** Routes of one noun: `.openapi(deskRoute({…}), (c) => …)`, with `c.req.valid('query')` and so on. */
export function createRoutes(): OpenAPIHono<HttpEnv> {
  return new OpenAPIHono<HttpEnv>({
    defaultHook(result) {
      if (result.success) return;
      const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
      throw new ChatError('invalid_request', problems.join('; '));
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

export const errorBody = z
  .object({
    error: z.object({
      code: z.enum(ERROR_CODES),
      message: z.string(),
      retryable: z.boolean(),
      retry_after_ms: z.int().min(0).optional(),
    }),
  })
  .openapi('Error');
