import { define } from './define.ts';
import { launcherOf } from './launcher.ts';

define(launcherOf);

export { ShopClerk } from './shop-clerk.ts';
export * from './events.ts';
