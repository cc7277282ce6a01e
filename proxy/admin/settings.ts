import { isDeepStrictEqual } from 'node:util';
import type { DeskChanges, DeskField, DeskProblem, Shop, ShopBench } from '../shops/types.ts';
import type { DraftSettings, PublishedSettings, ShopSettingsStorage } from '../storage/types.ts';
import { differences } from './differences.ts';
import type { Audit, DeskUser } from './types.ts';

export interface SettingsOptions {
  storage: ShopSettingsStorage;
  /** What stands in a shop's file; undefined for one that has none. */
  benchOf: (slug: string) => ShopBench | undefined;
  /** Serves a shop with these changes from now on. */
  serve: (slug: string, changes: DeskChanges) => Promise<void>;
  audit: Audit;
  createId: () => string;
  now: () => number;
}

export interface SettingsNow {
  bench: ShopBench;
  published: PublishedSettings | undefined;
  draft: DraftSettings | undefined;
  fields: DeskField[];
  problems: DeskProblem[];
}

export type Published =
  | { outcome: 'published'; version: PublishedSettings; before: DeskChanges }
  | { outcome: 'refused'; problems: DeskProblem[] }
  /** Another version or draft is there by now. */
  | { outcome: 'outdated'; version: number; revision: number | null };

export interface PublishOrder {
  /** Of the draft. */
  revision: number;
  /** The version that is served, as they know it. */
  over: number;
  note: string;
}

/** A shop's settings at the desk. All but `draftShop`: undefined where the shop's settings stand nowhere that could be changed. */
export interface Settings {
  look(slug: string): Promise<SettingsNow | undefined>;
  keep(
    user: DeskUser,
    slug: string,
    changes: DeskChanges,
  ): Promise<{ draft: DraftSettings; shop: Shop } | { problems: DeskProblem[] } | undefined>;
  /** @returns false when there is none */
  discard(user: DeskUser, slug: string): Promise<boolean>;
  publish(user: DeskUser, slug: string, order: PublishOrder): Promise<Published | undefined>;
  /** Version 0 is the file alone; undefined also when there is no such version. */
  undo(user: DeskUser, slug: string, order: { version: number; over: number }): Promise<Published | undefined>;
  /** The shop as the draft has it, one and the same while the draft stays; with `id`, of that draft only. */
  draftShop(slug: string, id?: string): Promise<{ shop: Shop; id: string } | undefined>;
}

