import { addressOf, OutboundError } from './outbound-error.ts';

const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Where an answer sends us on to; undefined when it is an answer.
 * @throws OutboundError `redirect_refused`
 */
export function redirectOf(from: URL, status: number, location: string | string[] | undefined): URL | undefined {
  if (!REDIRECTS.includes(status)) return undefined;
  if (typeof location !== 'string' || !URL.canParse(location, from.href)) {
    throw new OutboundError('redirect_refused', `${addressOf(from)} redirects to nowhere (${status}).`);
  }
  const to = new URL(location, from);
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw new OutboundError(
      'redirect_refused',
      `${addressOf(from)} redirects from https to http, to ${addressOf(to)}, where anybody on the way could change the answer.`,
    );
  }
  return to;
}
