/** The routes of a shop's documents. Files come as they are, so they are not made of schemas, but described by them. */
import { z, type RouteConfig } from '@hono/zod-openapi';
import type {
  DeskDocument,
  DeskDocuments,
  DeskDocumentStore,
  DeskPassage,
  DeskPassages,
} from '../../protocol/admin/index.ts';
import { body, DESK_SECURITY, json, ofShop, time } from '../admin/routes.ts';
import { exactly } from './exactly.ts';

const store = exactly<DeskDocumentStore>()(
  z.object({ state: z.enum(['waiting', 'ready', 'failed']), error: z.string().nullable() }),
);

const document = exactly<DeskDocument>()(
  z
    .object({
      id: z.string(),
      title: z.string(),
      source: z.string(),
      fetched: z.boolean(),
      kind: z.enum(['pdf', 'docx', 'markdown', 'html', 'text', 'csv']),
      url: z.string().exactOptional(),
      lang: z.string().exactOptional(),
      enabled: z.boolean(),
      status: z.enum(['waiting', 'ready', 'failed']),
      error: z.string().nullable(),
      bytes: z.int(),
      pages: z.int().nullable(),
      chunks: z.int(),
      added_at: time,
      updated_at: time,
      store: store.exactOptional(),
    })
    .openapi('Document'),
);

const passage = exactly<DeskPassage>()(
  z.object({
    id: z.int(),
    document_id: z.string(),
    title: z.string(),
    section: z.string(),
    text: z.string(),
    url: z.string().exactOptional(),
    lang: z.string().exactOptional(),
  }),
);

const synced = z
  .object({
    added: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    removed: z.int(),
    failed: z.array(z.object({ source: z.string(), error: z.string() })),
    stored: z.object({ sent: z.int(), deleted: z.int(), error: z.string().exactOptional() }).exactOptional(),
  })
  .openapi('DocumentsSync');

const params = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'doc_…' }) });
const name = z.string().optional().openapi({
  example: 'returns.md',
  description: 'What the file is called, with its ending; a form may say it itself.',
});
const url = z
  .string()
  .optional()
  .openapi({ example: 'https://pets.example/returns', description: 'Where shoppers read it.' });
const example = '# Returns\n\nWithin 30 days.';
const form = z.object({
  file: z.string().openapi({ format: 'binary' }),
  name: z.string().exactOptional(),
  url: z.string().exactOptional(),
});
const file = {
  body: {
    required: true,
    description: 'The file itself, 20 MB at most, or a form with it.',
    content: {
      'text/markdown': { schema: z.string(), example },
      'multipart/form-data': { schema: form, example: { file: example, name: 'returns.md' } },
    },
  },
};
const read = {
  200: json(document, 'It was read.'),
  422: json(document, 'It is kept, with why it can’t be read.'),
};
const shared = { tags: ['Documents'], security: DESK_SECURITY };

export const documentRoutes: readonly RouteConfig[] = [
  {
    ...shared,
    method: 'get',
    path: '/api/admin/documents',
    summary: 'What a shop’s assistant answers from',
    request: { query: ofShop },
    responses: {
      200: json(
        exactly<DeskDocuments>()(z.object({ documents: z.array(document), store: store.exactOptional() })),
        'In the order in which they came, and how the vector store of a shop that has one is.',
      ),
    },
  },
  {
    ...shared,
    method: 'post',
    path: '/api/admin/documents',
    summary: 'Add a document, or replace the one of this name',
    request: { query: ofShop.extend({ name, url }), ...file },
    responses: read,
  },
  {
    ...shared,
    method: 'post',
    path: '/api/admin/documents/sync',
    summary: 'Fetch anew what the shop’s settings name',
    request: { body: body(z.strictObject({ shop: z.string() }), { shop: 'pets' }) },
    responses: { 200: json(synced, 'What has changed.') },
  },
  {
    ...shared,
    method: 'get',
    path: '/api/admin/documents/search',
    summary: 'Try a question',
    request: { query: ofShop.extend({ q: z.string().openapi({ example: 'returns' }) }) },
    responses: { 200: json(exactly<DeskPassages>()(z.object({ passages: z.array(passage) })), 'Best first.') },
  },
  {
    ...shared,
    method: 'get',
    path: '/api/admin/documents/{id}',
    summary: 'A document',
    request: { params, query: ofShop },
    responses: { 200: json(document, 'As it is now.') },
  },
  {
    ...shared,
    method: 'put',
    path: '/api/admin/documents/{id}',
    summary: 'Replace a document',
    request: { params, query: ofShop.extend({ url }), ...file },
    responses: read,
  },
  {
    ...shared,
    method: 'patch',
    path: '/api/admin/documents/{id}',
    summary: 'Have a document used or not',
    request: {
      params,
      body: body(z.strictObject({ shop: z.string(), enabled: z.boolean() }), { shop: 'pets', enabled: false }),
    },
    responses: { 200: json(document, 'As it is now.') },
  },
  {
    ...shared,
    method: 'delete',
    path: '/api/admin/documents/{id}',
    summary: 'Remove a document',
    request: { params, query: ofShop },
    responses: { 204: { description: 'It is gone.' } },
  },
];
