/** Functions of the shop's page: the proxy offers them as tools whose names begin with `page_`. */
import type { Asked, PageTool, Step } from './asked.ts';
import { stemsOf } from './store.ts';
import type { Language } from './words.ts';

/** A word or two in common may be chance. */
const ENOUGH = 2;

/** @returns undefined where no function of the page says of itself that it is about this */
export function askPage({ pageTools, outputs, language }: Asked, text: string): Step | undefined {
  const stems = [...new Set(stemsOf(text))];
  const about = ({ name, description }: PageTool) => {
    const words = `${name} ${description}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return stems.filter((stem) => words.some((word) => word.startsWith(stem))).length;
  };
  const [tool] = pageTools.filter((one) => about(one) >= ENOUGH).toSorted((a, b) => about(b) - about(a));
  if (!tool) return undefined;
  const [result] = outputs(tool.name);
  if (result === undefined) return { call: tool.name, input: inputFor(tool, text) };
  return { say: told(result, language) };
}

/** What the question names of that which can be chosen; null for all else. */
function inputFor({ properties }: PageTool, text: string): object {
  const said = text.toLowerCase();
  return Object.fromEntries(
    Object.entries(properties).map(([name, values]) => [
      name,
      values.find((value) => said.includes(value.toLowerCase())) ?? null,
    ]),
  );
}

function told(result: object | null, language: Language): string {
  const he = language === 'he';
  if (!result || !('from_page' in result)) {
    return he ? 'הדף לא ענה לי על זה. ננסה שוב?' : 'The page did not tell me. Shall we try again?';
  }
  const { from_page: output } = result;
  const lines =
    typeof output === 'object' && output !== null
      ? Object.entries(output).map(([name, value]) => `- **${name}**: ${[value].flat().join(', ')}`)
      : [String(output)];
  return `${he ? 'זה מה שכתוב בדף:' : 'This is what the page says:'}\n\n${lines.join('\n')}`;
}
