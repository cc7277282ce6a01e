/**
 * Text that somebody else wrote (a catalogue, a document, a model's heading) as plain text with nothing hidden in it: what
 * a person would see is what is left. It must stay readable in every language, so what Hebrew, Persian, Hindi and emoji
 * need to be written stays: joiners inside words and emoji, direction marks, the style of an emoji, the three flags that
 * are spelt with tag characters.
 */
const HIDDEN = new RegExp(
  [
    String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]`,
    // Soft hyphen, fillers, zero-width space, word joiner and other operators without a shape.
    String.raw`[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffc]`,
    // Embeddings, overrides and isolates turn text around for the eye only; a model needs none of them.
    String.raw`[\u202a-\u202e\u2066-\u2069]`,
    String.raw`[\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0100}-\u{e0fff}]`,
    String.raw`(?<!\p{Emoji}|[\u00a9\u00ae\u203c-\u3299])[\ufe0e\ufe0f]|[\ufe00-\ufe0d]`,
    // Between letters that are joined, or inside an emoji; anywhere else they are a place to hide bits.
    String.raw`(?<!${joined()}|[\p{Emoji_Presentation}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])[\u200c\u200d]`,
    String.raw`[\u200c\u200d](?!${joined()}|\p{Extended_Pictographic})`,
  ].join('|'),
  'gv',
);

function joined(): string {
  return String.raw`[[\p{L}\p{M}]--[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}]]`;
}

/** England, Scotland and Wales; any other spelling would be room for a sentence that nobody sees. */
const TAGS =
  /(\u{1f3f4}(?:\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}))|[\u{e0000}-\u{e007f}]/gu;

/** What separates turns in one chat format or another. Replaced by a blank, so that no two halves grow together. */
const MARKERS =
  /<\|[\w\u2581\t .:/-]{0,60}\|>|<\||\|>|\[\/?inst\]|<<\/?sys>>|<\/?(?:start|end)_of_turn>|<\/?(?:system|assistant|developer|tool_call|tool_result|function_calls?|data)>/gi;
/** The same in words, at the beginning of a line. */
const ROLES =
  /^(?:[\t >*_-]*(?:#{1,6}[\t ]*(?:system|instructions?|assistant|human|user|developer|tool|response)(?:[\t ](?:prompt|message))?|human|assistant)[\t *_]*:)+/gim;

/** Most text is plain, and one look says so. */
const PLAIN = /^[ !-;=?-Z\\^-{}~\u00c0-\u00ff\u05d0-\u05ea]*$/;

/**
 * @param max UTF-16 code units of the result; what is longer is cut, and ends in "…"
 */
export function cleanText(text: string, max: number): string {
  if (text.length <= max && PLAIN.test(text) && !/^[\t >*_-]*(?:human|assistant)|#/i.test(text)) return text;
  // Bounded first, so that a text without end costs nothing; compatibility forms may make it longer again.
  const normal = text
    .slice(0, max * 2)
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .normalize('NFKC');
  const visible = normal.replace(TAGS, '$1').replace(HIDDEN, '');
  return cut(visible.replace(MARKERS, ' ').replace(ROLES, ' '), max);
}

/** The same in one line. */
export function cleanLine(text: string, max: number): string {
  return cleanText(text.slice(0, max * 2).replace(/\s+/g, ' '), max).trim();
}

function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  // No pair of surrogates may be cut in two.
  return `${text.slice(0, max - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
