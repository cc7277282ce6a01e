import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Audit } from '../../admin/types.ts';
import type { Catalog } from '../../catalog/types.ts';
import type { TurnRunner } from '../../chat/types.ts';
import { ChatError } from '../../errors.ts';
import type { Conversation } from '../../protocol/admin/index.ts';
import type { Shops } from '../../shops/types.ts';
import type { ConversationCursor, Reports, Storage } from '../../storage/types.ts';
import type { HttpEnv } from '../env.ts';
import { soughtIn } from '../thread-search.ts';
import { conversationAnswer, conversationFilter, conversationPage } from './conversation-schema.ts';
import { conversationCsv, conversationToWire, itemToWire } from './conversation-view.ts';
import { mayShop } from './guard.ts';
import { attachment, csvType, day, iso, NO_CURSOR } from './ranges.ts';
import { createRoutes, deskRoute, json, ofShop } from './routes.ts';

const tags = ['Conversations'];
const params = z.object({
  id: z
    .string()
    .max(64)
    .openapi({ param: { name: 'id', in: 'path' }, example: 'thr_…' }),
});

const list = deskRoute({
  method: 'get',
  path: '/',
  tags,
  summary: 'Conversations of a shop',
  description:
    'With q, those with all its words in the title or in one message. A search looks through some ten thousand messages at a ' +
    'time: it may have found little and still go on with next_cursor.',
  request: {
    query: ofShop.extend({
      q: z.string().max(100).optional().openapi({ example: 'puppy' }),
      filter: conversationFilter.optional().openapi({ example: 'error' }),
      from: day.optional().openapi({ description: 'Last touched on this day (UTC) or later.' }),
      to: day.optional().openapi({ description: 'The same, or earlier.' }),
      cursor: z
        .string()
        .regex(/^\d{1,15}\.[\w-]{1,64}$/, NO_CURSOR)
        .optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30).openapi({ example: 30 }),
    }),
  },
  responses: { 200: json(conversationPage, 'Last touched first.') },
});

const one = deskRoute({
  method: 'get',
  path: '/{id}',
  tags,
  summary: 'All that was said, found, called and paid in a conversation',
  description: 'Cards as they were shown; products as they are today. The newest 500 questions.',
  request: { params, query: ofShop },
  responses: { 200: json(conversationAnswer, 'Oldest question first.') },
});

const exported = deskRoute({
  method: 'get',
  path: '/{id}/export',
  tags,
  summary: 'A conversation as a file',
  request: {
    params,
    query: ofShop.extend({ format: z.enum(['json', 'csv']).default('json').openapi({ example: 'json' }) }),
  },
  responses: {
    200: {
      description: 'The same as above, or a line for each message.',
      content: { ...json(conversationAnswer, '').content, 'text/csv': { schema: z.string() } },
    },
  },
});

const remove = deskRoute({
  method: 'delete',
  path: '/{id}',
  tags,
  summary: 'Delete a conversation',
  description:
    'With its messages, ratings, notes and gaps, as when the shopper deletes it; an answer that is under way is stopped. What ' +
    'it cost and the figures it counted in stay, and name nobody.',
  request: { params, query: ofShop },
  responses: { 204: { description: 'It is gone.' } },
});

export interface ConversationsDeps {
  shops: Shops;
  reports: Reports;
  catalog: Catalog;
  storage: Storage;
  turns: TurnRunner;
  desk: { audit: Audit };
}

export function conversations({ shops, reports, catalog, storage, turns, desk }: ConversationsDeps) {
  async function read(c: Context<HttpEnv>, slug: string, threadId: string): Promise<Conversation> {
    const shop = mayShop(c, shops, slug);
    const found = await reports.read('conversation', { shop: slug, threadId }, c.req.raw.signal);
    if (!found) throw noConversation();
    return conversationToWire(found, { shop, catalog });
  }

  return createRoutes()
    .openapi(list, async (c) => {
      const { shop, q, cursor, filter, from, to, limit } = c.req.valid('query');
      mayShop(c, shops, shop);
      const words = soughtIn(q ?? '') ?? [];
      const query = {
        shop,
        words,
        limit,
        ...(filter && { filter }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(cursor !== undefined && { after: cursorOf(cursor) }),
      };
      const { conversations, next } = await reports.read('conversations', query, c.req.raw.signal);
      const listed = conversations.map((summary) => itemToWire(summary, words));
      return c.json(
        {
          conversations: listed,
          next_cursor: next && `${next.updatedAt}.${next.id}`,
          looked_back_to: next && iso(next.updatedAt),
        },
        200,
      );
    })
    .openapi(one, async (c) => c.json(await read(c, c.req.valid('query').shop, c.req.valid('param').id), 200))
    .openapi(exported, async (c) => {
      const { shop, format } = c.req.valid('query');
      const conversation = await read(c, shop, c.req.valid('param').id);
      const name = `conversation-${conversation.thread_id}.${format}`;
      if (format === 'csv') {
        return c.body(conversationCsv(conversation), 200, { 'Content-Type': csvType, ...attachment(name) });
      }
      return c.json(conversation, 200, attachment(name));
    })
    .openapi(remove, async (c) => {
      const { shop } = c.req.valid('query');
      mayShop(c, shops, shop);
      const thread = await storage.threadInShop(shop, c.req.valid('param').id);
      if (!thread) throw noConversation();
      await turns.stopThread(thread.id);
      await storage.deleteThread(shop, thread.visitorId, thread.id);
      await desk.audit.note(c.var.admin.who, { action: 'conversation.deleted', shop, subject: thread.id });
      return c.body(null, 204);
    });
}

function cursorOf(cursor: string): ConversationCursor {
  const at = cursor.indexOf('.');
  return { updatedAt: Number(cursor.slice(0, at)), id: cursor.slice(at + 1) };
}

function noConversation(): ChatError {
  return new ChatError('thread_not_found', 'There is no such conversation in this shop.');
}
