import type { AboutStrings, Strings } from './types.ts';

/** Comes with what says it. */
const aboutEn: AboutStrings = {
  about: 'About:',
  leaveOut: (product) => `Leave out: ${product}`,
  leftOut: 'Questions are sent without this page.',
};

export const aboutStrings = ({ about = aboutEn, $own }: Strings): AboutStrings => $own?.(about, 'about.') ?? about;
