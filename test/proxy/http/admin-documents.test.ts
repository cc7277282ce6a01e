import { request as send } from 'node:http';
import { describe, expect, test } from 'vitest';
import { serveProxy } from './served.ts';

const adminToken = 'an admin token that only a test may know';
const authorization = `Bearer ${adminToken}`;

interface Shown {
  id: string;
  status: string;
  error: string | null;
  chunks: number;
}

async function desk() {
  const { api } = await serveProxy([], { adminToken });
  const call = (method: string, path: string, body?: string, headers = {}) =>
    api<Shown & { documents: Shown[]; passages: { title: string; text: string }[] }>(
      method,
      `/api/admin/documents${path}`,
      {
        headers: { authorization, ...headers },
        ...(body !== undefined && { body }),
      },
    );
  return { api, call };
}

describe('/api/admin/documents', () => {
  test('takes a file, lists it, finds in it, replaces, disables and deletes it', async () => {
    const { call } = await desk();
    const text = { 'content-type': 'text/markdown' };
    const added = await call('POST', '?shop=pets&name=returns.md', '# Returns\n\nWithin 30 days.', text);
    expect(added).toMatchObject({ status: 200, body: { status: 'ready', title: 'Returns', chunks: 1 } });
    expect((await call('GET', '?shop=pets')).body.documents).toMatchObject([{ source: 'returns.md' }]);
    expect((await call('GET', '?shop=books')).body.documents).toEqual([]);
    const { id } = added.body;
    expect((await call('PUT', `/${id}?shop=pets`, '# Returns\n\nWithin 60 days.', text)).body).toMatchObject({ id });
    const found = () => call('GET', '/search?shop=pets&q=days');
    expect((await found()).body.passages).toMatchObject([{ title: 'Returns', text: 'Within 60 days.' }]);
    const json = { 'content-type': 'application/json' };
    await call('PATCH', `/${id}`, JSON.stringify({ shop: 'pets', enabled: false }), json);
    expect((await found()).body.passages).toEqual([]);
    expect((await call('DELETE', `/${id}?shop=books`)).status).toBe(404);
    expect((await call('DELETE', `/${id}?shop=pets`)).status).toBe(204);
    expect((await call('GET', `/${id}?shop=pets`)).status).toBe(404);
    expect((await call('POST', '/sync', JSON.stringify({ shop: 'pets' }), json)).body).toMatchObject({ removed: 0 });
  });

  test('says why a file can not be read, and keeps the reason with it', async () => {
    const { call } = await desk();
    const answer = await call('POST', '?shop=pets&name=a.pdf', 'hello');
    expect(answer).toMatchObject({
      status: 422,
      body: { status: 'failed', error: expect.stringContaining('says PDF') },
    });
    expect((await call('GET', '?shop=pets')).body.documents).toMatchObject([{ status: 'failed', chunks: 0 }]);
  });

  test('takes a file in a form, as a browser sends it', async () => {
    const { url } = await serveProxy([], { adminToken });
    const post = async (form: FormData | string, query = '', headers = {}) => {
      const address = `${url}/api/admin/documents?shop=pets${query}`;
      const answer = await fetch(address, { method: 'POST', body: form, headers: { authorization, ...headers } });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    const formOf = (entries: Record<string, string | File>) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(entries)) form.append(name, value);
      return form;
    };
    const file = new File(['# החזרות\n\nעד 30 יום.'], 'החזרות.md', { type: 'text/markdown' });
    const shown = 'https://pets.example/returns';
    expect(await post(formOf({ file, url: shown }))).toMatchObject({
      status: 200,
      body: { source: 'החזרות.md', title: 'החזרות', url: shown, lang: 'he', status: 'ready' },
    });
    expect(await post(formOf({ url: shown }))).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/one file in a form/) } },
    });
    expect((await post(formOf({ file: new File([new Uint8Array(21 * 2 ** 20)], 'big.pdf') }))).status).toBe(413);
    const audit = await fetch(`${url}/api/admin/audit?shop=pets`, { headers: { authorization } });
    const { entries } = (await audit.json()) as { entries: object[] };
    expect(entries).toEqual([expect.objectContaining({ action: 'document.added', subject: 'החזרות.md' })]);
  });

  test('tells how the vector store is, of a shop that has one', async () => {
    const { api, deps } = await serveProxy([], { adminToken });
    const list = () => api('GET', '/api/admin/documents?shop=pets', { headers: { authorization } });
    expect((await list()).body).toEqual({ documents: [] });
    deps.documents.store = () => ({ state: 'failed', error: 'It refuses the API key (401).' });
    expect((await list()).body).toEqual({
      documents: [],
      store: { state: 'failed', error: 'It refuses the API key (401).' },
    });
  });

  test('is for the owner alone, and for shops that are here', async () => {
    const { api, call } = await desk();
    expect((await api('GET', '/api/admin/documents?shop=pets')).status).toBe(401);
    expect((await call('GET', '?shop=nobody')).status).toBe(404);
    expect((await call('GET', '')).status).toBe(400);
    expect((await call('POST', '?shop=pets', 'x')).status).toBe(400);
    expect((await call('POST', '?shop=pets&name=a.md&url=javascript:1', 'x')).status).toBe(400);
    expect((await call('POST', '?shop=pets&name=a.md', 'x'.repeat(21 * 2 ** 20))).status).toBe(413);
    const without = await serveProxy([]);
    expect((await without.api('GET', '/api/admin/documents?shop=pets', { headers: { authorization } })).status).toBe(
      401,
    );
  });

  test('takes eight files at once and refuses the next before it is sent', async () => {
    const { url } = await serveProxy([], { adminToken });
    const address = `${url}/api/admin/documents?shop=pets&name=a.md`;
    const headers = { authorization, 'content-length': String(10 * 2 ** 20) };
    // Each has said that it will send ten megabytes, and sends no more than a word.
    const begun = Array.from({ length: 8 }, () =>
      send(address, { method: 'POST', headers }).on('error', () => undefined),
    );
    const states = async () =>
      (await fetch(address, { method: 'POST', headers: { authorization }, body: 'Hi.' })).status;
    for (const one of begun) one.write('Hello');
    await expect.poll(states, { timeout: 15_000 }).toBe(503);
    // A document that is replaced counts among them, whether there is one or not.
    const put = await fetch(`${url}/api/admin/documents/doc_1?shop=pets`, {
      method: 'PUT',
      headers: { authorization },
      body: 'Hi.',
    });
    expect([put.status, put.headers.get('retry-after')]).toEqual([503, '5']);
    for (const one of begun) one.destroy();
    await expect.poll(states, { timeout: 15_000 }).toBe(200);
  });
});
