import { type MerchantFormat, merchantItems } from './merchant-items.ts';
import { type MerchantRow, merchantRow } from './merchant-row.ts';
import { openSource, type SourceInput } from './open-source.ts';
import { ItemError, MAX_VARIANTS, productOf } from './product-draft.ts';
import { type Item, placeOf, readItems } from './reading.ts';
import { Spill } from './spill.ts';
import type { CatalogProduct, CatalogSource, ReadOptions } from './types.ts';
import type { WebRequest } from './web.ts';

export type GoogleMerchantOptions = SourceInput & {
  request?: WebRequest;
  /** Told from the feed's beginning when left out. */
  format?: MerchantFormat;
  /** Encoding of a file that doesn't say it, e.g. "windows-1255". */
  encoding?: string;
  /** BCP 47 language of the texts. */
  lang?: string;
  /** The clock of sales that begin and end. */
  now?: () => Date;
};

/**
 * A feed for Google Merchant Center: RSS 2.0, Atom, TSV or CSV. Items of one `item_group_id` become one product with
 * variants; they need not stand together, so they are put aside and come after all others.
 */
export function createGoogleMerchantSource(options: GoogleMerchantOptions): CatalogSource {
  const { request, encoding } = options;
  return {
    name: 'google-merchant',
    async *products(read: ReadOptions) {
      read.signal.throwIfAborted();
      const source = await openSource(options, { request, encoding, signal: read.signal });
      const groups = new Spill<MerchantRow>();
      try {
        const items = merchantItems(source, options.format);
        yield* readItems(productsOf(items, groups, { ...options, onSkip: read.onSkip }), read);
      } finally {
        await groups.close();
        await source.close();
      }
    },
  };
}

async function* productsOf(
  items: ReturnType<typeof merchantItems>,
  groups: Spill<MerchantRow>,
  { now = () => new Date(), lang, onSkip }: Pick<GoogleMerchantOptions, 'now' | 'lang'> & Pick<ReadOptions, 'onSkip'>,
): AsyncGenerator<Item> {
  const today = now();
  for await (const item of items) {
    const where = placeOf(item.line, item.fields.get('id')?.[0]);
    try {
      if (item.broken !== undefined) throw new ItemError(item.broken);
      const row = merchantRow(item, today);
      if (row.group === undefined) yield { where, read: () => simple(row, lang) };
      else await groups.add(row.group, row);
    } catch (error) {
      if (!(error instanceof ItemError)) throw error;
      onSkip({ item: where, reason: error.message });
    }
  }
  for (const group of groups.keys()) {
    const rows = await groups.rows(group, MAX_VARIANTS);
    const where = `${placeOf(rows[0]!.line)} (item_group_id ${group.slice(0, 60)})`;
    const left = groups.count(group) - rows.length;
    if (left > 0) onSkip({ item: where, reason: `${left} of its variants, for it has more than ${MAX_VARIANTS}` });
    yield { where, read: () => grouped(group, rows, lang) };
  }
}

function simple({ variant, images, ...row }: MerchantRow, lang: string | undefined): CatalogProduct {
  const { url: _, image: __, ...only } = variant;
  return productOf({
    ...row,
    externalId: variant.id,
    tags: [],
    images: images.map((url) => ({ url })),
    variants: [{ ...only, title: '' }],
    lang,
  });
}

function grouped(group: string, rows: readonly MerchantRow[], lang: string | undefined): CatalogProduct {
  const first = rows[0]!;
  const options = differing(rows);
  return productOf({
    externalId: group,
    title: commonTitle(rows.map(({ title }) => title)),
    url: first.url,
    description: first.description,
    brand: first.brand,
    categories: rows.flatMap(({ categories }) => categories),
    tags: [],
    images: rows.flatMap(({ images }) => images).map((url) => ({ url })),
    variants: rows.map(({ variant, title }) => {
      const own = variant.options.filter(({ name }) => options.has(name));
      return { ...variant, options: own, ...(own.length === 0 && { title }) };
    }),
    lang,
  });
}

/** Options that tell the variants apart; all of them when none does. */
function differing(rows: readonly MerchantRow[]): ReadonlySet<string> {
  const values = new Map<string, Set<string>>();
  for (const { variant } of rows) {
    for (const { name, value } of variant.options) values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  const telling = [...values].filter(([, set]) => set.size > 1).map(([name]) => name);
  return new Set(telling.length > 0 ? telling : values.keys());
}

/** "Shirt, blue, S" and "Shirt, black, M" → "Shirt": what the titles begin with, in whole words. */
function commonTitle(titles: readonly string[]): string {
  const [first = '', ...others] = titles;
  let length = first.length;
  for (const title of others) while (!title.startsWith(first.slice(0, length))) length--;
  const whole = others.every((title) => title.length === length || /[\s,(/|–-]/.test(title.charAt(length)));
  const start = first.slice(0, length);
  const common = (whole && /^$|[\s,(/|–-]/.test(first.charAt(length)) ? start : start.replace(/[^\s]*$/, '')).replace(
    /[\s,(/|:–-]+$/,
    '',
  );
  return common.length >= 3 ? common : first;
}
