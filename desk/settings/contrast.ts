/** Whether colours can be read on each other, by WCAG 2.2; of the widget's own colours where the owner names none. */
import { html } from 'lit';

export const OWN_COLOURS = {
  light: { accent: '#2b6151', surface: '#ffffff', text: '#25221f', muted: '#6a645d', border: '#e6e2dc' },
  dark: { accent: '#2b6151', surface: '#1e1d1b', text: '#efece7', muted: '#aea79e', border: '#3c3936' },
};
export type ColourName = keyof (typeof OWN_COLOURS)['light'];

/** Text; and what is only to be made out, such as a button on its ground. */
const READABLE = 4.5;
const VISIBLE = 3;

export function isColour(text: unknown): text is string {
  return typeof text === 'string' && /^#[0-9a-f]{6}$/i.test(text);
}

/** 1 to 21. */
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

/** @param on the ground that it stands on */
export function contrastMark(name: ColourName, colour: string, on: string) {
  if (name === 'border' || name === 'surface' || !isColour(colour) || !isColour(on)) return html``;
  const least = name === 'accent' ? VISIBLE : READABLE;
  const found = contrast(colour, on);
  // Never rounded up to what it isn't.
  const shown = (Math.floor(found * 10) / 10).toFixed(1);
  return html`<span class="tag ${found >= least ? 'good' : 'bad'}">
    ${shown} : 1 on the ground${found >= least ? ', readable' : `; ${least} is the least`}
  </span>`;
}
