import './define.ts';

export { ShopClerk } from './shop-clerk.ts';
export * from './events.ts';
