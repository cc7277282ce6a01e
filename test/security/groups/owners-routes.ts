/** What belongs to the owner and to the shop's own system: reading a catalogue now, and WooCommerce's webhooks. */
import { createHmac } from 'node:crypto';
import type { Clerk } from '../clerk.ts';
import type { Findings } from '../findings.ts';

export const ADMIN_TOKEN = 'the-admin-token-of-the-suite-4f1c9a7e03';
export const WEBHOOK_SECRET = 'the-webhook-secret-of-pets-51d0b2';

const CHANGED = JSON.stringify({ id: 1, name: 'Bed', status: 'publish' });
const HOOK = '/api/webhooks/woocommerce/pets';

const DOCUMENTS = '/api/admin/documents';
const DOCUMENT_ROUTES: readonly [method: string, path: string, json?: object][] = [
  ['GET', `${DOCUMENTS}?shop=pets`],
  ['POST', `${DOCUMENTS}?shop=pets&name=a.md`, { forged: true }],
  ['POST', `${DOCUMENTS}/sync`, { shop: 'pets' }],
  ['GET', `${DOCUMENTS}/search?shop=pets&q=returns&token=${ADMIN_TOKEN}`],
  ['GET', `${DOCUMENTS}/doc_none?shop=pets`],
  ['PUT', `${DOCUMENTS}/doc_none?shop=pets`, { forged: true }],
  ['PATCH', `${DOCUMENTS}/doc_none`, { shop: 'pets', enabled: false }],
  ['DELETE', `${DOCUMENTS}/doc_none?shop=pets`],
];

/** Files that do harm to who reads them in good faith, and a good one, which has to pass beside them. */
const POISONED: Record<string, string> = {
  'a PDF that is none': '%PDF-1.7 and nothing of the sort',
  'a zip that is no document': 'PK\u0003\u0004 and nothing of the sort',
  'bytes that are no text': '\u0000\u0001\u0002\u0003'.repeat(1_000),
  'tags without an end': '<div>'.repeat(50_000),
  'nothing but beginnings of marks': '[[doc:'.repeat(20_000),
};

/** @param visitor a visitor's good token @param forged headers of which none is the owner's */
export async function ownersRoutes(
  findings: Findings,
  clerk: Clerk,
  visitor: string,
  forged: Record<string, Record<string, string>>,
): Promise<number> {
  const near: Record<string, Record<string, string>> = {
    "a visitor's token": { authorization: `Bearer ${visitor}` },
    'half of the admin token': { authorization: `Bearer ${ADMIN_TOKEN.slice(0, 20)}` },
    'more than the admin token': { authorization: `Bearer ${ADMIN_TOKEN}x` },
    'the admin token in capitals': { authorization: `Bearer ${ADMIN_TOKEN.toUpperCase()}` },
    'the admin token without its scheme': { authorization: ADMIN_TOKEN },
    'the admin token elsewhere': { 'x-admin-token': ADMIN_TOKEN, cookie: `token=${ADMIN_TOKEN}` },
  };
  for (const [name, headers] of Object.entries({ ...forged, ...near })) {
    for (const path of ['/api/sync', `/api/sync?token=${ADMIN_TOKEN}`]) {
      const { status } = await clerk.call('POST', path, { headers, json: { shop: 'pets' } });
      findings.attempt(`${name}: POST ${path.slice(0, 16)} → ${status}`, status !== 401);
    }
    for (const [method, path, json] of DOCUMENT_ROUTES) {
      const { status } = await clerk.call(method, path, { headers, ...(json && { json }) });
      findings.attempt(`${name}: ${method} ${path} → ${status}`, status !== 401);
    }
    for (const path of ['/metrics', `/metrics?token=${ADMIN_TOKEN}`]) {
      const { status } = await clerk.call('GET', path, { headers });
      findings.attempt(`${name}: GET ${path.slice(0, 16)} → ${status}`, status !== 401);
    }
  }
  // What opens the owner's door opens no shopper's.
  for (const path of ['/api/threads', '/api/visitor']) {
    const { status } = await clerk.call('GET', path, { token: ADMIN_TOKEN });
    findings.attempt(`the admin token: GET ${path} → ${status}`, status !== 401);
  }

  const good = signature(WEBHOOK_SECRET, CHANGED);
  const signatures: Record<string, string | undefined> = {
    none: undefined,
    'an empty one': '',
    'one by an empty secret': signature('', CHANGED),
    'one by another secret': signature('the-webhook-secret-of-books', CHANGED),
    'one of another body': signature(WEBHOOK_SECRET, CHANGED.replace('Bed', 'Bad')),
    'one in hex': createHmac('sha256', WEBHOOK_SECRET).update(CHANGED).digest('hex'),
    'half of it': good.slice(0, 20),
    'more than it': `AAAA${good}`,
    'one by SHA-1': createHmac('sha1', WEBHOOK_SECRET).update(CHANGED).digest('base64'),
    'the secret itself': WEBHOOK_SECRET,
  };
  const send = (path: string, given: string | undefined) =>
    clerk.call('POST', path, {
      body: CHANGED,
      headers: {
        'content-type': 'application/json',
        'x-wc-webhook-topic': 'product.updated',
        ...(given !== undefined && { 'x-wc-webhook-signature': given }),
      },
    });
  for (const [name, given] of Object.entries(signatures)) {
    const { status } = await send(HOOK, given);
    findings.attempt(`a webhook with ${name} → ${status}`, status < 400);
  }
  // A shop without a secret takes none, however it is signed.
  for (const given of [undefined, '', signature('', CHANGED), good]) {
    const { status } = await send('/api/webhooks/woocommerce/plain', given);
    findings.attempt(`a webhook of a shop without a secret → ${status}`, status < 400);
  }

  // Who holds the token may send what they were sent by others.
  const owner = { authorization: `Bearer ${ADMIN_TOKEN}` };
  for (const [name, body] of Object.entries(POISONED)) {
    const path = `${DOCUMENTS}?shop=pets&name=${name.includes('PDF') ? 'a.pdf' : name.includes('zip') ? 'a.docx' : 'a.html'}`;
    const { status } = await clerk.call('POST', path, { headers: owner, body });
    findings.attempt(`${name} → ${status}`, status !== 422 && status !== 200);
    findings.attempt(`${name}: the proxy died`, !clerk.isAlive);
  }
  const taken = await clerk.call('POST', `${DOCUMENTS}?shop=pets&name=good.md`, {
    headers: owner,
    body: 'Open daily.',
  });
  if (taken.status !== 200) throw new Error('A good document is refused: nothing above means anything.');

  const synced = await clerk.call('POST', '/api/sync', { token: ADMIN_TOKEN, json: { shop: 'pets' } });
  const hooked = await send(HOOK, good);
  if (synced.status !== 200 || hooked.status !== 200)
    throw new Error('The owner is refused: nothing above means anything.');
  return Object.keys(forged).length + Object.keys(near).length + Object.keys(signatures).length;
}

function signature(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}
