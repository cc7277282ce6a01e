import type { launcherOf } from './launcher.ts';
import { ShopClerk } from './shop-clerk.ts';

/** The launcher comes from whoever loads this: the script tag has it in the page already, and needs no second copy. */
export function define(launcher: typeof launcherOf): void {
  ShopClerk.launcherOf = launcher;
  // The script may be on the page twice, or beside the module.
  if (!customElements.get('shop-clerk')) customElements.define('shop-clerk', ShopClerk);
}
