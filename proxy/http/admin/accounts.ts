import { z } from '@hono/zod-openapi';
import type { Desk, DeskAccount, Invitation } from '../../admin/types.ts';
import { ChatError } from '../../errors.ts';
import type { Account, AccountChange, Accounts, InvitedAccount, NewAccount } from '../../protocol/admin/index.ts';
import type { Shops } from '../../shops/types.ts';
import { exactly } from '../openapi/exactly.ts';
import { mayShop, operatorsOnly } from './guard.ts';
import { body, createRoutes, deskRoute, json, slug, time } from './routes.ts';

const account = exactly<Account>()(
  z
    .object({
      account_id: z.string(),
      email: z.string(),
      shops: z.array(z.string()),
      status: z.enum(['invited', 'active', 'locked']),
      created_at: time,
      last_login_at: time.nullable(),
      invitation_expires_at: time.nullable(),
    })
    .openapi('Account'),
);
const accountList = exactly<Accounts>()(z.object({ accounts: z.array(account) }).openapi('Accounts'));
const invited = exactly<InvitedAccount>()(
  z.object({ account, invitation: z.object({ path: z.string(), expires_at: time }) }).openapi('InvitedAccount'),
);

const itsShops = z.array(slug).min(1).max(1_000);
const newAccount = exactly<NewAccount>()(
  z.strictObject({ email: z.string().min(1).max(200), shops: itsShops }).openapi('NewAccount'),
);
const accountChange = exactly<AccountChange>()(z.strictObject({ shops: itsShops }).openapi('AccountChange'));
const params = z.object({
  id: z
    .string()
    .max(64)
    .openapi({ param: { name: 'id', in: 'path' }, example: 'acc_…' }),
});
const tags = ['Accounts'];

const list = deskRoute({
  method: 'get',
  path: '/',
  tags,
  summary: 'The accounts of shops’ owners',
  responses: { 200: json(accountList, 'By address.') },
});

const add = deskRoute({
  method: 'post',
  path: '/',
  tags,
  summary: 'Add an account',
  description: 'Nothing is sent: the link to set a password is in the answer, once, for you to hand on.',
  request: { body: body(newAccount, { email: 'owner@pets.example', shops: ['pets'] }) },
  responses: { 201: json(invited, 'The account, and the way in.') },
});

const change = deskRoute({
  method: 'patch',
  path: '/{id}',
  tags,
  summary: 'Say which shops an account sees',
  request: { params, body: body(accountChange, { shops: ['pets'] }) },
  responses: { 200: json(account, 'As it is now.') },
});

const reset = deskRoute({
  method: 'post',
  path: '/{id}/reset',
  tags,
  summary: 'Take an account’s password away, end its logins, and invite it anew',
  request: { params },
  responses: { 200: json(invited, 'The account, and the new way in.') },
});

const remove = deskRoute({
  method: 'delete',
  path: '/{id}',
  tags,
  summary: 'Remove an account and end its logins',
  request: { params },
  responses: { 204: { description: 'It is gone.' } },
});

/** For the operator. */
export function accounts({ desk, shops }: { desk: Desk; shops: Shops }) {
  const routes = createRoutes();
  routes.use(operatorsOnly);
  return routes
    .openapi(list, async (c) => c.json({ accounts: (await desk.accounts.list()).map(toWire) }, 200))
    .openapi(add, async (c) => {
      const wanted = c.req.valid('json');
      for (const slug of wanted.shops) mayShop(c, shops, slug);
      return c.json(invitationToWire(await desk.accounts.add(c.var.admin.who, wanted)), 201);
    })
    .openapi(change, async (c) => {
      const wanted = c.req.valid('json');
      for (const slug of wanted.shops) mayShop(c, shops, slug);
      return c.json(toWire(there(await desk.accounts.change(c.var.admin.who, c.req.valid('param').id, wanted))), 200);
    })
    .openapi(reset, async (c) => {
      return c.json(invitationToWire(there(await desk.accounts.reset(c.var.admin.who, c.req.valid('param').id))), 200);
    })
    .openapi(remove, async (c) => {
      there(await desk.accounts.remove(c.var.admin.who, c.req.valid('param').id));
      return c.body(null, 204);
    });
}

function there<T>(found: T | undefined): T {
  if (found === undefined) throw new ChatError('not_found', 'There is no such account.');
  return found;
}

function toWire({ id, email, shops, status, createdAt, lastLoginAt, invitationExpiresAt }: DeskAccount): Account {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    account_id: id,
    email,
    shops,
    status,
    created_at: new Date(createdAt).toISOString(),
    last_login_at: iso(lastLoginAt),
    invitation_expires_at: iso(invitationExpiresAt),
  };
}

/** In the fragment, which browsers send to nobody: it gets into no log of a server. */
function invitationToWire({ account, secret, expiresAt }: Invitation): InvitedAccount {
  const invitation = { path: `/admin/#/invitation/${secret}`, expires_at: new Date(expiresAt).toISOString() };
  return { account: toWire(account), invitation };
}
