/** Whether the colours of a theme can be read, by WCAG 2.2. */
import type { ThemeColours } from '../protocol/index.ts';
import type { ShopTheme } from './types.ts';

/** Of the widget's own colours, for what a theme leaves out (widget/styles/tokens.ts). */
const OWN = {
  light: { surface: '#ffffff', text: '#25221f', muted: '#6a645d' },
  dark: { surface: '#1e1d1b', text: '#efece7', muted: '#aea79e' },
};
/** Small text; and what is only to be made out, such as a button on its ground. */
const READABLE = 4.5;
const VISIBLE = 3;

/** A line for each pair of colours that is too alike. */
export function contrastWarnings({ accent, colorScheme = 'auto', looks }: ShopTheme): string[] {
  const { dark, ...light } = looks;
  const warnings: string[] = [];
  if (colorScheme !== 'dark') warnings.push(...tooAlike('theme', { ...light, accent }, OWN.light));
  if (colorScheme !== 'light' && dark) warnings.push(...tooAlike('theme.dark', { accent, ...dark }, OWN.dark));
  return warnings;
}

function tooAlike(place: string, given: ThemeColours & { accent?: string | undefined }, own: typeof OWN.light) {
  const { surface, text, muted, accent } = given;
  const ground = surface ?? own.surface;
  const pairs: [string, string | undefined, number][] = [
    ['text', text ?? (surface && own.text), READABLE],
    ['muted', muted ?? (surface && own.muted), READABLE],
    ['accent', accent, VISIBLE],
  ];
  return pairs.flatMap(([name, colour, least]) => {
    if (colour === undefined) return [];
    const found = contrast(colour, ground);
    if (found >= least) return [];
    return [`${place}.${name}: ${colour} on ${ground} has a contrast of ${found.toFixed(1)}, ${least} is the least`];
  });
}

/** 1 to 21; both `#rrggbb`. */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
