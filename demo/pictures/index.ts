/** The demo shop's product pictures: drawn by hand as parametric motifs, coloured by palettes. */
import type { Emblem } from './emblems.ts';
import { homes } from './homes.ts';
import { outings } from './outings.ts';
import { packages } from './packages.ts';
import { PALETTES, type PaletteName } from './palettes.ts';
import { toys } from './toys.ts';

const MOTIFS = { ...packages, ...toys, ...homes, ...outings };

export type Motif = keyof typeof MOTIFS;

/** An SVG document: a square on a light ground. Light (`l`) and shadow (`s`) are what the motifs refer to. */
export function drawPicture(motif: Motif, paletteName: PaletteName, emblem: Emblem = 'paw'): string {
  const palette = PALETTES[paletteName];
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="400" height="400"><defs>' +
    '<linearGradient id="l"><stop stop-color="#fff" stop-opacity=".22"/><stop offset=".45" stop-color="#fff" stop-opacity="0"/>' +
    '<stop offset="1" stop-opacity=".13"/></linearGradient>' +
    '<radialGradient id="s"><stop stop-opacity=".26"/><stop offset="1" stop-opacity="0"/></radialGradient></defs>' +
    `<path fill="#f6f3ee" d="M0 0h200v200H0z"/><circle cx="100" cy="102" r="84" fill="${palette.tint}"/>` +
    `<g stroke-linecap="round" stroke-linejoin="round">${MOTIFS[motif](palette, emblem)}</g></svg>\n`
  );
}
