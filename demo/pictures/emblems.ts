/** Small marks on packages, drawn around 0,0 within about 20 units each way. */
const EMBLEMS = {
  bone: (c: string) =>
    `<path fill="${c}" d="M-11-4a6 6 0 1 0-7 6 6 6 0 1 0 7 4h22a6 6 0 1 0 7-4 6 6 0 1 0-7-6z" transform="rotate(-20)"/>`,
  fish: (c: string) =>
    `<path fill="${c}" d="M-18 0C-10-12 4-12 11-1l8-8v18l-8-8C4 12-10 12-18 0z"/><circle cx="-9" cy="-2" r="2" fill="#fff"/>`,
  paw: (c: string) =>
    `<g fill="${c}"><path d="M0-2c7 0 13 8 12 13-1 6-7 3-12 3s-11 3-12-3c-1-5 5-13 12-13z"/><ellipse cx="-13" cy="-5" rx="4" ry="6"/><ellipse cx="-5" cy="-12" rx="4" ry="6"/><ellipse cx="5" cy="-12" rx="4" ry="6"/><ellipse cx="13" cy="-5" rx="4" ry="6"/></g>`,
  leaf: (c: string) =>
    `<path fill="${c}" d="M-14 14C-18-6-4-18 16-16 18 4 8 18-14 14z"/><path fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" d="M-15 16C-8 4 0-4 9-9"/>`,
  heart: (c: string) => `<path fill="${c}" d="M0 15C-20 2-18-14-8-14c5 0 8 4 8 7 0-3 3-7 8-7C18-14 20 2 0 15z"/>`,
  cat: (c: string) =>
    `<path fill="${c}" d="M-15-15l9 6a18 18 0 0 1 12 0l9-6 1 17C16 12 9 16 0 16s-16-4-16-14z"/><circle cx="-6" cy="1" r="2" fill="#fff"/><circle cx="6" cy="1" r="2" fill="#fff"/><path fill="#fff" d="M-2 6h4l-2 3z"/>`,
  carrot: (c: string) =>
    `<path fill="${c}" d="M-15 16C-10 0-4-8 6-8c6 4 6 10 0 14C0 10-6 13-15 16z"/><path fill="none" stroke="#6d8c66" stroke-width="4" stroke-linecap="round" d="M5-6l4-10M6-5l10-6M7-4l11 1"/>`,
  seed: (c: string) =>
    `<g fill="${c}"><ellipse rx="5" ry="9" cx="-9" cy="4" transform="rotate(-25 -9 4)"/><ellipse rx="5" ry="9" cx="9" cy="4" transform="rotate(25 9 4)"/><ellipse rx="5" ry="9" cy="-8"/></g>`,
  bird: (c: string) =>
    `<path fill="${c}" d="M-18 8C-14-4-6-4-3-8c2-9 14-9 15 0l6 3-6 3C12 9 4 15-6 13c-4 0-8-3-12-5z"/><circle cx="6" cy="-9" r="2" fill="#fff"/><path fill="#fff" opacity=".5" d="M-9 3C-4-1 2-1 5 2 1 8-5 9-9 3z"/>`,
  drop: (c: string) =>
    `<path fill="${c}" d="M0-17C8-6 12-1 12 5a12 12 0 0 1-24 0C-12-1-8-6 0-17z"/><path fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round" d="M-6 6a6 6 0 0 0 5 6"/>`,
} as const;

export type Emblem = keyof typeof EMBLEMS;

export function drawEmblem(emblem: Emblem, x: number, y: number, scale: number, colour: string): string {
  return `<g transform="translate(${x} ${y}) scale(${scale})">${EMBLEMS[emblem](colour)}</g>`;
}
