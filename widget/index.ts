import { define } from './define.ts';
import { pickLocale } from './i18n/locale.ts';
import { launcherOf } from './launcher.ts';

await define(launcherOf, pickLocale(document.documentElement.lang).language);

export { ShopClerk } from './shop-clerk.ts';
export * from './cart-events.ts';
export * from './events.ts';
