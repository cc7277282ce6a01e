import { createHash, timingSafeEqual } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import { ChatError } from '../../errors.ts';
import type { HttpEnv } from '../env.ts';

export interface AdminDeps {
  /** Null: nobody may. */
  adminToken: string | null;
}

/** Lets only the owner of the proxy pass. @param purpose what the token is good for here, as in `to sync from here` */
export function requireAdmin({ adminToken }: AdminDeps, purpose: string) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    if (adminToken === null) {
      throw new ChatError('not_found', `Set ADMIN_TOKEN (at least 32 characters) ${purpose}.`);
    }
    if (!isSame(/^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '', adminToken)) {
      throw new ChatError('unauthorized', 'Send the ADMIN_TOKEN as "Authorization: Bearer …".');
    }
    await next();
  });
}

/** In a time that doesn't tell how much of it is right, nor how long it should be. */
export function isSame(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a!, b!);
}
