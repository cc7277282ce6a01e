import './content-policy.ts';
import { loadLanguage } from './i18n/index.ts';
import { pickLocale } from './i18n/locale.ts';
import type { launcherOf } from './launcher.ts';
import { ShopClerk } from './shop-clerk.ts';

/**
 * The launcher comes from whoever loads this: the script tag has it in the page already, and needs no second copy. Waits
 * for the words of a language (BCP 47) that is known beforehand.
 */
export async function define(launcher: typeof launcherOf, tag: string): Promise<void> {
  await loadLanguage(pickLocale(tag).language);
  ShopClerk.launcherOf = launcher;
  // The script may be on the page twice, or beside the module.
  if (!customElements.get('shop-clerk')) customElements.define('shop-clerk', ShopClerk);
}
