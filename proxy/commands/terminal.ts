/** What a terminal obeys instead of showing, line ends and tabs apart, and what turns the text around it about. */
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Strangers write much of what commands print: shoppers, models, catalogues, other servers. None of it moves the cursor, sets
 * a title or hides a line. Written as JSON writes it, so a line of JSON stays one and means the same.
 */
export function forTerminal(text: string): string {
  return text.replaceAll(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function print(line: string): void {
  // oxlint-disable-next-line no-console -- what a command is run for
  console.log(forTerminal(line));
}
