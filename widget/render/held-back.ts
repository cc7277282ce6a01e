/**
 * A line that so far is only the beginning of something, inside quotes and items too: `-` would flash as a heading's
 * underline, `|--` as text, `***` as a rule, `[x` as a box that isn't whole.
 */
const BARE_MARKER =
  /^(?:[ \t>]|[-*+] |\d{1,9}[.)] )*(?:[-|: ]+|=+|[*_]+|\+|#{1,6}|`{1,2}|~{1,2}|\d{1,9}[.)]?|\[[ xX]?\]?)?[ \t]*$/;
/** Perhaps the beginning of the line that ends a code block. */
const HALF_FENCE = /^[ \t>]*(?:`+|~+)$/;
/** No marker is longer, and the pattern takes its time with long lines of dashes. */
const LONGEST = 99;
/** Row after text that is none: perhaps the head of a table whose second line isn't there yet. */
const HALF_TABLE = /(?<!(?:^|\n)\|[^\n]*)(?:^|\n)\|[^\n]*$/;

/** Whether the last line of a growing text is better not shown yet. */
export function isHeldBack(line: string, inCode: boolean): boolean {
  return line.length < LONGEST && (inCode ? HALF_FENCE : BARE_MARKER).test(line);
}

/** A growing paragraph without what may become a table: as text it would be a row of bars. */
export function withoutHalfTable(text: string): string {
  return text.replace(HALF_TABLE, '');
}
