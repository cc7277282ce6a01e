import { launcherEn } from './launcher-en.ts';
import { launcherHe } from './launcher-he.ts';
import type { Language } from './locale.ts';
import type { LauncherStrings } from './types.ts';

export const launcherStrings: Record<Language, LauncherStrings> = { en: launcherEn, he: launcherHe };
