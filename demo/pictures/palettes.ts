/** The colours of one product: `base` and its darker and lighter sister, one `accent` against them, and the ground's `tint`. */
export interface Palette {
  base: string;
  deep: string;
  light: string;
  accent: string;
  tint: string;
}

const palette = (base: string, deep: string, light: string, accent: string, tint: string): Palette => ({
  base,
  deep,
  light,
  accent,
  tint,
});

export const PALETTES = {
  coral: palette('#e8745c', '#c4533d', '#f7b8a6', '#2f6f73', '#fae6df'),
  terracotta: palette('#c9693f', '#9c4a28', '#ecb493', '#e9b44c', '#f6e5d9'),
  mustard: palette('#e5ac3a', '#bd8420', '#f6d88f', '#c4533d', '#f9eed3'),
  sand: palette('#d3b48c', '#a88861', '#ecdcc3', '#7a9b76', '#f4ebdd'),
  sage: palette('#94b08c', '#6d8c66', '#c9dac3', '#d98e5f', '#e7efe3'),
  moss: palette('#5f8157', '#45623f', '#a9c29f', '#e5ac3a', '#e3ebdf'),
  teal: palette('#3c8b88', '#286764', '#9bcac6', '#f0a15e', '#ddecea'),
  sky: palette('#6ba6cf', '#4680ab', '#b9d8ec', '#f0b35e', '#e2eff7'),
  slate: palette('#6c7a8c', '#4d5a6b', '#b9c3cf', '#e8745c', '#e7ebef'),
  lavender: palette('#9a8cc4', '#7465a3', '#cfc6e6', '#e9b44c', '#ece8f5'),
  plum: palette('#8d5a86', '#6b3f65', '#cfa9c9', '#e9b44c', '#f1e5ef'),
  rose: palette('#dd8ba0', '#b8647b', '#f3c6d1', '#6c8ea0', '#f9e7ec'),
} as const satisfies Record<string, Palette>;

export type PaletteName = keyof typeof PALETTES;

/** What has the same colour on every product. */
export const CREAM = '#fffaf1';
export const INK = '#3d3935';
export const STEEL = '#c3c9cf';
export const STEEL_DARK = '#98a1aa';
export const WOOD = '#cfa06c';
export const WOOD_DARK = '#a97a48';
export const SISAL = '#dcc39a';
export const SISAL_DARK = '#bfa276';
