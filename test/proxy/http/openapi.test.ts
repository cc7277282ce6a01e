import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../../proxy/app.ts';
import type { ChatResponse } from '../../../proxy/protocol/index.ts';
import { answer } from '../../fakes/fake-openai.ts';
import { deskBench } from './admin/desk-bench.ts';
import { serveDesk, adminToken, password } from './admin/desk.ts';
import { message } from './served.ts';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  example?: string | number;
  schema: { example?: string | number };
}

interface Operation {
  summary?: string;
  security: Record<string, unknown>[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, unknown>;
}

interface Document extends Record<string, unknown> {
  paths: Record<string, Record<string, Operation>>;
}

type Desk = Awaited<ReturnType<typeof serveDesk>>;

async function described(desk: Desk) {
  const { body } = await desk.api<Document>('GET', '/openapi.json');
  const operations = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  return { document: body, operations };
}

/** What the examples name, made: an id in an example is its prefix and three points, `thr_…`. */
async function made(desk: Desk) {
  const { token } = await desk.session();
  const asked = await desk.api<ChatResponse>('POST', '/api/chat', { token, json: message('Food for a puppy?') });
  const thread = await desk.deps.storage.messages(asked.body.thread_id, 10);
  const turn = await desk.deps.storage.turnOfMessage('pets', await visitorOf(desk), thread[0]!.clientMessageId!);
  const text = { authorization: `Bearer ${adminToken}`, 'content-type': 'text/markdown' };
  const added = await desk.api<{ id: string }>('POST', '/api/admin/documents?shop=pets&name=a.md', {
    body: '# A\n\nWithin 30 days.',
    headers: text,
  });
  const owner = await desk.owner(['pets'], 'dana@pets.example');
  const invited = await desk.invite('lea@pets.example', ['pets']);
  const { call } = await desk.logIn({ token: adminToken });
  const { sessions } = (await call<{ sessions: { session_id: string }[] }>('GET', '/sessions')).body;
  const ids: Record<string, string> = {
    thr: asked.body.thread_id,
    msg: asked.body.message_id,
    trn: turn!.id,
    doc: added.body.id,
    acc: (await desk.invite('noa@pets.example', ['pets'])).account.account_id,
    ses: sessions[0]!.session_id,
  };
  // A version to look at and to go back from, and a draft to publish.
  const greet = (en: string) =>
    desk.operator('PUT', '/settings/draft?shop=pets', { json: { changes: { greeting: { en } } } });
  await greet('Good day');
  await desk.operator('POST', '/settings/publish?shop=pets', { json: { revision: 1, over: 0 } });
  await greet('Good evening');
  const second = await desk.api<ChatResponse>('POST', '/api/chat', { token, json: message('And for a kitten?') });
  return { token, ids, owner, invited, second: second.body.thread_id };

  async function visitorOf({ api }: Desk): Promise<string> {
    return (await api<{ visitor_id: string }>('GET', '/api/visitor', { token })).body.visitor_id;
  }
}

function formOf({ file, ...fields }: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new File([file!], 'file.md', { type: 'text/markdown' }));
  return form;
}

/** Examples that need what no request alone can make, and what they are told. */
const ALONE: Record<string, string> = {
  'POST /api/turns/{id}/tool-results': 'tool_call_not_found',
  'POST /api/webhooks/woocommerce/{shop}': 'unauthorized',
};

