import { pipeline, Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { SourceError } from './source-error.ts';

/** Longest row, in characters; a wrong quote would otherwise make one row of the whole file. */
const MAX_ROW = 1_000_000;
const MAX_COLUMNS = 1_000;

export interface CsvRow {
  /** Where the row begins; the header is line 1. */
  line: number;
  /** By the header's name, in the given spelling; columns of one name are listed in their order. Empty cells are left out. */
  cells: ReadonlyMap<string, readonly string[]>;
  /** Why the row can't be used; its cells are then empty. */
  broken?: string;
}

export interface CsvOptions {
  /** For the owner: which file it is. */
  name: string;
  delimiter?: ',' | '\t' | ';';
  /** What to call a column: `Image Src` → `image src`. */
  column?: (header: string) => string;
  /** Called with the header before the first row, to refuse a file of another kind. */
  onHeader?: (columns: ReadonlySet<string>) => void;
}

/**
 * Rows of a CSV or TSV with a header row; quotes, line breaks in cells and blank lines as spreadsheets write them.
 * @throws SourceError when a quote is never closed, or the header makes no sense
 */
export async function* csvRows(text: AsyncIterable<string>, options: CsvOptions): AsyncGenerator<CsvRow> {
  const { name, delimiter = ',', column = (header) => header, onHeader } = options;
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    // An inch sign in a cell without quotes is no error.
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW,
  });
  let columns: string[] | undefined;
  let read = { lines: 0, blank: 0 };
  try {
    // pipeline() carries an error of either end to the loop, and ends the reading when the loop is left.
    const records = pipeline(Readable.from(text), parser, () => {}) as AsyncIterable<{ record: string[]; info: Info }>;
    for await (const { record, info } of records) {
      const line = read.lines + 1 + (info.empty_lines - read.blank);
      read = { lines: info.lines, blank: info.empty_lines };
      if (columns === undefined) {
        columns = record.slice(0, MAX_COLUMNS).map((header) => column(header.trim()));
        onHeader?.(new Set(columns));
      } else {
        yield rowOf(line, record, columns);
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new SourceError(`${name} breaks off after line ${read.lines}: ${wordingOf(error)}.`, { cause: error });
  }
  if (columns === undefined) throw new SourceError(`${name} is empty.`);
}

function rowOf(line: number, record: readonly string[], columns: readonly string[]): CsvRow {
  const cells = new Map<string, string[]>();
  // More cells than columns: an unquoted comma has shifted them, so none can be trusted. Empty ones do no harm.
  if (record.slice(columns.length).some((cell) => cell.trim() !== '')) {
    return { line, cells, broken: `it has ${record.length} cells, but the header has ${columns.length}` };
  }
  for (const [index, column] of columns.entries()) {
    const cell = record[index]?.trim() ?? '';
    if (cell !== '') cells.set(column, [...(cells.get(column) ?? []), cell]);
  }
  return { line, cells };
}

function wordingOf(error: CsvError): string {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote that opens there is never closed';
  if (error.code === 'CSV_MAX_RECORD_SIZE') return `a row is longer than ${MAX_ROW} characters; is a quote missing`;
  return error.code;
}
