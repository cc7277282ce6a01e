/** What catalogues, monitors and whoever runs the proxy ask: no shopper's browser, and no token of a visitor. */
import { z, type RouteConfig } from '@hono/zod-openapi';
import { body, json } from '../admin/routes.ts';
import { syncRequest } from '../schemas.ts';
import { syncResponse } from './answers.ts';

const ADMIN: NonNullable<RouteConfig['security']> = [{ adminToken: [] }];

const owners: RouteConfig[] = [
  {
    method: 'post',
    path: '/api/sync',
    tags: ['Catalogue'],
    security: ADMIN,
    summary: 'Read a shop’s catalogue now; answers when it is read',
    request: { body: body(syncRequest, { shop: 'pets' }) },
    responses: { 200: json(syncResponse, 'What has changed.') },
  },
  {
    method: 'post',
    path: '/api/webhooks/woocommerce/{shop}',
    tags: ['Catalogue'],
    security: [],
    summary: 'What WooCommerce sends by itself, signed with the shop’s secret',
    request: {
      params: z.object({ shop: z.string().openapi({ param: { name: 'shop', in: 'path' }, example: 'pets' }) }),
    },
    responses: { 200: json(z.object({ accepted: z.literal(true) }), 'Read again soon.') },
  },
  {
    method: 'get',
    path: '/metrics',
    tags: ['Operation'],
    security: ADMIN,
    summary: 'Figures for Prometheus',
    responses: { 200: { description: 'Text.', content: { 'text/plain': { schema: z.string() } } } },
  },
];

const circuit = z.object({
  model: z.string(),
  state: z.enum(['closed', 'open', 'half-open']),
  since: z.string(),
  last_error: z.string().nullable(),
});
const health = z
  .object({
    status: z.enum(['ok', 'degraded', 'draining', 'down']),
    environment: z.string(),
    version: z.string(),
    missing_vars: z.array(z.string()),
    checks: z.object({
      storage: z.object({ status: z.enum(['ok', 'down']) }),
      catalogue: z.object({
        status: z.enum(['ok', 'empty', 'stale', 'failed']),
        products: z.int(),
        synced_at: z.string().nullable(),
      }),
      documents: z.object({ status: z.enum(['ok', 'failed']), documents: z.int(), failed: z.int() }),
      disk: z.object({ status: z.enum(['ok', 'low', 'unknown']) }),
      model: z.object({
        status: z.enum(['degraded', 'demo', 'configured']),
        circuits: z.array(circuit),
        warnings: z.array(z.record(z.string(), z.unknown())),
      }),
      shops: z.object({ status: z.enum(['ok', 'outdated']), shops: z.int(), outdated: z.array(z.string()) }),
    }),
    active_turns: z.int(),
  })
  .openapi('Health');

const alive = z.object({ status: z.literal('ok') }).openapi('Alive');
const notReady = z
  .object({ status: z.literal('not_ready'), reason: z.enum(['draining', 'storage', 'catalogue']) })
  .openapi('NotReady');

const operation: RouteConfig[] = [
  {
    method: 'get',
    path: '/api/health',
    tags: ['Operation'],
    security: [],
    summary: 'Whether shoppers can be served',
    responses: { 200: json(health, 'They can.'), 503: json(health, 'They can’t.') },
  },
  {
    method: 'get',
    path: '/api/health/live',
    tags: ['Operation'],
    security: [],
    summary: 'Whether the process answers',
    responses: { 200: json(alive, 'It does.') },
  },
  {
    method: 'get',
    path: '/api/health/ready',
    tags: ['Operation'],
    security: [],
    summary: 'Whether shoppers may be sent here now',
    responses: { 200: json(alive, 'They may.'), 503: json(notReady, 'Not yet, or no longer.') },
  },
  {
    method: 'get',
    path: '/api/health/stream',
    tags: ['Operation'],
    security: [],
    summary: 'Half a second of events that say when they were sent, to see whether streams are held back on the way',
    responses: {
      200: {
        description: 'Six of `{n, at}`, `at` in milliseconds since 1970.',
        content: { 'text/event-stream': { schema: z.string() } },
      },
    },
  },
];

export const operationRoutes: readonly RouteConfig[] = [...owners, ...operation];
