import { createBrought } from '../bring.ts';
import type * as about from './about.ts';

/** What says above the composer what goes along with a question: few shops want that. */
export const { bring: loadAbout } = createBrought<typeof about>(() => import('./about.ts'));

/** Whether the page may have anything to tell: most have no products' markup, and load nothing of this. @param given by the page's script */
export function mayTell(given: unknown): boolean {
  return Boolean(given) || document.querySelector('[type="application/ld+json"]') !== null;
}
