/**
 * Questions as an expression of FTS5. Every term is quoted, so nothing in it is read as syntax.
 * @param questions ways to ask the same, each with a group of terms for each word; a group is met by any of its terms
 * @returns null when there is nothing to look for
 */
export function matchOf(questions: readonly (readonly (readonly string[])[])[], words: 'all' | 'any'): string | null {
  const between = words === 'all' ? ' AND ' : ' OR ';
  const asked = questions
    .filter((groups) => groups.length > 0)
    .map((groups) => `(${groups.map((terms) => `(${terms.map(prefix).join(' OR ')})`).join(between)})`);
  return asked.length === 0 ? null : asked.join(' OR ');
}

export function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}

function prefix(term: string): string {
  return `${quoted(term)}*`;
}
