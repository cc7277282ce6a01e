/** The wire contract of `/api/admin/*`, shared with the desk. */
export type * from './accounts.ts';
export type * from './audit.ts';
export type * from './session.ts';
export type * from './shops.ts';
export * from './conversations.ts';
export type * from './gaps.ts';
export type * from './overview.ts';
export type * from './usage.ts';
