const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Whether lists and objects stand deeper in one another than `max` in this JSON. Looks at brackets alone, in one pass and
 * without memory, so that what is too deep is never built.
 */
export function nestsDeeper(json: string, max: number): boolean {
  let depth = 0;
  let inText = false;
  for (let i = 0; i < json.length; i++) {
    const code = json.charCodeAt(i);
    if (inText) {
      if (code === BACKSLASH) i++;
      else if (code === QUOTE) inText = false;
    } else if (code === QUOTE) inText = true;
    else if (OPENING.has(code) && ++depth > max) return true;
    else if (CLOSING.has(code)) depth--;
  }
  return false;
}
