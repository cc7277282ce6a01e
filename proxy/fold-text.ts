/** Without case, width, accents and vowel points: what somebody types in haste finds what they read. */
export function foldText(text: string): string {
  // Most of what is searched is ASCII, which has none of these.
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
