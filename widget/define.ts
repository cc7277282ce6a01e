import { loadLanguage } from './i18n/index.ts';
import type { Language } from './i18n/locale.ts';
import { ShopClerk, type Shared } from './shop-clerk.ts';

/**
 * What is shared comes from whoever loads this: the script tag has it in the page already, and needs no second copy. One
 * by one, because then the script holds no names. Waits for the words of a language that is known beforehand.
 */
export async function define(
  launcherOf: Shared['launcherOf'],
  accentRule: Shared['accentRule'],
  language: Language,
): Promise<void> {
  await loadLanguage(language);
  ShopClerk.shared = { launcherOf, accentRule };
  // The script may be on the page twice, or beside the module.
  if (!customElements.get('shop-clerk')) customElements.define('shop-clerk', ShopClerk);
}
