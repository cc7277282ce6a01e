import { createBrought } from '../bring.ts';
import type * as reading from './index.ts';

/**
 * Brings what few answers need: wide tables and code that scroll and can be copied, tasks, sources. Their elements stand
 * in the page already and come to life when it is there; without it all but the marks of sources can be read as they are.
 */
export const { bring: loadReading } = createBrought<typeof reading>(() => import('./index.ts'));
