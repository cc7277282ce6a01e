import { createBrought } from '../bring.ts';
import type * as pageTools from './page-tools.ts';

/** What calls the page's own functions: few pages have any. */
export const { bring: loadPageTools } = createBrought<typeof pageTools>(() => import('./page-tools.ts'));
