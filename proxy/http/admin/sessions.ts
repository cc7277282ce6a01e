import { z } from '@hono/zod-openapi';
import type { Desk, DeskSessionInfo } from '../../admin/types.ts';
import { ChatError } from '../../errors.ts';
import type { DeskSessions } from '../../protocol/admin/index.ts';
import { exactly } from '../openapi/exactly.ts';
import { createRoutes, deskRoute, json, time } from './routes.ts';

const deskSessions = exactly<DeskSessions>()(
  z
    .object({
      sessions: z.array(
        z.object({
          session_id: z.string(),
          role: z.enum(['operator', 'owner']),
          email: z.string().nullable(),
          created_at: time,
          seen_at: time,
          expires_at: time,
          user_agent: z.string(),
          current: z.boolean(),
        }),
      ),
    })
    .openapi('DeskSessions'),
);

const id = z.object({
  id: z
    .string()
    .max(64)
    .openapi({ param: { name: 'id', in: 'path' }, example: 'ses_…' }),
});
const tags = ['Login'];

const list = deskRoute({
  method: 'get',
  path: '/',
  tags,
  summary: 'Your logins that are still good; for the operator, everybody’s',
  responses: { 200: json(deskSessions, 'Newest first.') },
});

const end = deskRoute({
  method: 'delete',
  path: '/{id}',
  tags,
  summary: 'End one of them',
  request: { params: id },
  responses: { 204: { description: 'It is over.' } },
});

export function sessions({ desk }: { desk: Desk }) {
  return createRoutes()
    .openapi(list, async (c) => {
      const current = c.var.deskSession?.id;
      const open = await desk.sessions.list(c.var.admin);
      return c.json(
        { sessions: open.map((session) => ({ ...toWire(session), current: session.id === current })) },
        200,
      );
    })
    .openapi(end, async (c) => {
      if (!(await desk.sessions.end(c.var.admin, c.req.valid('param').id))) {
        throw new ChatError('not_found', 'There is no such login.');
      }
      return c.body(null, 204);
    });
}

function toWire({ id, kind, email, createdAt, seenAt, expiresAt, userAgent }: DeskSessionInfo) {
  return {
    session_id: id,
    role: kind,
    email,
    created_at: new Date(createdAt).toISOString(),
    seen_at: new Date(seenAt).toISOString(),
    expires_at: new Date(expiresAt).toISOString(),
    user_agent: userAgent,
  };
}
