import { createBrought } from '../bring.ts';
import type * as parts from './past-turns.ts';
import { need } from '../transport/load.ts';

/** What shows a conversation of before. */
export type Past = typeof parts;

export const past = createBrought<Past>(() => import('./past-turns.ts'));

/** Rejects as `Transport` does, when it can't be had. */
export const loadPast = (): Promise<Past> => need(past);
