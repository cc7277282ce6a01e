import { svg } from 'lit';

/** Drawn on 20 by 20, in lines. */
const PATHS = {
  overview: 'M3 17V9m5 8V4m5 13v-6m4 6V7',
  chat: 'M3.5 4.5h13v9h-7l-4 3v-3h-2z',
  gap: 'M10 3a7 7 0 1 0 7 7M10 7v3.5M10 13.4v.1M14 3.5h3.5M15.8 1.8v3.4',
  coins:
    'M10 3v14M13.5 6c-.7-1-1.9-1.5-3.5-1.5-2 0-3.4 1-3.4 2.6 0 3.8 7 1.8 7 5.6 0 1.7-1.5 2.8-3.6 2.8-1.7 0-3-.6-3.7-1.7',
  file: 'M5 2.5h6l4 4v11H5zM11 2.5v4h4M7.5 10.5h5M7.5 13.5h5',
  box: 'M3 6.5 10 3l7 3.5v7L10 17l-7-3.5zM3 6.5l7 3.5 7-3.5M10 10v7',
  sliders: 'M3 6h7m4 0h3M3 14h3m4 0h7M12 4v4M8 12v4',
  code: 'm7 6-4 4 4 4m6-8 4 4-4 4',
  flask: 'M8 3v5l-4.5 7.5A1.3 1.3 0 0 0 4.6 17h10.8a1.3 1.3 0 0 0 1.1-1.5L12 8V3M6.8 3h6.4M6 12.5h8',
  people:
    'M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 16.5c0-3 2.2-4.5 5-4.5s5 1.5 5 4.5M13 3.8a3 3 0 0 1 0 5.4M14.5 12.3c1.9.5 3 1.9 3 4.2',
  log: 'M6 5h11M6 10h11M6 15h11M3 5h.01M3 10h.01M3 15h.01',
  pulse: 'M2.5 10.5h3l2-5 4 9 2-4h4',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  out: 'M8 3.5H4v13h4M12 6.5l3.5 3.5-3.5 3.5M15 10H8',
  back: 'M12 4.5 6.5 10l5.5 5.5',
} as const;

export type IconName = keyof typeof PATHS;

/** Only for the eye: words stand beside it. */
export function icon(name: IconName) {
  return svg`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><path d=${PATHS[name]}></path></svg>`;
}
