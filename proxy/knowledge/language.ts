/** Letters that are enough to tell by. */
const SAMPLE = 20_000;

/** Scripts of one language among those that shops write, and what they are then written in. */
const SCRIPTS: [RegExp, string][] = [
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Cyrillic}/gu, 'ru'],
  [/\p{Script=Greek}/gu, 'el'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Thai}/gu, 'th'],
];
/** Small words that are frequent in one language and rare in the others. */
const WORDS: [string, RegExp][] = [
  ['en', /\b(the|and|you|your|with|within|from|are|is|of|to|not|we|our|back|for)\b/gi],
  ['de', /\b(der|die|das|und|nicht|mit|sie|ist|ein|wir)\b/gi],
  ['fr', /\b(le|les|des|et|vous|est|une|pour|dans|nous)\b/gi],
  ['es', /\b(el|los|las|y|usted|para|con|una|del|por)\b/gi],
  ['it', /\b(il|gli|che|di|per|con|una|sono|della|non)\b/gi],
];

/** What a text is written in, as far as its letters and small words say. @returns a BCP 47 tag */
export function languageOf(text: string): string | undefined {
  const sample = text.slice(0, SAMPLE);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return undefined;
  const script = SCRIPTS.find(([sign]) => (sample.match(sign)?.length ?? 0) > letters * 0.3);
  if (script) return script[1];
  const counts = WORDS.map(([lang, words]) => ({ lang, count: sample.match(words)?.length ?? 0 }));
  const best = counts.reduce((most, one) => (one.count > most.count ? one : most));
  return best.count > 0 ? best.lang : undefined;
}
