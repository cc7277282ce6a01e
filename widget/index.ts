import { define } from './define.ts';
import { pickLocale } from './i18n/locale.ts';
import { launcherOf } from './launcher.ts';
import { accentRule } from './styles/accent.ts';

await define(launcherOf, accentRule, pickLocale(document.documentElement.lang).language);

export { ShopClerk } from './shop-clerk.ts';
export * from './cart-events.ts';
export * from './events.ts';
