import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Desk } from '../../admin/types.ts';
import { ChatError } from '../../errors.ts';
import type {
  DocumentForm,
  Documents,
  DocumentUpload,
  Knowledge,
  KnowledgeDocument,
  Passage,
} from '../../knowledge/types.ts';
import type { Shops } from '../../shops/types.ts';
import { mayShop } from '../admin/guard.ts';
import type { HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';
import { fewAtOnce } from '../middleware/few-at-once.ts';
import { readBody } from '../schemas.ts';

export interface AdminDocumentsDeps {
  shops: Shops;
  documents: Documents;
  knowledge: Knowledge;
  desk: Desk;
}

/** The largest document, and what a form writes around it. */
const MAX_BODY = 20 * 1024 * 1024 + 16 * 1024;
const MAX_JSON = 16 * 1024;
const FOUND = 5;
/** Of files that are being sent or wait to be read: each may hold its 20 MB. */
const MAX_UPLOADS = 8;

const change = z.strictObject({ shop: z.string().min(1).max(64), enabled: z.boolean() });
const syncRequest = z.strictObject({ shop: z.string().min(1).max(64) });

/**
 * For the owner: what the shop's assistant may answer from. A file is sent as the body, as it is, or in a form; a thread takes
 * the form apart, which would hold up everybody's answers here.
 */
export function adminDocuments({ shops, documents, knowledge, desk }: AdminDocumentsDeps) {
  function shopOf(c: Context<HttpEnv>, slug = c.req.query('shop')): string {
    if (slug === undefined || slug === '') throw new ChatError('invalid_request', 'Say of which shop: ?shop=…');
    return mayShop(c, shops, slug).slug;
  }

  function note(c: Context<HttpEnv>, shop: string, action: string, subject?: string): Promise<void> {
    return desk.audit.note(c.var.admin.who, { action: `document.${action}`, shop, ...(subject && { subject }) });
  }

  async function named(shop: string, id: string): Promise<KnowledgeDocument> {
    const found = await documents.get(shop, id);
    if (!found) throw new ChatError('not_found', `There is no document "${id.slice(0, 64)}" in ${shop}.`);
    return found;
  }

  const few = fewAtOnce({ limit: MAX_UPLOADS, message: 'Too many documents are being sent. Try again.' });

  return new Hono<HttpEnv>()
    .get('/', async (c) => {
      const shop = shopOf(c);
      const store = documents.store(shop);
      return c.json({ documents: (await documents.list(shop)).map(toWire), ...(store && { store }) });
    })
    .post('/', few, bodyLimit({ maxSize: MAX_BODY }), async (c) => {
      const shop = shopOf(c);
      const name = c.req.query('name');
      if (name === undefined ? !isForm(c) : !/^[^\p{Cc}]{1,200}$/u.test(name)) {
        throw new ChatError('invalid_request', 'Say what the file is called, with its ending: ?name=returns.pdf');
      }
      const upload = await uploadOf(c, { ...(name !== undefined && { name }), ...urlOf(c) });
      const document = await documents.add(shop, upload);
      // What a form's file is called is known when it has been read.
      await note(c, shop, 'added', document.source);
      return added(c, document);
    })
    .all('/', only('GET', 'POST'))
    .post('/sync', bodyLimit({ maxSize: MAX_JSON }), async (c) => {
      const { shop } = await readBody(c, syncRequest);
      const synced = await documents.sync(shopOf(c, shop));
      await note(c, shop, 'synced');
      return c.json(synced);
    })
    .all('/sync', only('POST'))
    .get('/search', async (c) => {
      const shop = shopOf(c);
      const found = await knowledge.search(shop, { query: c.req.query('q') ?? '', limit: FOUND }, c.req.raw.signal);
      return c.json({ passages: found.map(passageToWire) });
    })
    .all('/search', only('GET'))
    .get('/:id', async (c) => c.json(toWire(await named(shopOf(c), c.req.param('id')))))
    .put('/:id', few, bodyLimit({ maxSize: MAX_BODY }), async (c) => {
      const shop = shopOf(c);
      const { source, fetched, url } = await named(shop, c.req.param('id'));
      if (fetched)
        throw new ChatError('invalid_request', "The shop's settings name it; replace it where it is read from.");
      const kept = url === undefined ? {} : { url };
      const document = await documents.add(shop, await uploadOf(c, { name: source, ...kept, ...urlOf(c) }));
      await note(c, shop, 'replaced', source);
      return added(c, document);
    })
    .patch('/:id', bodyLimit({ maxSize: MAX_JSON }), async (c) => {
      const { shop, enabled } = await readBody(c, change);
      const changed = await documents.change(shopOf(c, shop), c.req.param('id'), { enabled });
      const document = changed ?? (await named(shop, c.req.param('id')));
      if (changed) await note(c, shop, enabled ? 'switched_on' : 'switched_off', document.source);
      return c.json(toWire(document));
    })
    .delete('/:id', async (c) => {
      const shop = shopOf(c);
      const { source } = await named(shop, c.req.param('id'));
      if (await documents.remove(shop, c.req.param('id'))) await note(c, shop, 'removed', source);
      return c.body(null, 204);
    })
    .all('/:id', only('GET', 'PUT', 'PATCH', 'DELETE'));
}

/** One that can't be read is answered with its reason, and kept with it. */
function added(c: Context, document: KnowledgeDocument) {
  return c.json(toWire(document), document.status === 'failed' ? 422 : 200);
}

function isForm(c: Context): boolean {
  return /^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '');
}

/** A form says itself what its file is called, unless the address does. */
async function uploadOf(
  c: Context,
  { name = '', ...rest }: { name?: string; url?: string },
): Promise<DocumentUpload | DocumentForm> {
  const contentType = c.req.header('content-type');
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  if (contentType !== undefined && isForm(c)) {
    return { form: bytes, contentType, ...(name !== '' && { name }), ...rest };
  }
  return { name, bytes, ...(contentType !== undefined && { contentType }), ...rest };
}

function urlOf(c: Context): { url?: string } {
  const url = c.req.query('url');
  if (url === undefined) return {};
  if (url.length > 2_000 || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new ChatError('invalid_request', '"url" must be an http(s) URL, where shoppers can read the document.');
  }
  return { url };
}

function toWire(document: KnowledgeDocument) {
  const { shop: _shop, addedAt, updatedAt, ...rest } = document;
  return { ...rest, added_at: new Date(addedAt).toISOString(), updated_at: new Date(updatedAt).toISOString() };
}

function passageToWire({ documentId, ...passage }: Passage) {
  return { ...passage, document_id: documentId };
}
