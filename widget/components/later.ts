import { createBrought } from '../bring.ts';
import type * as pieces from './later-pieces.ts';

/** What few conversations need: its pieces, what they do, and their words. */
export type Later = typeof pieces;

export const { there: later, bring: loadLater } = createBrought<Later>(() => import('./later-pieces.ts'));
