import { USUAL_RANGE } from './range.ts';

/** A place at the desk, as the address's fragment says it: `#/conversations/thr_1?shop=pets&range=7`. */
export interface Route {
  /** Of the view. */
  name: string;
  /** What stands behind it: an id. */
  args: string[];
  query: URLSearchParams;
}

/** Of all places: what is looked at. A view's own go when the view does. */
const KEPT = ['shop', 'range'];

export function parseRoute(fragment: string): Route {
  const [path = '', search = ''] = fragment.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [name = '', ...args] = path.split('/').filter(Boolean).map(decoded);
  return { name, args, query: new URLSearchParams(search) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Somebody's own typing; the view will not know it.
    return part;
  }
}

/** One of a few by its value in the address, each with its label; the usual one first. */
export type Choices<T extends string> = readonly [
  readonly [value: T, label: string],
  ...(readonly (readonly [value: T, label: string])[]),
];

/** Which of a few is looked at, first the usual one: that is it too where the address says what can't be chosen. */
export function chosenOf<T extends string>({ query }: Route, name: string, choices: Choices<T>): T {
  const wanted = query.get(name);
  return (choices.find(([value]) => value === wanted) ?? choices[0])[0];
}

/** For `href`. @param query goes on top of what is kept; null or '' takes a name out */
export function hrefTo(
  { query: current }: Route,
  path: string | readonly string[],
  query: Record<string, string | null> = {},
): string {
  const search = new URLSearchParams();
  for (const name of KEPT) {
    const value = current.get(name);
    if (value !== null) search.set(name, value);
  }
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === '') search.delete(name);
    else search.set(name, value);
  }
  // The usual one needs no words.
  if (search.get('range') === USUAL_RANGE) search.delete('range');
  const parts = typeof path === 'string' ? [path] : path;
  return `#/${parts.map(encodeURIComponent).join('/')}${search.size > 0 ? `?${search.toString()}` : ''}`;
}

/** The same place with something else in its query. */
export function hrefWith(route: Route, query: Record<string, string | null>): string {
  return hrefTo(route, [route.name, ...route.args], { ...Object.fromEntries(route.query), ...query });
}
