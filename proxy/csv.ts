/** A line of a table for spreadsheets, as RFC 4180 has it. Numbers are written as they are, null as an empty cell. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return cells.map((cell) => (typeof cell === 'string' ? quoted(cell) : (cell ?? ''))).join(',');
}

/** Lines of a file that a spreadsheet opens as UTF-8, which it doesn't without the mark at its beginning. */
export function csvFile(lines: readonly string[]): string {
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

/** What a spreadsheet takes for a formula begins with one of these, also after blanks and in their wide forms. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

/**
 * The same inside of a text: spreadsheets of many countries part cells at semicolons, take no notice of quotes but at a cell's
 * beginning, and begin a row at each line. A list's "- " at the beginning of a line is none.
 */
const AFTER_BREAK =
  /([;\t]\s*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])|([\r\n]\s*)(?=[=+@\uFF1D\uFF0B\uFF20]|[-\uFF0D](?! ))/gu;

/** A shopper's or a model's text must not become a formula. */
function quoted(text: string): string {
  const inside = text.replaceAll(AFTER_BREAK, (broken) => `${broken}'`);
  const safe = FORMULA.test(text) ? `'${inside}` : inside;
  return /[",;\t\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
