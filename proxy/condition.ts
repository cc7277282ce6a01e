import { stat, statfs } from 'node:fs/promises';
import type { Shops, Shop } from './shops/types.ts';
import type { Storage } from './storage/types.ts';
import type { KnowledgeDocument } from './knowledge/types.ts';

export interface CatalogueCondition {
  shop: string;
  products: number;
  /** ms since 1970; null before the first sync. */
  syncedAt: number | null;
  /** `stale`: three syncs should have come since the last one. */
  status: 'ok' | 'empty' | 'stale' | 'failed';
}

export interface DiskCondition {
  freeBytes: number;
  totalBytes: number;
  /** With its write-ahead log. */
  databaseBytes: number;
  /** `low`: less than a gigabyte, or a twentieth of a small disk. */
  status: 'ok' | 'low';
}

export interface Conditions {
  catalogues: readonly CatalogueCondition[];
  documents: readonly { shop: string; counts: Record<KnowledgeDocument['status'], number> }[];
  /** Null where the system doesn't say. */
  disk: DiskCondition | null;
}

/** How what the proxy serves from is doing. */
export interface Condition {
  /** At most a few seconds old. @throws when the database can't be read */
  look(): Promise<Conditions>;
}

export interface ConditionDeps {
  storage: Pick<Storage, 'catalogState' | 'documents'>;
  shops: Pick<Shops, 'all'>;
  /** The database. */
  file: string;
  now: () => number;
  diskOf?: (file: string) => Promise<DiskCondition | null>;
}

/** For so long it is not looked at again, however many ask: each shop costs a few reads on the thread that streams. */
const GOOD_FOR_MS = 2_000;
const DEFAULT_MINUTES = 60;
const MISSED_SYNCS = 3;
const LOW_BYTES = 2 ** 30;
const LOW_SHARE = 0.05;

export function createCondition({ storage, shops, file, now, diskOf = lookAtDisk }: ConditionDeps): Condition {
  let last: { at: number; conditions: Promise<Conditions> } | undefined;

  async function lookAt(): Promise<Conditions> {
    const catalogues: CatalogueCondition[] = [];
    const documents: Conditions['documents'][number][] = [];
    for (const shop of shops.all()) {
      catalogues.push(await catalogueOf(shop));
      const counts = { waiting: 0, ready: 0, failed: 0 };
      for (const { status } of await storage.documents(shop.slug)) counts[status]++;
      documents.push({ shop: shop.slug, counts });
      // Streams go before it.
      await new Promise(setImmediate);
    }
    return { catalogues, documents, disk: await diskOf(file) };
  }

  async function catalogueOf({ slug, catalog }: Shop): Promise<CatalogueCondition> {
    const state = await storage.catalogState(slug);
    const { products = 0, syncedAt = null } = state ?? {};
    const everyMinutes = catalog.everyMinutes ?? ('file' in catalog ? 0 : DEFAULT_MINUTES);
    const isLate = everyMinutes > 0 && syncedAt !== null && now() - syncedAt > MISSED_SYNCS * everyMinutes * 60_000;
    const status = state?.error ? 'failed' : isLate ? 'stale' : products === 0 ? 'empty' : 'ok';
    return { shop: slug, products, syncedAt, status };
  }

  return {
    look() {
      if (!last || now() - last.at >= GOOD_FOR_MS) {
        const conditions = lookAt();
        last = { at: now(), conditions };
        // What failed is not kept: the next one looks again.
        conditions.catch(() => (last = undefined));
      }
      return last.conditions;
    },
  };
}

async function lookAtDisk(file: string): Promise<DiskCondition | null> {
  try {
    const [disk, database, log] = await Promise.all([statfs(file), stat(file), sizeOf(`${file}-wal`)]);
    const freeBytes = disk.bavail * disk.bsize;
    const totalBytes = disk.blocks * disk.bsize;
    const isLow = freeBytes < Math.min(LOW_BYTES, totalBytes * LOW_SHARE);
    return { freeBytes, totalBytes, databaseBytes: database.size + log, status: isLow ? 'low' : 'ok' };
  } catch {
    // Not every file system tells; the database itself says so when it can't be written.
    return null;
  }
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
