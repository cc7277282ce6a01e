/** What of other people's code no page of ours needs. */
import type { Plugin } from 'vite';
import { cutLit } from './lit-cuts.ts';

/** Vite's loader for styles and preloads of an `import()`, half a kilobyte of it: there are none. */
export const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : null),
};

/** See lit-cuts.ts. */
export const lessLit: Plugin = {
  name: 'less-lit',
  enforce: 'pre',
  transform(code, id) {
    if (id.endsWith('node_modules/lit-html/directive.js')) throw new Error('Directives are left out (lit-cuts.ts).');
    return id.endsWith('node_modules/lit-html/lit-html.js') ? { code: cutLit(code), map: null } : null;
  },
};
