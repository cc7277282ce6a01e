import { createBrought } from '../bring.ts';
import type * as about from './about.ts';

/** What says above the composer what goes along with a question: few shops want that. */
export const { bring: loadAbout } = createBrought<typeof about>(() => import('./about.ts'));
