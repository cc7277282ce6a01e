import type { Database } from 'better-sqlite3';
import type { DraftSettings, PublishedSettings, ShopSettingsStorage } from './types.ts';

/** Versions of a shop that are kept: a hundred kilobytes each at the most. */
const MAX_VERSIONS = 500;

interface VersionRow {
  shop: string;
  version: number;
  at: number;
  who: string;
  note: string;
  undo_of: number | null;
  changes: string;
  file: string;
}

interface DraftRow {
  id: string;
  revision: number;
  based_on: number;
  changes: string | null;
  who: string;
  at: number;
}

export function createShopSettings(db: Database): ShopSettingsStorage {
  const newestOfAll = db.prepare<[], VersionRow>(
    `SELECT * FROM shop_settings
     WHERE (shop, version) IN (SELECT shop, max(version) FROM shop_settings GROUP BY shop)`,
  );
  const newest = db.prepare<[string], VersionRow>(
    'SELECT * FROM shop_settings WHERE shop = ? ORDER BY version DESC LIMIT 1',
  );
  const one = db.prepare<[string, number], VersionRow>('SELECT * FROM shop_settings WHERE shop = ? AND version = ?');
  const before = db.prepare<[string, number, number], VersionRow>(
    'SELECT * FROM shop_settings WHERE shop = ? AND version < ? ORDER BY version DESC LIMIT ?',
  );
  const insert = db.prepare<VersionRow>(
    `INSERT INTO shop_settings (shop, version, at, who, note, undo_of, changes, file)
     VALUES (@shop, @version, @at, @who, @note, @undo_of, @changes, @file)`,
  );
  const forget = db.prepare<[string, number]>('DELETE FROM shop_settings WHERE shop = ? AND version <= ?');
  const draftOf = db.prepare<[string], DraftRow>('SELECT * FROM shop_drafts WHERE shop = ?');
  const write = db.prepare<DraftRow & { shop: string }>(
    `INSERT INTO shop_drafts (shop, id, revision, based_on, changes, who, at)
     VALUES (@shop, @id, @revision, @based_on, @changes, @who, @at)
     ON CONFLICT (shop) DO UPDATE SET id = @id, revision = @revision, based_on = @based_on, changes = @changes,
       who = @who, at = @at`,
  );
  const drop = db.prepare<[string]>('UPDATE shop_drafts SET changes = NULL WHERE shop = ? AND changes IS NOT NULL');

  const publish = db.transaction(
    (
      shop: string,
      settings: Omit<PublishedSettings, 'version'>,
      { over, revision }: { over: number; revision?: number },
    ): PublishedSettings | undefined => {
      const last = newest.get(shop)?.version ?? 0;
      if (last !== over) return undefined;
      if (revision !== undefined) {
        const draft = draftOf.get(shop);
        if (!draft || draft.changes === null || draft.revision !== revision) return undefined;
        drop.run(shop);
      }
      const { undoOf, changes, file, ...rest } = settings;
      const version = last + 1;
      const written = { changes: JSON.stringify(changes), file: JSON.stringify(file) };
      insert.run({ ...rest, shop, version, undo_of: undoOf, ...written });
      forget.run(shop, version - MAX_VERSIONS);
      return { ...settings, version };
    },
  );

  const keep = db.transaction((shop: string, given: Omit<DraftSettings, 'revision'>): DraftSettings => {
    const last = draftOf.get(shop);
    const goesOn = last !== undefined && last.changes !== null;
    const revision = (last?.revision ?? 0) + 1;
    const draft = { ...given, revision, ...(goesOn && { id: last.id, basedOn: last.based_on }) };
    const { basedOn, changes, ...rest } = draft;
    write.run({ ...rest, shop, based_on: basedOn, changes: JSON.stringify(changes) });
    return draft;
  });

  return {
    async allPublished() {
      return new Map(newestOfAll.all().map((row) => [row.shop, versionOf(row)]));
    },
    async published(shop, version) {
      const row = version === undefined ? newest.get(shop) : one.get(shop, version);
      return row && versionOf(row);
    },
    async settingsVersions(shop, { before: end = Number.MAX_SAFE_INTEGER, limit }) {
      return before.all(shop, end, limit).map(versionOf);
    },
    async publishSettings(shop, settings, conditions) {
      return publish.immediate(shop, settings, conditions);
    },
    async draft(shop) {
      const row = draftOf.get(shop);
      if (!row || row.changes === null) return undefined;
      const { id, revision, based_on: basedOn, who, at } = row;
      return { id, revision, basedOn, changes: parsed(row.changes), who, at };
    },
    async keepDraft(shop, draft) {
      return keep.immediate(shop, draft);
    },
    async dropDraft(shop) {
      return drop.run(shop).changes === 1;
    },
  };
}

function versionOf({ version, at, who, note, undo_of: undoOf, changes, file }: VersionRow): PublishedSettings {
  return { version, at, who, note, undoOf, changes: parsed(changes), file: parsed(file) };
}

function parsed(json: string): Record<string, unknown> {
  return JSON.parse(json) as Record<string, unknown>;
}
