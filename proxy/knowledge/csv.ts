import { CsvError, parse } from 'csv-parse/sync';
import { BlockList, type Extracted, rowText } from './blocks.ts';
import { DocumentError } from './document-error.ts';

const MAX_ROW = 100_000;
const MAX_CELLS = 200;

/** Rows of a table with a header: `Question: …; Answer: …`. */
export function extractCsv(text: string): Extracted {
  const list = new BlockList();
  const [header = [], ...rows] = rowsOf(text);
  if (rows.length === 0) throw new DocumentError('It has no rows below its header.');
  const columns = header.slice(0, MAX_CELLS).map((cell) => cell.trim());
  for (const row of rows) {
    list.add({
      kind: 'row',
      text: rowText(
        columns,
        row.slice(0, MAX_CELLS).map((cell) => cell.trim()),
      ),
    });
  }
  return { blocks: list.blocks };
}

function rowsOf(text: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: MAX_ROW,
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const why =
      cause.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'a quote is never closed'
        : `one of its rows is longer than ${MAX_ROW} characters; is a quote missing?`;
    throw new DocumentError(`It can't be read: ${why}`, { cause });
  }
}

/** What there is most of in its first line. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 10_000).split(/\r|\n/, 1)[0]!;
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: head.split(sign).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}