describe('/openapi.json', () => {
  test('is OpenAPI 3.1 and describes every route that there is, with a summary, what it takes and what it answers', async () => {
    const desk = await serveDesk();
    const { document, operations } = await described(desk);
    const { valid, errors } = await new Validator().validate(document);
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    const routes = createApp(desk.deps)
      .routes.filter(({ method, path }) => method !== 'ALL' && /^\/(?:api|metrics)/.test(path))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)(?:\{[^}]*\})?/g, '{$1}').replace(/\/$/, '')}`);
    const known = operations.map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(routes)].toSorted()).toEqual(known.toSorted());
    for (const { path, operation } of operations) {
      expect(operation.summary, path).toMatch(/^\p{Lu}/u);
      expect(operation.security, path).toBeDefined();
      expect(operation.responses['default'], path).toBeDefined();
      for (const { name, required, ...parameter } of operation.parameters ?? []) {
        if (required) expect(parameter.example ?? parameter.schema.example, `${name} of ${path}`).toBeDefined();
      }
      for (const media of Object.values(operation.requestBody?.content ?? {}))
        expect(media.example, path).toBeDefined();
    }
  });

  test('has examples that run, and every answer is as it says', async () => {
    const contact = { form: true };
    const options = { pets: { contact }, benches: [deskBench({ contact })] };
    const desk = await serveDesk(options, () => answer('Try the salmon.'));
    const { operations } = await described(desk);
    const { token, ids, owner, invited, second } = await made(desk);
    const filled = (text: string) =>
      text.replace(/\b([a-z]{3})_…/g, (_, prefix: string) => ids[prefix] ?? `no ${prefix}`);
    const passwords = { current_password: password };
    const bodies: Record<string, object> = {
      'POST /api/admin/session': { email: owner.email, password },
      'POST /api/admin/invitations/accept': { token: invited.secret, password },
    };

    /** Each way in which it may be sent. */
    async function askAll(next: (typeof operations)[number]) {
      const medias = Object.entries(next.operation.requestBody?.content ?? { none: {} });
      const answers = [];
      for (const media of medias) answers.push(await ask(next, media));
      return answers;
    }

    async function ask(
      { method, path, operation }: (typeof operations)[number],
      [type, media]: [string, { example?: unknown }],
    ) {
      const name = `${method} ${path}`;
      const query = new URLSearchParams();
      let asked = path;
      for (const { name, in: place, ...parameter } of operation.parameters ?? []) {
        const example = parameter.example ?? parameter.schema.example;
        if (example === undefined) continue;
        const value = filled(String(example));
        if (place === 'path') asked = asked.replace(`{${name}}`, value);
        else if (place === 'query') query.set(name, value);
      }
      const example: unknown = bodies[name] ?? media.example;
      const sent = typeof example === 'string' ? example : example ? filled(JSON.stringify(example)) : undefined;
      const isForm = type === 'multipart/form-data';
      const body = isForm ? formOf(example as Record<string, string>) : sent;
      const open = operation.security.flatMap((ways) => Object.keys(ways));
      const bearer = open.includes('visitorToken') ? token : open.includes('adminToken') ? adminToken : undefined;
      return desk.api<{ error?: { code: string } }>(method, `${asked}?${query}`, {
        ...(bearer !== undefined && { token: bearer }),
        ...(body !== undefined && { body }),
        // The form's type has a boundary.
        ...(body !== undefined && !isForm && { headers: { 'content-type': type } }),
      });
    }

    // What removes things comes last, and what removes them all after that.
    const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];
    const rank = ({ method, path }: { method: string; path: string }) =>
      2 * methods.indexOf(method) + (path.includes('{') ? 0 : 1);
    for (const next of operations.toSorted((a, b) => rank(a) - rank(b))) {
      const name = `${next.method} ${next.path}`;
      if (name === 'PUT /api/admin/password') {
        // Only accounts have one, and a script has none.
        const changed = await owner.call('PUT', '/password', {
          json: { ...passwords, password: 'four words and more' },
        });
        expect(changed.status).toBe(200);
        continue;
      }
      // The desk has removed the first conversation by then.
      if (name === 'DELETE /api/threads/{id}') ids['thr'] = second;
      for (const { status, body } of await askAll(next)) {
        if (ALONE[name]) expect(body, name).toMatchObject({ error: { code: ALONE[name] } });
        else {
          expect(status, `${name} → ${JSON.stringify(body)}`).toBeLessThan(300);
          expect(Object.keys(next.operation.responses), name).toContain(String(status));
        }
      }
    }
  });
});
