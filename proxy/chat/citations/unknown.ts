/**
 * Whether an answer says somewhere that it doesn't know, in one of the widget's languages. Who says so often adds what is
 * known besides ("I don't know about gift wrapping. You can return it within 30 days"), so that facts alone don't show that
 * the question was answered. Others' not knowing ("if you don't know your size") says nothing. What it overlooks is judged by
 * its facts, what it takes wrongly stands once too often in the owner's list.
 */
export function saysUnknown(answer: string): boolean {
  const plain = answer
    .normalize('NFKC')
    .replaceAll(/[’‘`´]/g, "'")
    .toLowerCase();
  return UNKNOWN.some((pattern) => pattern.test(plain));
}

const UNKNOWN: readonly RegExp[] = [
  // English
  /\b(i|we) (really |simply |unfortunately )?(do not|don't|cannot|can't|could not|couldn't|did not|didn't) (know|find|see|say|tell you)\b/,
  /\b(i|we) (do not|don't) have (that|this|any|the|enough|more|such)? ?(\w+ )?(information|details?|answer)\b/,
  /\b(i'm|i am|we're|we are) not (sure|certain)\b|\bno (information|details) (on|about|for|in)\b/,
  /\b(documents?|pages?|policy|guides?) (do not|don't|does not|doesn't) (say|mention|tell|state|cover)\b/,
  // Hebrew, Arabic
  /(אני לא|אינני|איני|אנחנו לא|איננו) (בטוח|יודע)|לא ידוע ל(י|נו)|אין ל(י|נו) (מידע|פרטים|תשובה)|לא מצאתי|לא מצאנו/,
  /لا (أعرف|أعلم|نعرف|نعلم)|لست متأكد|لم أجد|ليس(ت)? لدي(نا)? (أي )?(معلومات|تفاصيل)|لا توجد لدي(نا)? معلومات/,
  // German, Dutch
  /\bich (\S+ ){0,4}nicht (gefunden|sicher)\b|\bich wei(ß|ss) (\S+ ){0,3}nicht\b|\bwei(ß|ss) ich (\S+ ){0,2}nicht\b|\bkeine (informationen|angaben)\b/,
  /\bik weet (\S+ ){0,3}niet\b|\bweet ik (\S+ ){0,2}niet\b|\bniet (gevonden|zeker)\b|\bgeen informatie\b/,
  // French, Italian, Spanish, Portuguese
  /\bje ne (le )?sais pas\b|\bje n'(ai pas (trouvé|d'information|cette information|l'information)|en sais rien)|\bpas d'information/,
  /\bnon (lo )?so\b|\bnon ho (trovato|informazioni)|\bnon sono sicur/,
  /\bno (lo )?sé(?![\p{L}])|\bno (tengo|hay) (esa |esta |la |m[aá]s )?informaci[oó]n|\bno (he encontrado|encuentro|encontr[eé])/u,
  /(^|[^\p{L}])n[aã]o (sei|encontrei|encontro|tenho (essa |esta |a |mais )?informa)/u,
  // Polish, Russian, Ukrainian, Turkish
  /nie (wiem|znalaz|mam (tej |takiej |żadnych )?informacji)/,
  /не (знаю|знаем|наш[её]л|нашла|знайшов|знайшла|знаємо)|нет (такой |этой )?информации|(немає|нема) (такої |цієї )?інформації/,
  /bilmiyor(um|uz)|bulamad(ım|ık)|bilgi(m|miz)? yok|emin değil/,
  // Japanese, Chinese
  /(わかりません|分かりません|存じません|見つかりません|情報(が|は)(ない|ありません|ございません))/,
  /(不知道|不清楚|不确定|没有找到|未找到|找不到|没有[^。]{0,8}信息)/,
];
