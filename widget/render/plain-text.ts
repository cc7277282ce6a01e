/** Named character references that models use in prose, each before its character; any other is shown as it was written. */
const NAMES =
  'amp&lt<gt>quot"apos\'nbsp\u00a0ensp\u2002emsp\u2003thinsp\u2009shy\u00adlrm\u200erlm\u200fndash–mdash—hellip…bull•middot·' +
  'lsquo‘rsquo’ldquo“rdquo”laquo«raquo»copy©reg®trade™deg°times×frac12½euro€pound£yen¥cent¢larr←rarr→';
const NAMED = new Map(Array.from(NAMES.matchAll(/(\w+)(\W)/g), ([, name, character]) => [name, character]));

/** A text with its character references put in: `&amp;`, `&#8362;`, `&#x20aa;`. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (reference, decimal, hex, name) => {
    if (name !== undefined) return NAMED.get(name) ?? reference;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : '\ufffd';
  });
}

/**
 * Tag characters (U+E0000–E007F) are invisible and can carry a hidden text along; their one honest use is in flags, as
 * in 🏴󠁧󠁢󠁳󠁣󠁴󠁿. Variation selectors of the supplement (U+E0100–E01EF) have none here. Joiners, U+FE0F and the marks LRM and
 * RLM stay: emoji, Persian and Hebrew need them.
 */
const HIDDEN = /(\u{1f3f4}[\u{e0020}-\u{e007e}]{1,7}\u{e007f})|[\u{e0000}-\u{e007f}]|[\u{e0100}-\u{e01ef}]|\0/gu;

const SUSPICIOUS = /[\u{e0000}-\u{e01ef}\u202a-\u202e\u2066-\u2069\0]/u;
const BIDI_CONTROL = /[\u202a-\u202e\u2066-\u2069]/;
const POP_EMBEDDING = '\u202c';
const POP_ISOLATE = '\u2069';

/** A text without what could hide a message in it or turn its surroundings around. */
export function cleanText(text: string): string {
  return SUSPICIOUS.test(text) ? balanceBidi(text.replace(HIDDEN, '$1')) : text;
}

/** Drops directional embeddings, overrides and isolates without an end, and ends without a beginning. */
function balanceBidi(text: string): string {
  const chars = [...text];
  const open: { at: number; end: string }[] = [];
  const balanced = new Set<number>();
  chars.forEach((char, at) => {
    if (!BIDI_CONTROL.test(char)) return;
    if (char !== POP_EMBEDDING && char !== POP_ISOLATE) {
      open.push({ at, end: char >= '\u2066' ? POP_ISOLATE : POP_EMBEDDING });
    } else if (open.at(-1)?.end === char) {
      balanced.add(at).add(open.pop()!.at);
    }
  });
  return chars.filter((char, at) => !BIDI_CONTROL.test(char) || balanced.has(at)).join('');
}
