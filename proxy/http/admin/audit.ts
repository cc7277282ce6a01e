import { z } from '@hono/zod-openapi';
import type { Desk } from '../../admin/types.ts';
import type { AuditPage } from '../../protocol/admin/index.ts';
import type { Shops } from '../../shops/types.ts';
import { exactly } from '../openapi/exactly.ts';
import { mayShop } from './guard.ts';
import { numberCursor } from './ranges.ts';
import { createRoutes, deskRoute, json, slug, time } from './routes.ts';

const auditPage = exactly<AuditPage>()(
  z
    .object({
      entries: z.array(
        z.object({
          id: z.int(),
          at: time,
          who: z.string(),
          action: z.string(),
          shop: z.string().nullable(),
          subject: z.string().nullable(),
          before: z.unknown(),
          after: z.unknown(),
        }),
      ),
      next_cursor: z.string().nullable(),
    })
    .openapi('AuditPage'),
);

const query = z.object({
  shop: slug.optional(),
  cursor: numberCursor(1e15).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50).openapi({ example: 50 }),
});

const page = deskRoute({
  method: 'get',
  path: '/',
  tags: ['Audit'],
  summary: 'Who changed what',
  description: 'Owners see what concerns their shops, and what they did themselves.',
  request: { query },
  responses: { 200: json(auditPage, 'Newest first.') },
});

export function audit({ desk, shops }: { desk: Desk; shops: Shops }) {
  return createRoutes().openapi(page, async (c) => {
    const { shop, cursor, limit } = c.req.valid('query');
    if (shop !== undefined) mayShop(c, shops, shop);
    const wanted = { limit, ...(shop !== undefined && { shop }), ...(cursor !== undefined && { before: cursor }) };
    const { entries, next } = await desk.audit.page(c.var.admin, wanted);
    const listed = entries.map(({ at, ...entry }) => ({ ...entry, at: new Date(at).toISOString() }));
    return c.json({ entries: listed, next_cursor: next === null ? null : String(next) }, 200);
  });
}
