/** What the conversation has shown, as the proxy tells it to a model (proxy/chat/context/history.ts), and which of it is meant. */
import { wordsOf } from '../../proxy/words.ts';

export interface Shown {
  id: number;
  title: string;
}

const SHOWN = /\[Shown to the shopper[^:\]]*: <data>\n(.*?)\n<\/data>\]/gs;

/** The cards shown last. */
export function lastShown(answers: readonly string[]): Shown[] {
  for (const answer of answers.toReversed()) {
    const json = [...answer.matchAll(SHOWN)].at(-1)?.[1];
    if (json === undefined) continue;
    return (JSON.parse(json) as string[]).map((line) => {
      const [id = '', ...title] = line.split(' ');
      return { id: Number(id), title: title.join(' ') };
    });
  }
  return [];
}

const PLACES: readonly RegExp[] = [
  /\b(first|1st)\b|ראשו/iu,
  /\b(second|2nd)\b|[הלבמו]שני(?!י?ים)|שנייה/iu,
  /\b(third|3rd)\b|שלישי/iu,
  /\b(fourth|4th)\b|רביעי/iu,
];

/** "The first two", "the last three"; the number is the first group that is there. */
const RUN =
  /\b(?:first|last|top) (?:(two|2)|(three|3))\b|(?:(ש[נת]יי?ם?|2)|(שלושה|שלושת|שלוש|3)) ה?(?:ראשונ|אחרונ)(?:ים|ות)/iu;

function runOf(text: string, shown: readonly Shown[]): readonly Shown[] | null {
  const run = RUN.exec(text);
  if (!run) return null;
  const count = run[1] || run[3] ? 2 : 3;
  return /last|אחרונ/iu.test(run[0]) ? shown.slice(-count) : shown.slice(0, count);
}

/** Those that a message means, by their place or by words of their titles; none when it says neither. */
export function meant(text: string, shown: readonly Shown[]): Shown[] {
  const run = runOf(text, shown);
  if (run) return [...run];
  const byPlace = shown.filter((_, place) => PLACES[place]?.test(text));
  if (/\blast\b|האחרו/iu.test(text) && shown.length > 0) byPlace.push(shown.at(-1)!);
  if (byPlace.length > 0) return byPlace;
  const words = wordsOf(text).filter((word) => word.length > 2);
  const scored = shown.map((one) => {
    const title = wordsOf(one.title);
    return { one, score: words.filter((word) => title.some((part) => part === word || word.slice(1) === part)).length };
  });
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return best === 0 ? [] : scored.filter(({ score }) => score === best).map(({ one }) => one);
}
