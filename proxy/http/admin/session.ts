import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Desk, DeskUser, Login, OpenSession } from '../../admin/types.ts';
import { ChatError } from '../../errors.ts';
import type { AcceptedInvitation, DeskSession, LoginRequest, PasswordChange } from '../../protocol/admin/index.ts';
import type { Shops } from '../../shops/types.ts';
import type { ClientAddresses } from '../client-address.ts';
import type { HttpEnv } from '../env.ts';
import { exactly } from '../openapi/exactly.ts';
import { clearDeskCookie, deskCookie, setDeskCookie } from './cookie.ts';
import { checkOwnPage } from './own-page.ts';
import { body, createRoutes, deskRoute, json, time } from './routes.ts';

export interface SessionDeps {
  desk: Desk;
  shops: Shops;
  addresses: ClientAddresses;
}

export const deskSession = exactly<DeskSession>()(
  z
    .object({
      role: z.enum(['operator', 'owner']),
      email: z.string().nullable(),
      shops: z.array(z.string()),
      csrf_token: z.string().nullable(),
      expires_at: time.nullable(),
    })
    .openapi('DeskSession'),
);

const password = z.string().min(1).max(1_000);

const loginRequest = exactly<LoginRequest>()(
  z
    .union([
      z.strictObject({ token: z.string().min(1).max(1_000) }),
      z.strictObject({ email: z.string().min(1).max(200), password }),
    ])
    .openapi('LoginRequest'),
);

const tags = ['Login'];

const logIn = deskRoute({
  method: 'post',
  path: '/session',
  tags,
  security: [],
  summary: 'Log in, with the ADMIN_TOKEN or with an account',
  description:
    'Sets the cookie `__Host-shopclerk_admin`, which holds for 12 hours without a request and for 7 days in any case. After 10 wrong logins of an account, or 20 of an address, more are refused for 15 minutes.',
  request: { body: body(loginRequest, { email: 'dana@pets.example', password: 'three words and more' }) },
  responses: { 200: json(deskSession, 'Who you are now.') },
});

const accept = deskRoute({
  method: 'post',
  path: '/invitations/accept',
  tags,
  security: [],
  summary: 'Set the password that an invitation asks for, and log in',
  request: {
    body: body(
      exactly<AcceptedInvitation>()(
        z.strictObject({ token: z.string().min(1).max(100), password }).openapi('AcceptedInvitation'),
      ),
      {
        token: 'the part of the link behind the last slash',
        password: 'three words and more',
      },
    ),
  },
  responses: { 200: json(deskSession, 'Who you are now.') },
});

const who = deskRoute({
  method: 'get',
  path: '/session',
  tags,
  summary: 'Who you are, and the token that every change must bring',
  responses: { 200: json(deskSession, 'Who you are.') },
});

const logOut = deskRoute({
  method: 'delete',
  path: '/session',
  tags,
  summary: 'Log out',
  responses: { 204: { description: 'The login is over, here and at the proxy.' } },
});

const changePassword = deskRoute({
  method: 'put',
  path: '/password',
  tags,
  summary: 'Change your password; all other logins of the account end',
  request: {
    body: body(
      exactly<PasswordChange>()(z.strictObject({ current_password: password, password }).openapi('PasswordChange')),
      {
        current_password: 'three words and more',
        password: 'four words and some more',
      },
    ),
  },
  responses: { 200: json(deskSession, 'The new login.') },
});

/** Ways in, for who isn't yet. */
export function ways(deps: SessionDeps) {
  const { desk } = deps;
  return createRoutes()
    .openapi(logIn, async (c) => {
      checkCanKeep(c);
      const given = c.req.valid('json');
      const from = loginFrom(deps, c);
      const opened =
        'token' in given
          ? await desk.sessions.openOperator(given.token, from)
          : await desk.sessions.openOwner(given, from);
      return c.json(await enter(deps, c, opened), 200);
    })
    .openapi(accept, async (c) => {
      checkCanKeep(c);
      const { token, password } = c.req.valid('json');
      const { id } = await desk.accounts.accept(token, password);
      return c.json(await enter(deps, c, await desk.sessions.openInvited(id, loginFrom(deps, c))), 200);
    });
}

/** For who is in. */
export function session(deps: SessionDeps) {
  const { desk, shops } = deps;
  return createRoutes()
    .openapi(who, (c) => c.json(sessionOf(c.var.admin, shops, c.var.deskSession), 200))
    .openapi(logOut, async (c) => {
      const { deskSession: open, admin } = c.var;
      if (open) await desk.sessions.end(admin, open.id);
      clearDeskCookie(c);
      return c.body(null, 204);
    })
    .openapi(changePassword, async (c) => {
      const { deskSession: open } = c.var;
      if (!open?.email) throw new ChatError('invalid_request', 'Only accounts have a password.');
      const { current_password: current, password: next } = c.req.valid('json');
      return c.json(
        await enter(deps, c, await desk.sessions.changePassword(open, { current, next }, loginFrom(deps, c))),
        200,
      );
    });
}

/** The session before it ends: nobody goes on with one that somebody else may know. */
async function enter(
  { desk, shops }: SessionDeps,
  c: Context<HttpEnv>,
  opened: { secret: string; session: OpenSession },
) {
  const before = deskCookie(c);
  const last = before === undefined ? undefined : await desk.sessions.find(before);
  if (last) await desk.sessions.end(last.user, last.id);
  setDeskCookie(c, opened.secret, opened.session.expiresAt);
  return sessionOf(opened.session.user, shops, opened.session);
}

function sessionOf({ kind, shops: seen }: DeskUser, shops: Shops, open: OpenSession | undefined): DeskSession {
  const slugs = shops.all().map(({ slug }) => slug);
  return {
    role: kind,
    email: open?.email ?? null,
    shops: seen === '*' ? slugs : slugs.filter((slug) => seen.includes(slug)),
    csrf_token: open?.csrf ?? null,
    expires_at: open ? new Date(open.expiresAt).toISOString() : null,
  };
}

function loginFrom({ addresses }: SessionDeps, c: Context<HttpEnv>): Login {
  // No shop is called so: the address has a name of its own here.
  return { address: addresses.of(c.env.incoming, '/admin'), userAgent: c.req.header('user-agent') ?? '' };
}

/**
 * No page elsewhere logs somebody in as somebody else; and where a browser would throw the cookie away, it is said.
 * @throws ChatError
 */
function checkCanKeep(c: Context): void {
  checkOwnPage(c);
  const page = c.req.header('origin');
  if (page === undefined || !page.startsWith('http:')) return;
  if (/^http:\/\/(?:localhost|[\w-]+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(page)) return;
  throw new ChatError(
    'invalid_request',
    'Browsers keep this login over https only. Open the desk by https, or at http://localhost.',
  );
}
