import { define } from './define.ts';
import { launcherOf } from './launcher.ts';

await define(launcherOf, document.documentElement.lang);

export { ShopClerk } from './shop-clerk.ts';
export * from './cart-events.ts';
export * from './later-events.ts';
export * from './events.ts';
