import { SourceError } from './source-error.ts';
import type { Api } from './woocommerce-api.ts';

/** The most that WooCommerce gives at once. */
export const PAGE_SIZE = 100;
/** A million products; a shop that goes on beyond repeats itself. */
const MAX_PAGES = 10_000;

const numbered = (item: unknown): number | undefined => {
  const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
  return Number.isSafeInteger(id) ? (id as number) : undefined;
};

export interface Page {
  /** Items that no earlier page had. */
  items: unknown[];
  /** How many the shop says there are. */
  total: number | undefined;
}

/**
 * A list, page by page. Pages are counted and `Link` is never followed: it repeats the query, and a signature counts
 * once. Items that are deleted meanwhile move the others up, so a shrinking list is read again from a page before, and
 * what comes twice is given once.
 */
export async function* pagesOf(
  api: Api,
  path: string,
  params: Readonly<Record<string, string>>,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  const seen = new Set<number>();
  let before: number | undefined;
  for (let page = 1, asked = 1; asked <= MAX_PAGES; page++, asked++) {
    const query = { ...params, per_page: String(PAGE_SIZE), page: String(page), orderby: 'id', order: 'asc' };
    const answer = await api.get(path, query, signal);
    const list = answer?.json;
    if (!answer || !Array.isArray(list))
      throw new SourceError(`The shop answered ${path} with something that is no list.`);
    const { total, totalPages } = answer;
    const items = list.filter((item: unknown) => {
      const id = numbered(item);
      if (id === undefined) return true;
      return !seen.has(id) && seen.add(id);
    });
    yield { items, total };
    if (total !== undefined && before !== undefined && total < before) {
      page = Math.max(page - Math.ceil((before - total) / PAGE_SIZE) - 1, 0);
      before = total;
      continue;
    }
    before = total;
    // Without the header (some caches drop it) the list ends where nothing new comes.
    if (totalPages === undefined ? items.length === 0 : page >= totalPages || list.length === 0) return;
  }
  throw new SourceError(`The shop's list ${path} does not end after ${MAX_PAGES} pages.`);
}
