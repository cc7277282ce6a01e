/** What is in the log of changes: asked of every route that /openapi.json knows, so that a new one has to say which it is. */
import { expect, test } from 'vitest';
import type { ApiDocument } from '../../../fixtures/desk-routes.ts';
import type { ChatResponse } from '../../../../proxy/protocol/index.ts';
import { answer, toolCall } from '../../../fakes/fake-openai.ts';
import { message } from '../served.ts';
import { adminToken, password, serveDesk } from './desk.ts';

/** They change nothing that others see: what one is writing, what one asks, one's own way out. */
const NOT_NOTED = [
  'DELETE /api/admin/session',
  'PUT /api/admin/settings/draft',
  'POST /api/admin/settings/preview',
  'POST /api/admin/playground',
];

test('every route that changes something is in the log of changes', async () => {
  const wheel = toolCall('search_products', { synonyms: [], category: null, options: [], query: 'hamster wheel' });
  const desk = await serveDesk({}, [wheel, answer('We have none.')]);
  const operator = async <T>(method: string, path: string, json?: object) => {
    const { status, body } = await desk.operator<T>(method, path, json === undefined ? {} : { json });
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  const { body: document } = await desk.api<ApiDocument>('GET', '/openapi.json');
  const { token } = await desk.session();
  const said = await desk.api<ChatResponse>('POST', '/api/chat', { token, json: message('A hamster wheel?') });
  const dana = await desk.owner(['pets']);
  const lea = await desk.invite('lea@pets.example', ['pets']);
  const ofLea = `/accounts/${lea.account.account_id}`;
  const upload = (method: string, path: string) =>
    desk.operator<{ id: string }>(method, path, { body: `# ${method}\n\nThirty days.` });
  const { id: document1 } = (await upload('POST', '/documents?shop=pets&name=a.md')).body;
  const draft = async (greeting: string) => {
    const path = '/settings/draft?shop=pets';
    const changes = { greeting: { en: greeting } };
    return (await operator<{ draft: { revision: number } }>('PUT', path, { changes })).draft.revision;
  };
  const publish = async (over: number) =>
    operator('POST', '/settings/publish?shop=pets', { revision: await draft(`Hi ${over}`), over });
  await publish(0);
  const gap = { kind: 'not_sold', key: 'hamster wheel', done: true };

  const acts: Record<string, { act: () => Promise<unknown>; action: string }> = {
    'POST /api/admin/session': { act: () => desk.logIn({ token: adminToken }), action: 'session.opened' },
    'POST /api/admin/invitations/accept': {
      act: () => desk.browser()('POST', '/invitations/accept', { json: { token: lea.secret, password } }),
      action: 'account.password_set',
    },
    'DELETE /api/admin/sessions/{id}': {
      act: async () => {
        const { sessions } = await operator<{ sessions: { session_id: string }[] }>('GET', '/sessions');
        return operator('DELETE', `/sessions/${sessions[0]!.session_id}`);
      },
      action: 'session.ended',
    },
    'PUT /api/admin/password': {
      act: () => dana.call('PUT', '/password', { json: { current_password: password, password: `${password} new` } }),
      action: 'account.password_changed',
    },
    'POST /api/admin/accounts': { act: () => desk.invite('noa@pets.example', ['pets']), action: 'account.added' },
    'PATCH /api/admin/accounts/{id}': {
      act: () => operator('PATCH', ofLea, { shops: ['books'] }),
      action: 'account.changed',
    },
    'POST /api/admin/accounts/{id}/reset': { act: () => operator('POST', `${ofLea}/reset`), action: 'account.reset' },
    'DELETE /api/admin/accounts/{id}': { act: () => operator('DELETE', ofLea), action: 'account.removed' },
    'PUT /api/admin/messages/{id}/note': {
      act: () => operator('PUT', `/messages/${said.body.message_id}/note?shop=pets`, { wrong: true, note: 'No.' }),
      action: 'answer.noted',
    },
    'POST /api/admin/gaps/done': { act: () => operator('POST', '/gaps/done?shop=pets', gap), action: 'gap.done' },
    'DELETE /api/admin/conversations/{id}': {
      act: () => operator('DELETE', `/conversations/${said.body.thread_id}?shop=pets`),
      action: 'conversation.deleted',
    },
    'POST /api/admin/settings/publish': { act: () => publish(1), action: 'settings.published' },
    'POST /api/admin/settings/undo': {
      act: () => operator('POST', '/settings/undo?shop=pets', { version: 1, over: 2 }),
      action: 'settings.undone',
    },
    'DELETE /api/admin/settings/draft': {
      act: async () => {
        await draft('Never seen');
        return operator('DELETE', '/settings/draft?shop=pets');
      },
      action: 'settings.discarded',
    },
    'POST /api/admin/catalogue/sync': {
      act: () => operator('POST', '/catalogue/sync?shop=pets', {}),
      action: 'catalogue.synced',
    },
    'POST /api/sync': {
      act: () => desk.api('POST', '/api/sync', { token: adminToken, json: { shop: 'pets' } }),
      action: 'catalogue.synced',
    },
    'POST /api/admin/documents': {
      act: () => upload('POST', '/documents?shop=pets&name=b.md'),
      action: 'document.added',
    },
    'POST /api/admin/documents/sync': {
      act: () => operator('POST', '/documents/sync', { shop: 'pets' }),
      action: 'document.synced',
    },
    'PUT /api/admin/documents/{id}': {
      act: () => upload('PUT', `/documents/${document1}?shop=pets`),
      action: 'document.replaced',
    },
    'PATCH /api/admin/documents/{id}': {
      act: () => operator('PATCH', `/documents/${document1}`, { shop: 'pets', enabled: false }),
      action: 'document.switched_off',
    },
    'DELETE /api/admin/documents/{id}': {
      act: () => operator('DELETE', `/documents/${document1}?shop=pets`),
      action: 'document.removed',
    },
  };
  // Ways in are among them: who isn't logged in yet changes something too.
  const known = Object.entries(document.paths).flatMap(([path, methods]) =>
    path.startsWith('/api/admin/') || path === '/api/sync'
      ? Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)
      : [],
  );
  const changing = known.filter((name) => !name.startsWith('GET '));
  expect(changing.length).toBeGreaterThan(20);
  expect(Object.keys(acts).toSorted(byName)).toEqual(
    changing.filter((name) => !NOT_NOTED.includes(name)).toSorted(byName),
  );

  const log = async () => (await operator<{ entries: { id: number; action: string }[] }>('GET', '/audit')).entries;
  for (const [name, { act, action }] of Object.entries(acts)) {
    const before = (await log())[0]?.id ?? 0;
    await act();
    const since = (await log()).filter(({ id }) => id > before).map((entry) => entry.action);
    expect({ name, since }).toEqual({ name, since: expect.arrayContaining([action]) });
  }
});

function byName(one: string, other: string): number {
  return one < other ? -1 : 1;
}
