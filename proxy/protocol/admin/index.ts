/** The wire contract of `/api/admin/*`, shared with the desk. */
export type * from './accounts.ts';
export type * from './audit.ts';
export type * from './session.ts';
export type * from './shops.ts';
export * from './conversations.ts';
export type * from './gaps.ts';
export type * from './overview.ts';
export type * from './usage.ts';
export type * from './catalogue.ts';
export type * from './documents.ts';
export type * from './health.ts';
export type * from './install.ts';
export type * from './playground.ts';
export type * from './settings.ts';
