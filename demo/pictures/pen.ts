import type { Emblem } from './emblems.ts';
import type { Palette } from './palettes.ts';

/** A drawing in a square of 200 units that stands on a floor at y = 168; `emblem` has a mark for packages. */
export type Draw = (colours: Palette, emblem: Emblem) => string;

/** A filled shape, lit from the upper left by the gradient `l` that every picture defines. */
export function solid(d: string, fill: string): string {
  return `<path d="${d}" fill="${fill}"/><path d="${d}" fill="url(#l)"/>`;
}

export function shape(d: string, fill: string, extra = ''): string {
  return `<path d="${d}" fill="${fill}"${extra && ` ${extra}`}/>`;
}

export function line(d: string, stroke: string, width: number, extra = ''): string {
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}"${extra && ` ${extra}`}/>`;
}

/** Many dots of one colour in few bytes: lines without length, with round ends. */
export function dots(points: readonly (readonly [x: number, y: number])[], r: number, fill: string): string {
  return line(points.map(([x, y]) => `M${x} ${y}h0`).join(''), fill, 2 * r);
}

export function dot(x: number, y: number, r: number, fill: string): string {
  return `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;
}

export function oval(x: number, y: number, rx: number, ry: number, fill: string, extra = ''): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"${extra && ` ${extra}`}/>`;
}

export function box(x: number, y: number, width: number, height: number, radius: number, fill: string): string {
  const rect = (paint: string) =>
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${paint}"/>`;
  return rect(fill) + rect('url(#l)');
}

/** The soft shadow of something that stands on the floor. */
export function shadow(width: number, x = 100, y = 168): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${width / 2}" ry="${Math.min(11, width / 14)}" fill="url(#s)"/>`;
}

/** The same thing at several places; within one path that is much shorter than as many paths. */
export function times(count: number, draw: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => draw(index)).join('');
}
