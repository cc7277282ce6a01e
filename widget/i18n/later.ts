/** Words for the pieces that come later: only they may import this, so that the English ones come with them. */
import { laterEn } from './en-later.ts';
import type { LaterStrings, Strings } from './types.ts';

export const laterStrings = ({ later = laterEn, $own }: Strings): LaterStrings => $own?.(later) ?? later;
