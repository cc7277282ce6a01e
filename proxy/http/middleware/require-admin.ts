import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { ChatError } from '../../errors.ts';
import type { HttpEnv } from '../env.ts';

/** Lets only the owner in, who sends the ADMIN_TOKEN; with none set, nobody. */
export function requireAdmin(adminToken: string | null): MiddlewareHandler<HttpEnv> {
  return async function requireAdmin(c, next) {
    if (adminToken === null) {
      throw new ChatError(
        'not_found',
        'Set ADMIN_TOKEN (at least 32 characters) to do this from here, or use the command line.',
      );
    }
    if (!isSame(/^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '', adminToken)) {
      throw new ChatError('unauthorized', 'Send the ADMIN_TOKEN as "Authorization: Bearer …".');
    }
    await next();
  };
}

/** In a time that doesn't tell how much of it is right, nor how long it should be. */
function isSame(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a!, b!);
}
