import { unreached } from './explain-origin.ts';
import { LANGUAGES } from './i18n/locale.ts';
import { METHODS } from './methods.ts';
import type { Failure } from './state/state.ts';

/** For who puts the widget on a page: why it doesn't work there, and what to change. Goes to the console, never to a shopper. */
export function explain(
  { code }: Failure,
  { shop, proxy, origin }: { shop: string; proxy: string; origin: string },
): string {
  if (!shop) return 'Shop Clerk: data-shop is missing: it names the shop of the proxy.';
  const cause = {
    shop_not_found: `has no shop "${shop}". Check data-shop`,
    consent_required: `wants the shopper's consent first. Let them agree in the chat, or call consent(true)`,
    identity_invalid: `did not take the token given to identify(): its answer says why. Call identify() with a fresh one`,
  }[code as string];
  if (cause) return `Shop Clerk: the proxy at ${proxy} ${cause}.`;
  if (code === 'origin_not_allowed' || (code === 'network' && new URL(proxy).origin !== origin)) {
    return unreached({ shop, proxy, origin });
  }
  return `Shop Clerk: nothing to be had from ${proxy} (${code}).`;
}

/** What a page may take for commands, since it is set nowhere else. */
const SET_BY_ATTRIBUTE = 'shop proxy locale heading accent position color-scheme layout push transport';

/** Of a command that the page asks for and nobody knows: perhaps a slip of the pen. */
export function unknownCommand(name: string): void {
  const attribute = name.replace(/^data-/, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (SET_BY_ATTRIBUTE.split(' ').includes(attribute)) {
    const problem = `there is no command "${name}": it is an attribute.`;
    console.error(
      `Shop Clerk: ${problem} Set data-${attribute}="…" at the script tag, or ${attribute}="…" at <shop-clerk>.`,
    );
    return;
  }
  const [nearest, slips] = METHODS.split(' ')
    .map((method) => [method, slipsBetween(name.toLowerCase(), method.toLowerCase())] as const)
    .reduce((best, other) => (other[1] < best[1] ? other : best));
  const guess =
    slips <= nearest.length / 2 ? `Did you mean "${nearest}"?` : `There are: ${METHODS.replaceAll(' ', ', ')}.`;
  console.error(`Shop Clerk: there is no command "${name}". ${guess}`);
}

/** By one of its values that no other has. */
const ATTRIBUTES: Record<string, string> = {
  end: 'position',
  en: 'locale',
  dark: 'color-scheme',
  float: 'layout',
  poll: 'transport',
};
const told = new Set<string>();
/** A page that goes through many values has been told; of a long one, its beginning is enough. */
const MOST_TOLD = 50;
const LONGEST = 60;

/** Of an attribute that has only a few values: each of them once. Without `values`, a language that the widget doesn't speak. */
export function unknownValue(value: string, values: readonly string[] = LANGUAGES.split(' ')): void {
  const shown = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  tell(`${ATTRIBUTES[values.find((known) => ATTRIBUTES[known])!]}="${shown}"`, values);
}

function tell(said: string, values: readonly string[]): void {
  const problem = `Shop Clerk: ${said} is not known. Choose one of: ${values.join(', ')}.`;
  if (told.has(problem) || told.size >= MOST_TOLD) return;
  told.add(problem);
  console.warn(problem);
}

/** Letters to put in, take out or change; each two that changed places are two. */
function slipsBetween(one: string, other: string): number {
  let row = [...other, ''].map((_, at) => at);
  for (const [index, letter] of Array.from(one.slice(0, 40)).entries()) {
    row = row.reduce<number[]>((next, above, at) => {
      if (at === 0) return [index + 1];
      const changed = row[at - 1]! + (letter === other[at - 1] ? 0 : 1);
      return [...next, Math.min(above + 1, next[at - 1]! + 1, changed)];
    }, []);
  }
  return row.at(-1)!;
}
