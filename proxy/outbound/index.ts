export { certificateOf } from './certificate.ts';
export { createGuard, type GuardOptions } from './guard.ts';
export { createOutbound, type OutboundOptions } from './outbound.ts';
export { isPublicAddress } from './public-address.ts';
