/** Letters that are written from right to left. */
export const RTL = /[\u0590-\u08ff]/;

/** It has letters of both kinds. */
export const isMixed = (text: string): boolean => RTL.test(text) && /[^\P{L}\u0590-\u08ff]/u.test(text);
