import { createBrought } from '../bring.ts';
import type * as overlay from './overlay.ts';

/** For who puts the widget on a page, where the tag says so. */
export const { bring: loadDebug } = createBrought<typeof overlay>(() => import('./overlay.ts'));
