import { createBrought } from '../bring.ts';
import type * as pieces from './own-words.ts';

/** What puts them there: few shops have any. */
export const { there: ownWords, bring: bringOwnWords } = createBrought<typeof pieces>(() => import('./own-words.ts'));
