/** The routes that shoppers' widgets ask, described beside the code that serves them: tests hold every answer to it. */
import { z, type RouteConfig } from '@hono/zod-openapi';
import { body, json } from '../admin/routes.ts';
import {
  additionRequest,
  chatRequest,
  contactRequest,
  feedbackRequest,
  sessionRequest,
  threadChange,
  toolResult,
} from '../schemas.ts';
import {
  chatResponse,
  contactResponse,
  productsResponse,
  sessionResponse,
  shopSettings,
  startedTurn,
  thread,
  threadExport,
  threadList,
  threadSummary,
  turnEvents,
  visitorExport,
} from './answers.ts';

const VISITOR: NonNullable<RouteConfig['security']> = [{ visitorToken: [] }];

const id = (example: string) => z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example }) });
const locale = z.string().optional().openapi({ example: 'en', description: 'BCP 47; the shop’s own otherwise.' });
const stream = { 'text/event-stream': { schema: z.string().openapi({ description: 'Events: docs/protocol.md.' }) } };
const done = { 204: { description: 'Done.' } };
const question = {
  message: 'Food for a puppy?',
  thread_id: null,
  client_message_id: 'made-by-the-sender-1',
};

const session: RouteConfig[] = [
  {
    method: 'post',
    path: '/api/session',
    tags: ['Visitors'],
    security: [{}, ...VISITOR],
    summary: 'A token for a visitor',
    description: 'Send the token of before along to stay the same visitor.',
    request: { body: body(sessionRequest, { shop: 'pets' }) },
    responses: { 200: json(sessionResponse, 'The token, and what the panel has to know of the shop.') },
  },
  {
    method: 'get',
    path: '/api/shops/{slug}',
    tags: ['Visitors'],
    security: [],
    summary: 'What the panel is drawn with, before anything of the shopper is sent',
    request: {
      params: z.object({ slug: z.string().openapi({ param: { name: 'slug', in: 'path' }, example: 'pets' }) }),
      query: z.object({
        preview: z.string().optional().openapi({ description: 'From the desk: as a draft has it.' }),
      }),
    },
    responses: { 200: json(shopSettings, 'Nothing in it is secret.') },
  },
  {
    method: 'get',
    path: '/api/visitor',
    tags: ['Visitors'],
    security: VISITOR,
    summary: 'All that is kept of the visitor',
    responses: { 200: json(visitorExport, 'To keep.') },
  },
  {
    method: 'delete',
    path: '/api/visitor',
    tags: ['Visitors'],
    security: VISITOR,
    summary: 'Remove all that is kept of the visitor',
    responses: done,
  },
];

