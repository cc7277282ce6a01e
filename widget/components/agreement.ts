import { createBrought } from '../bring.ts';
import type * as consent from './consent.ts';

/** What is to be agreed to: few shops want it. */
export const agreement = createBrought<typeof consent>(() => import('./consent.ts'));
