import { define } from './define.ts';
import { localeOf, pickLocale } from './i18n/locale.ts';
import { launcherOf } from './launcher.ts';
import { accentRule } from './styles/accent.ts';

await define(launcherOf, localeOf, accentRule, pickLocale(document.documentElement.lang).language);

export { ShopClerk } from './shop-clerk.ts';
export * from './cart-events.ts';
export * from './events.ts';
