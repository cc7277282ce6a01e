import type { ShopSettings } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import type { Launcher } from '../launcher.ts';
import { putTheme } from '../styles/theme.ts';
import type { Host } from './host.ts';

/** The shop's looks, where the page says nothing else. */
export function dress(host: Host, theme: CSSStyleSheet, shop: ShopSettings | null): void {
  putTheme(theme, shop, host.accent);
  const { position, layout } = shop?.theme ?? {};
  if (position && !host.hasAttribute('position')) host.position = position;
  if (layout && !host.hasAttribute('layout')) host.layout = layout;
}

/** What the launcher says it does, in the shopper's language. */
export function label({ root, button }: Launcher, words: Strings, opened: boolean): void {
  button.ariaHasPopup = 'dialog';
  root.lang = words.$lang;
  root.dir = words.$dir;
  button.ariaExpanded = String(opened);
  button.ariaLabel = opened ? words.close : words.open;
}
