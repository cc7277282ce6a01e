import type { LauncherStrings } from './types.ts';

export const launcherEn: LauncherStrings = {
  $dir: 'ltr',
  open: 'Chat with our assistant',
  loadFailed: 'The chat did not load. Please try again.',
};
