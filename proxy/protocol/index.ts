export type * from './citation.ts';
export * from './codec.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './money.ts';
export type * from './product.ts';
export * from './page-tool.ts';
export * from './requests.ts';