export function createSettings(options: SettingsOptions): Settings {
  const { storage, benchOf, serve, audit, createId, now } = options;
  const drafts = new Map<string, { bench: ShopBench; revision: number; shop: Shop | undefined }>();

  /** Owners can't touch what is the operator's: it stays as it was published. */
  function allowed(user: DeskUser, bench: ShopBench, changes: DeskChanges, published: DeskChanges) {
    if (user.kind === 'operator') return { changes, problems: [] };
    const result: Record<string, unknown> = { ...changes };
    const problems: DeskProblem[] = [];
    for (const { field, editable, value } of bench.fields(published)) {
      if (editable) continue;
      if (field in changes && !isDeepStrictEqual(changes[field], published[field] ?? value)) {
        problems.push({ field, message: 'is for the operator to change' });
      }
      delete result[field];
      if (field in published) result[field] = published[field];
    }
    return { changes: result, problems };
  }

  /** Publishes what was found good, and serves it. */
  async function bring(
    user: DeskUser,
    bench: ShopBench,
    changes: DeskChanges,
    about: { note: string; undoOf: number | null; over: number; revision?: number },
  ): Promise<Published> {
    const { slug } = bench;
    const { shop, problems } = await bench.check(changes);
    if (!shop) return { outcome: 'refused', problems };
    const before = await storage.published(slug);
    const file = Object.fromEntries(
      bench.fields({}).flatMap(({ field, file }) => (field in changes && file !== undefined ? [[field, file]] : [])),
    );
    const { over, revision, note, undoOf } = about;
    const version = await storage.publishSettings(
      slug,
      { at: now(), who: user.who, note, undoOf, changes: { ...changes }, file },
      { over, ...(revision !== undefined && { revision }) },
    );
    if (!version) {
      const [newest, draft] = [await storage.published(slug), await storage.draft(slug)];
      return { outcome: 'outdated', version: newest?.version ?? 0, revision: draft?.revision ?? null };
    }
    await serve(slug, changes);
    const diff = differences(before?.changes ?? {}, changes);
    const side = (which: 'before' | 'after') =>
      Object.fromEntries(diff.flatMap((one) => (one[which] === undefined ? [] : [[one.field, one[which]]])));
    await audit.note(user.who, {
      action: undoOf === null ? 'settings.published' : 'settings.undone',
      shop: slug,
      subject: `version ${version.version}`,
      before: side('before'),
      after: side('after'),
    });
    return { outcome: 'published', version, before: before?.changes ?? {} };
  }

  return {
    async look(slug) {
      const bench = benchOf(slug);
      if (!bench) return undefined;
      const [published, draft] = [await storage.published(slug), await storage.draft(slug)];
      const changes = published?.changes ?? {};
      const { problems } = await bench.apply(changes);
      const isServed = (field: string) => !problems.some((problem) => problem.field.startsWith(field));
      const served = Object.fromEntries(Object.entries(changes).filter(([field]) => isServed(field)));
      return { bench, published, draft, fields: bench.fields(served), problems };
    },
    async keep(user, slug, wanted) {
      const bench = benchOf(slug);
      if (!bench) return undefined;
      const published = await storage.published(slug);
      const { changes, problems: forbidden } = allowed(user, bench, wanted, published?.changes ?? {});
      const { shop, problems } = await bench.check(changes);
      if (!shop || forbidden.length > 0) return { problems: [...forbidden, ...problems] };
      const given = { id: createId(), basedOn: published?.version ?? 0, changes: { ...changes } };
      const draft = await storage.keepDraft(slug, { ...given, who: user.who, at: now() });
      drafts.set(slug, { bench, revision: draft.revision, shop });
      return { draft, shop };
    },
    async discard(user, slug) {
      drafts.delete(slug);
      const dropped = await storage.dropDraft(slug);
      if (dropped) await audit.note(user.who, { action: 'settings.discarded', shop: slug });
      return dropped;
    },
    async publish(user, slug, { revision, over, note }) {
      const bench = benchOf(slug);
      if (!bench) return undefined;
      const [published, draft] = [await storage.published(slug), await storage.draft(slug)];
      const version = published?.version ?? 0;
      if (draft?.revision !== revision || version !== over) {
        return { outcome: 'outdated', version, revision: draft?.revision ?? null };
      }
      // Another may have written the draft, and may do more than this one.
      const { changes, problems } = allowed(user, bench, draft.changes, published?.changes ?? {});
      if (problems.length > 0) return { outcome: 'refused', problems };
      return bring(user, bench, changes, { note, undoOf: null, over, revision });
    },
    async undo(user, slug, { version, over }) {
      const bench = benchOf(slug);
      const wanted = version === 0 ? { changes: {} } : await storage.published(slug, version);
      if (!bench || !wanted) return undefined;
      const published = await storage.published(slug);
      const before = published?.changes ?? {};
      // What is the operator's stays, whoever undoes: an owner's undo must not bring an old origin back.
      const { changes } = allowed(user, bench, withoutForeign(bench, wanted.changes, user), before);
      return bring(user, bench, changes, { note: '', undoOf: version, over });
    },
    async draftShop(slug, id) {
      const bench = benchOf(slug);
      const draft = bench && (await storage.draft(slug));
      if (!bench || !draft || (id !== undefined && draft.id !== id)) return undefined;
      let kept = drafts.get(slug);
      if (kept?.revision !== draft.revision || kept.bench !== bench) {
        // The file may have changed under it.
        const { shop } = await bench.check(draft.changes);
        drafts.set(slug, (kept = { bench, revision: draft.revision, shop }));
      }
      return kept.shop && { shop: kept.shop, id: draft.id };
    },
  };
}

function withoutForeign(bench: ShopBench, changes: DeskChanges, user: DeskUser): DeskChanges {
  if (user.kind === 'operator') return changes;
  const foreign = new Set(bench.fields({}).flatMap(({ field, editable }) => (editable ? [] : [field])));
  return Object.fromEntries(Object.entries(changes).filter(([field]) => !foreign.has(field)));
}
