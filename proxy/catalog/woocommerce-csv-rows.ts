import { csvRows } from './csv-rows.ts';
import type { OpenedSource } from './open-source.ts';
import { placeOf } from './reading.ts';
import { SourceError } from './source-error.ts';
import type { ReadOptions } from './types.ts';
import type { ExportRow } from './woocommerce-csv-product.ts';

/**
 * The export's rows; those without an ID, or shifted, are left out.
 * @throws SourceError when it is another file
 */
export async function* rowsOf(source: OpenedSource, onSkip: ReadOptions['onSkip']): AsyncGenerator<ExportRow> {
  const rows = csvRows(source.text(), {
    name: source.name,
    column: (header) => header.toLowerCase().replace(/\s+/g, ' '),
    onHeader: (columns) => {
      const missing = ['id', 'type', 'name', 'published', 'regular price'].filter((name) => !columns.has(name));
      if (missing.length === 0) return;
      throw new SourceError(
        `${source.name} is no export of WooCommerce's products in English: it has no column "${missing.join('", "')}".`,
      );
    },
  });
  for await (const { line, cells, broken } of rows) {
    const row = { line, cells: Object.fromEntries([...cells].map(([name, [value]]) => [name, unescaped(value)])) };
    if (broken === undefined && row.cells['id'] !== undefined) yield row;
    else onSkip({ item: whereIs(row), reason: broken ?? 'it has no ID' });
  }
}

/** The export puts a quote before what a spreadsheet would take for a formula. */
function unescaped(cell: string | undefined): string | undefined {
  return cell?.replace(/^'(?=[=+\-@])/, '');
}

/** "simple, downloadable, virtual" → "simple" */
export function typeOf({ cells }: ExportRow): string {
  const types = (cells['type'] ?? '')
    .toLowerCase()
    .split(',')
    .map((type) => type.trim());
  return ['variation', 'variable', 'grouped', 'external'].find((type) => types.includes(type)) ?? 'simple';
}

/** 1 is published; 0 is private, -1 a draft. */
export function isOn({ cells }: ExportRow): boolean {
  return cells['published'] === '1';
}

export function isPublished(row: ExportRow): boolean {
  return isOn(row) && row.cells['visibility in catalog']?.toLowerCase() !== 'hidden';
}

export function whereIs({ line, cells }: ExportRow): string {
  return placeOf(line, [cells['id'], cells['sku']].filter(Boolean).join(', '));
}
