import { createMiddleware } from 'hono/factory';
import { ChatError } from '../../errors.ts';
import { isSame } from '../../is-same.ts';
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
