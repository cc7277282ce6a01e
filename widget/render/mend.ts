/** A line that so far is only the beginning of something: `-` would flash as a heading's underline, ` `` ` as text. */
const BARE_MARKER = /^[ \t>]*(?:-+|=+|[*+>]|#{1,6}|`{1,2}|~{1,2}|\d{1,9}[.)]?)[ \t]*$/;
/** The box of a task that isn't whole yet. */
const HALF_TASK = /^(\s*(?:[-*+]|\d{1,9}[.)]) )\[[ xX]?\]?$/;
/** A link or image whose address hasn't come to its end. */
const HALF_LINK = /!?\[([^[\]]*)(?:\](?:\([^()\s]*)?)?$/;
/** A row, and under it perhaps the beginning of the line that makes it a table's head. */
const HALF_TABLE = /(?:^|\n)( *\|[^\n]*(?:\n[-|: ]*)?)$/;
/** Perhaps the beginning of the line that ends a code block. */
const HALF_FENCE = /^[ \t>]*(?:`+|~+)$/;
const FENCE_LINE = /^[ \t>]*(?:`{3,}|~{3,})/gm;

/**
 * A markdown text that is still growing, with the markup completed that the last line has only begun, so that a reader
 * doesn't see raw `**` or half an address for a moment. It guesses, and only the last line is touched: a text that
 * won't grow any more must not pass through here.
 */
export function mend(markdown: string): string {
  const start = markdown.lastIndexOf('\n') + 1;
  const line = markdown.slice(start);
  const inFence = (markdown.match(FENCE_LINE)?.length ?? 0) % 2 === 1;
  if (inFence) return HALF_FENCE.test(line) ? markdown.slice(0, start) : markdown;
  const tableStart = halfTable(markdown);
  if (tableStart !== null) return markdown.slice(0, tableStart);
  return markdown.slice(0, start) + (BARE_MARKER.test(line) ? '' : mendLine(line));
}

/** Where a table begins that has no line under its head yet: as text it would be a row of bars. */
function halfTable(markdown: string): number | null {
  const rows = HALF_TABLE.exec(markdown)?.[1];
  if (rows === undefined) return null;
  const before = markdown.slice(0, -rows.length);
  const isFurtherRow = /(?:^|\n) *\|[^\n]*\n$/.test(before);
  return isFurtherRow ? null : before.length;
}

function mendLine(line: string): string {
  const { closers, end, inCode } = unclosed(line);
  const begun = line.slice(0, end);
  const mended = inCode ? begun : begun.replace(HALF_TASK, '$1').replace(HALF_LINK, '$1');
  const content = mended.trimEnd();
  // A closer after a space would not close.
  return content + closers + mended.slice(content.length);
}

/** What stands open at the end of a line, and where an opener that has no content yet begins. */
function unclosed(line: string): { closers: string; end: number; inCode: boolean } {
  const open: string[] = [];
  let code: string | null = null;
  let end = line.length;
  for (const match of line.matchAll(/\\.|`+|\*\*|__|~~|[*_](?=$)/g)) {
    const mark = match[0];
    const after = match.index + mark.length;
    const isLast = after === line.length;
    if (mark.startsWith('`')) {
      if (code === null && isLast) end = match.index;
      else if (code === null) code = mark;
      else if (code === mark) code = null;
      else if (isLast) end = match.index;
    } else if (code !== null || mark.startsWith('\\')) {
      continue;
    } else if (open.at(-1) === mark && /\S/.test(line.charAt(match.index - 1))) {
      open.pop();
    } else if (isLast) {
      // An opener without content, or half of a closer.
      end = match.index;
    } else if (mark.length === 2 && /\S/.test(line.charAt(after))) {
      open.push(mark);
    }
  }
  return { closers: (code ?? '') + open.reverse().join(''), end, inCode: code !== null };
}
