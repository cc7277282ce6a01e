/** Marks a sheet that is plain text, because the loader has no Lit. The build minifies whatever bears this name. */
export const css: typeof String.raw = (...pieces) => String.raw(...pieces);
