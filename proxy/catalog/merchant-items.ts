import { csvRows } from './csv-rows.ts';
import type { MerchantItem } from './merchant-row.ts';
import type { OpenedSource } from './open-source.ts';
import { SourceError } from './source-error.ts';
import { xmlItems } from './xml-items.ts';

export type MerchantFormat = 'xml' | 'tsv' | 'csv';

/** Text in which a feed must have shown what it is. */
const HEAD = 64 * 1024;

/** The items of a feed in any of Google's formats; which one, its beginning tells. */
export async function* merchantItems(
  source: OpenedSource,
  format?: MerchantFormat,
): AsyncGenerator<MerchantItem & { broken?: string }> {
  const text = source.text();
  try {
    const head = await beginning(text);
    const all = joined(head, text);
    const kind = format ?? formatOf(head);
    if (kind === 'xml') {
      yield* xmlItems(all, source.name);
      return;
    }
    const rows = csvRows(all, {
      name: source.name,
      delimiter: kind === 'tsv' ? '\t' : ',',
      column: columnOf,
      onHeader: (columns) => {
        const missing = ['id', 'title', 'link', 'price'].filter((name) => !columns.has(name));
        if (missing.length === 0) return;
        throw new SourceError(
          `${source.name} is no product feed: its first line has no column "${missing.join('", "')}".`,
        );
      },
    });
    for await (const { line, cells, broken } of rows)
      yield { line, fields: cells, ...(broken !== undefined && { broken }) };
  } finally {
    await text.return(undefined);
  }
}

/** "g:Sale Price" → "sale_price" */
function columnOf(header: string): string {
  return header
    .toLowerCase()
    .replace(/^g:/, '')
    .replace(/[\s-]+/g, '_');
}

function formatOf(head: string): MerchantFormat {
  if (head.trimStart().startsWith('<')) return 'xml';
  return /^[^\n]*\t/.test(head.trimStart()) ? 'tsv' : 'csv';
}

/** Up to the first line that isn't blank. */
async function beginning(text: AsyncIterator<string>): Promise<string> {
  let head = '';
  while (head.length < HEAD && !/\S.*\n/.test(head)) {
    const { done, value } = await text.next();
    if (done === true) break;
    head += value;
  }
  return head;
}

async function* joined(head: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield head;
  yield* rest;
}
