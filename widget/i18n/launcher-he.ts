import type { LauncherStrings } from './types.ts';

export const launcherHe: LauncherStrings = {
  $dir: 'rtl',
  open: 'צ׳אט עם העוזר שלנו',
  loadFailed: 'הצ׳אט לא נטען. נסו שוב.',
};
