/** The wire contract of `/api/admin/*`, shared with the desk. */
export type * from './accounts.ts';
export type * from './audit.ts';
export type * from './session.ts';
export type * from './shops.ts';
