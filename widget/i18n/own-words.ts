import type { AboutStrings, LaterStrings, OwnStrings, ShopperStrings, Strings } from './types.ts';

/** With a dot before a name inside a group: `contactForm.hereUntil`. */
type FunctionsOf<Words, Path extends string = ''> = {
  [Key in keyof Words & string]: Words[Key] extends string
    ? never
    : Words[Key] extends (...values: never) => string
      ? `${Path}${Key}`
      : FunctionsOf<Words[Key], `${Path}${Key}.`>;
}[keyof Words & string];

/** What comes later, and is not there yet when the shop's words are looked through. */
type Late = 'later' | 'shopper' | 'about';

export type WithValues =
  | FunctionsOf<Omit<Strings, Late | '$own'>>
  | FunctionsOf<LaterStrings>
  | FunctionsOf<{ shopper: ShopperStrings; about: AboutStrings }>;

/** What stands in braces in the texts that tell something, in the order of the function's parameters. By `n` goes the plural. */
export const PLACES: Record<WithValues, readonly string[]> = {
  dialog: ['shop'],
  left: ['n'],
  over: ['n'],
  productCount: ['n'],
  position: ['index', 'count'],
  rating: ['value', 'n'],
  chooseFirst: ['option'],
  each: ['price'],
  cartHolds: ['n'],
  cartTotal: ['items', 'total'],
  was: ['price'],
  retryIn: ['when'],
  unread: ['n'],
  'contactForm.hereUntil': ['time'],
  'contactForm.awayUntil': ['time'],
  'shopper.found': ['n'],
  'shopper.rename': ['title'],
  'shopper.remove': ['title'],
  'about.leaveOut': ['product'],
};

/** The keys of it. */
const LATER: Record<keyof LaterStrings | 'shopper' | 'about', 1> = {
  chooseFirst: 1,
  variant: 1,
  notMade: 1,
  adding: 1,
  added: 1,
  addAnother: 1,
  undo: 1,
  undone: 1,
  viewCart: 1,
  confirmAdd: 1,
  confirmYes: 1,
  confirmNo: 1,
  each: 1,
  lookingInCart: 1,
  cartHolds: 1,
  cartTotal: 1,
  cartErrors: 1,
  was: 1,
  soldOutSince: 1,
  backInStock: 1,
  comparison: 1,
  price: 1,
  stock: 1,
  rated: 1,
  notStated: 1,
  download: 1,
  remove: 1,
  removeSure: 1,
  removeYes: 1,
  removeNo: 1,
  removed: 1,
  notices: 1,
  contactPage: 1,
  contactUs: 1,
  conversations: 1,
  sound: 1,
  unread: 1,
  contactForm: 1,
  failures: 1,
  retryIn: 1,
  shopper: 1,
  about: 1,
};

/** Texts alone, and none that is empty: a button would lose its name. */
function texts(own: object): [string, string][] {
  return Object.entries(own).filter((entry): entry is [string, string] => {
    const [key, text] = entry as [string, unknown];
    return !key.startsWith('$') && typeof text === 'string' && text.trim() !== '';
  });
}

/** Those for a tag, the more special ones last: `pt`, then `pt-BR`. */
function spokenIn(language: string, tag: string, strings: OwnStrings | undefined): [string, string][] {
  const said = tag.toLowerCase();
  return Object.entries(strings ?? {})
    .map(([of, own]) => ({ of: of.replaceAll('_', '-').toLowerCase(), own }))
    .filter(({ of }) => of === language || said === of || said.startsWith(`${of}-`))
    .toSorted((a, b) => a.of.length - b.of.length)
    .flatMap(({ own }) => texts(own));
}

function filled(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => values.get(name) ?? place);
}

/** Puts `own` into a dictionary, or a part of one whose keys begin with `path`. */
function reworded<Words extends object>(
  words: Words,
  own: ReadonlyMap<string, string>,
  language: string,
  path = '',
): Words {
  const rules = new Intl.PluralRules(language);
  const change = (name: string, value: unknown): unknown => {
    const key = path + name;
    if (path === '' && /^(\$|(later|shopper|about)$)/.test(name)) return value;
    if (typeof value === 'string') return own.get(key) ?? value;
    if (typeof value !== 'function') return reworded(value as object, own, language, `${key}.`);
    const places = PLACES[key as WithValues];
    return (...values: (string | number)[]): string => {
      const n = values[places.indexOf('n')];
      const form = n === undefined ? undefined : own.get(`${key}.${rules.select(Number(n))}`);
      const text = form ?? own.get(`${key}.other`) ?? own.get(key);
      if (text === undefined) return (value as (...values: unknown[]) => string)(...values);
      return filled(text, new Map(places.map((place, index) => [place, String(values[index])])));
    };
  };
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, change(name, value)])) as Words;
}

function isKnown(key: string, words: Strings): boolean {
  const [first, second] = key.split('.') as [string, string?];
  const part: unknown = Object.hasOwn(words, first) ? words[first as keyof Strings] : undefined;
  if (Object.hasOwn(LATER, first)) return true;
  if (typeof part === 'object') return second !== undefined && Object.hasOwn(part as object, second);
  return typeof part === 'function' || (typeof part === 'string' && second === undefined);
}

interface Made {
  from: readonly unknown[];
  result: Strings;
}

/** By who speaks: the panel compares its words by identity, so they stay the same as long as nothing changes. */
const made = new WeakMap<object, Made>();

/** `sets` go from weak to strong. */
export function ownWords(speaker: object, words: Strings, tag: string, ...sets: (OwnStrings | undefined)[]): Strings {
  const from = [words, tag, ...sets];
  const before = made.get(speaker);
  if (before?.from.every((part, index) => part === from[index])) return before.result;
  const own = new Map(sets.flatMap((strings) => spokenIn(words.$lang, tag, strings)));
  const unknown = [...own.keys()].filter((key) => !isKnown(key, words));
  if (unknown.length > 0) console.warn(`Shop Clerk has no such words: ${unknown.join(', ')}.`);
  const laters = new Map<object, object>();
  const $own = <Words extends LaterStrings | ShopperStrings | AboutStrings>(later: Words, path = ''): Words => {
    if (!laters.has(later)) laters.set(later, reworded(later, own, words.$lang, path));
    return laters.get(later) as Words;
  };
  const result = own.size > 0 ? { ...reworded(words, own, words.$lang), $own } : words;
  made.set(speaker, { from, result });
  return result;
}
