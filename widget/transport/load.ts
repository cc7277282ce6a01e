import { createBrought } from '../bring.ts';

/** It lies where the proxy is: when it can be had, the line is back. */
export const trouble = createBrought(() => import('./trouble.ts'));
