/** Without case, width, accents and vowel points: what somebody types in haste finds what they read. */
export function foldText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- plain ASCII has none of these, and is most of what is searched
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
