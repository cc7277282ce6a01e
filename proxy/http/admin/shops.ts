import { z } from '@hono/zod-openapi';
import type { DeskShops } from '../../protocol/admin/index.ts';
import type { Shops } from '../../shops/types.ts';
import { exactly } from '../openapi/exactly.ts';
import { createRoutes, deskRoute, json } from './routes.ts';

const deskShops = exactly<DeskShops>()(
  z
    .object({ shops: z.array(z.object({ slug: z.string(), name: z.string(), locale: z.string() })) })
    .openapi('DeskShops'),
);

const list = deskRoute({
  method: 'get',
  path: '/',
  tags: ['Shops'],
  summary: 'The shops that you may see',
  responses: { 200: json(deskShops, 'By name.') },
});

export function shops({ shops }: { shops: Shops }) {
  return createRoutes().openapi(list, (c) => {
    const { shops: seen } = c.var.admin;
    const found = shops.all().filter(({ slug }) => seen === '*' || seen.includes(slug));
    const listed = found.map(({ slug, name, locale }) => ({ slug, name, locale }));
    return c.json({ shops: listed.sort((a, b) => a.name.localeCompare(b.name)) }, 200);
  });
}
