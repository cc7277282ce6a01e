import { en } from './en.ts';
import { he } from './he.ts';
import type { Language } from './locale.ts';
import type { Strings } from './types.ts';

export const strings: Record<Language, Strings> = { en, he };
export { localeOf, type Locale } from './locale.ts';
export type { Strings } from './types.ts';
