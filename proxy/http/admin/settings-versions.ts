import { z } from '@hono/zod-openapi';
import { differences } from '../../admin/differences.ts';
import { ChatError } from '../../errors.ts';
import type { SettingsVersion } from '../../protocol/admin/index.ts';
import type { DeskChanges, Shops } from '../../shops/types.ts';
import type { PublishedSettings, Storage } from '../../storage/types.ts';
import { mayShop } from './guard.ts';
import { iso } from './ranges.ts';
import { numberCursor } from './ranges.ts';
import { createRoutes, deskRoute, json, ofShop } from './routes.ts';
import { settingsVersions, settingsVersionWhole } from './settings-schema.ts';

const tags = ['Settings'];

const list = deskRoute({
  method: 'get',
  path: '/',
  tags,
  summary: 'What was published',
  request: {
    query: ofShop.extend({
      cursor: numberCursor(1e9).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20).openapi({ example: 20 }),
    }),
  },
  responses: { 200: json(settingsVersions, 'Newest first.') },
});

const one = deskRoute({
  method: 'get',
  path: '/{version}',
  tags,
  summary: 'A version, and what going back to it would change',
  request: {
    query: ofShop,
    params: z.object({
      version: z.coerce
        .number()
        .int()
        .min(1)
        .max(1e9)
        .openapi({ param: { name: 'version', in: 'path' }, type: 'integer', example: 1 }),
    }),
  },
  responses: { 200: json(settingsVersionWhole, 'With all that it says.') },
});

/** What was published of a shop's settings, to look at and to go back to. */
export function settingsHistory({ shops, storage }: { shops: Shops; storage: Storage }) {
  return createRoutes()
    .openapi(list, async (c) => {
      const { shop, cursor, limit } = c.req.valid('query');
      mayShop(c, shops, shop);
      const query = { limit: limit + 1, ...(cursor !== undefined && { before: cursor }) };
      const found = await storage.settingsVersions(shop, query);
      const listed = found.slice(0, limit);
      const versions = listed.map((version, index) => versionToWire(version, found[index + 1]?.changes ?? {}));
      const next = found.length > limit ? String(listed.at(-1)!.version) : null;
      return c.json({ versions, next_cursor: next }, 200);
    })
    .openapi(one, async (c) => {
      const { shop } = c.req.valid('query');
      mayShop(c, shops, shop);
      const version = await storage.published(shop, c.req.valid('param').version);
      if (!version) throw new ChatError('not_found', 'There is no such version, or it is kept no longer.');
      const now = (await storage.published(shop))?.changes ?? {};
      const whole = versionToWire(version, await changesBefore(storage, shop, version.version));
      return c.json({ ...whole, changes: version.changes, against_now: differences(now, version.changes) }, 200);
    });
}

/** What version `version` was published over. */
export async function changesBefore(storage: Storage, shop: string, version: number): Promise<DeskChanges> {
  return (version > 1 ? await storage.published(shop, version - 1) : undefined)?.changes ?? {};
}

export function versionToWire(settings: PublishedSettings, before: DeskChanges): SettingsVersion {
  const { version, at, who, note, undoOf, changes } = settings;
  return { version, at: iso(at), by: who, note, undo_of: undoOf, diff: differences(before, changes) };
}
