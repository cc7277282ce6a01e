import { z } from '@hono/zod-openapi';
import type { Audit } from '../../admin/types.ts';
import { cleanText } from '../../clean-text.ts';
import { ChatError } from '../../errors.ts';
import type { AnswerNoteRequest } from '../../protocol/admin/index.ts';
import type { Shops } from '../../shops/types.ts';
import type { Storage } from '../../storage/types.ts';
import { exactly } from '../openapi/exactly.ts';
import { mayShop } from './guard.ts';
import { body, createRoutes, deskRoute, ofShop } from './routes.ts';

const MAX_NOTE = 2_000;

const answerNote = exactly<AnswerNoteRequest>()(
  z
    .strictObject({ wrong: z.boolean(), note: z.string().max(MAX_NOTE, `must be ${MAX_NOTE} characters at most`) })
    .openapi('AnswerNoteRequest'),
);

const put = deskRoute({
  method: 'put',
  path: '/{id}/note',
  tags: ['Conversations'],
  summary: 'Mark an answer as wrong, and say why',
  description: 'In place of the note before; neither wrong nor a word takes it back.',
  request: {
    params: z.object({
      id: z
        .string()
        .max(64)
        .openapi({ param: { name: 'id', in: 'path' }, example: 'msg_…' }),
    }),
    query: ofShop,
    body: body(answerNote, { wrong: true, note: 'Delivery takes five days, not two.' }),
  },
  responses: { 204: { description: 'It is noted.' } },
});

export interface AnswerNotesDeps {
  shops: Shops;
  storage: Storage;
  desk: { audit: Audit };
  now: () => number;
}

/** What the owner says of single answers. The shopper doesn't hear of it. */
export function answerNotes({ shops, storage, desk, now }: AnswerNotesDeps) {
  return createRoutes().openapi(put, async (c) => {
    const { shop } = c.req.valid('query');
    const { id: messageId } = c.req.valid('param');
    const { wrong, note: written } = c.req.valid('json');
    mayShop(c, shops, shop);
    const note = cleanText(written, MAX_NOTE).trim();
    const { who } = c.var.admin;
    if (!(await storage.noteAnswer({ shop, messageId, wrong, note, writtenBy: who, updatedAt: now() }))) {
      throw new ChatError('message_not_found', 'There is no such answer in this shop.');
    }
    await desk.audit.note(who, { action: 'answer.noted', shop, subject: messageId, after: { wrong, note } });
    return c.body(null, 204);
  });
}