const chat: RouteConfig[] = [
  {
    method: 'post',
    path: '/api/chat/stream',
    tags: ['Chat'],
    security: VISITOR,
    summary: 'Ask, and follow the answer as a stream',
    description: 'With `Accept: application/json` it is begun and named only, to be polled.',
    request: { body: body(chatRequest, question) },
    responses: {
      200: { description: 'The turn’s events.', content: stream },
      202: json(startedTurn, 'The turn that was begun.'),
    },
  },
  {
    method: 'post',
    path: '/api/chat',
    tags: ['Chat'],
    security: VISITOR,
    summary: 'Ask, and get the answer whole',
    request: { body: body(chatRequest, { ...question, client_message_id: 'made-by-the-sender-2' }) },
    responses: { 200: json(chatResponse, 'When it has ended.') },
  },
  {
    method: 'get',
    path: '/api/turns/{id}/events',
    tags: ['Chat'],
    security: VISITOR,
    summary: 'Go on with a turn: its events after one',
    request: {
      params: id('trn_…'),
      query: z.object({
        after: z.string().optional().openapi({ example: '0' }),
        wait: z.string().optional().openapi({ example: '0', description: 'Seconds, 20 at most; for polls.' }),
      }),
      headers: z.object({
        'Last-Event-ID': z.string().optional().openapi({ description: 'Of the last event read; goes before `after`.' }),
      }),
    },
    responses: {
      200: {
        ...json(turnEvents, 'To who asks for JSON; a stream otherwise.'),
        content: {
          'application/json': { schema: turnEvents },
          ...stream,
        },
      },
    },
  },
  {
    method: 'post',
    path: '/api/turns/{id}/cancel',
    tags: ['Chat'],
    security: VISITOR,
    summary: 'Stop a turn',
    request: { params: id('trn_…') },
    responses: done,
  },
  {
    method: 'post',
    path: '/api/turns/{id}/tool-results',
    tags: ['Chat'],
    security: VISITOR,
    summary: 'What became of an act in the page',
    request: { params: id('trn_…'), body: body(toolResult, { call_id: 'call_1', result: { ok: true } }) },
    responses: done,
  },
  {
    method: 'post',
    path: '/api/messages/{id}/feedback',
    tags: ['Chat'],
    security: VISITOR,
    summary: 'What the shopper thinks of an answer',
    request: { params: id('msg_…'), body: body(feedbackRequest, { rating: 'down', reason: 'wrong' }) },
    responses: done,
  },
  {
    method: 'post',
    path: '/api/messages/{id}/additions',
    tags: ['Chat'],
    security: VISITOR,
    summary: 'Note that a product of an answer’s cards went into the cart',
    request: {
      params: id('msg_…'),
      body: body(additionRequest, { addition_id: 'made-by-the-sender-4', product_id: 1, quantity: 2 }),
    },
    responses: done,
  },
  {
    method: 'get',
    path: '/api/products',
    tags: ['Chat'],
    security: VISITOR,
    summary: 'The cards of today',
    request: { query: z.object({ ids: z.string().openapi({ example: '1,2' }), locale }) },
    responses: { 200: json(productsResponse, 'Those that are still there.') },
  },
  {
    method: 'post',
    path: '/api/contact',
    tags: ['Chat'],
    security: VISITOR,
    summary: 'Write to the people of the shop',
    request: {
      body: body(contactRequest, {
        client_message_id: 'made-by-the-sender-3',
        email: 'dana@home.example',
        message: 'Is the blue bed coming back?',
      }),
    },
    responses: { 201: json(contactResponse, 'It is kept, and on its way.') },
  },
];

const threads: RouteConfig[] = [
  {
    method: 'get',
    path: '/api/threads',
    tags: ['Conversations'],
    security: VISITOR,
    summary: 'The visitor’s conversations',
    request: { query: z.object({ q: z.string().optional().openapi({ example: 'puppy' }) }) },
    responses: { 200: json(threadList, 'Newest first.') },
  },
  {
    method: 'get',
    path: '/api/threads/{id}',
    tags: ['Conversations'],
    security: VISITOR,
    summary: 'A conversation, with its cards as of today',
    request: { params: id('thr_…'), query: z.object({ locale }) },
    responses: { 200: json(thread, 'With all its messages.') },
  },
  {
    method: 'patch',
    path: '/api/threads/{id}',
    tags: ['Conversations'],
    security: VISITOR,
    summary: 'Rename a conversation',
    request: { params: id('thr_…'), body: body(threadChange, { title: 'Puppy food' }) },
    responses: { 200: json(threadSummary, 'As it is now.') },
  },
  {
    method: 'get',
    path: '/api/threads/{id}/export',
    tags: ['Conversations'],
    security: VISITOR,
    summary: 'A conversation to keep',
    request: { params: id('thr_…'), query: z.object({ locale }) },
    responses: { 200: json(threadExport, 'Also what was replaced.') },
  },
  {
    method: 'delete',
    path: '/api/threads/{id}',
    tags: ['Conversations'],
    security: VISITOR,
    summary: 'Delete a conversation',
    request: { params: id('thr_…') },
    responses: done,
  },
];

export const publicRoutes: readonly RouteConfig[] = [...session, ...chat, ...threads];
