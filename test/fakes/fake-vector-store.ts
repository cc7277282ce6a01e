/** OpenAI's files and vector stores as they speak over HTTP: forms in, files that are read in their own time, search by words. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { wordsOf } from '../../proxy/words.ts';

interface StoredFile {
  id: string;
  filename: string;
  bytes: number;
  purpose: string;
  text: string;
}

interface Attached {
  id: string;
  attributes: Record<string, unknown>;
  status: 'in_progress' | 'completed' | 'failed';
  last_error: { code: string; message: string } | null;
  /** Looks until it is read. */
  left: number;
}

/** What the next matching request is answered with instead. */
export interface Trouble {
  /** `POST /files` and the like: method and the path behind `/v1`, ids as stars. */
  on: string;
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** How often; 1 by default. */
  times?: number;
  /** Never answers. */
  hang?: true;
}

interface Found {
  file_id: string;
  filename: string;
  score: number;
  attributes: Record<string, unknown>;
  content: { type: 'text'; text: string }[];
}

/** As the API has them. */
export type Filter =
  | { type: 'eq' | 'in'; key: string; value: unknown }
  | { type: 'and' | 'or'; filters: readonly Filter[] };

function passes(attributes: Record<string, unknown>, filter: Filter): boolean {
  if ('filters' in filter) {
    const passed = filter.filters.map((one) => passes(attributes, one));
    return filter.type === 'and' ? passed.every(Boolean) : passed.some(Boolean);
  }
  const value = attributes[filter.key];
  return filter.type === 'eq' ? value === filter.value : (filter.value as unknown[]).includes(value);
}

export interface FakeVectorStore {
  readonly baseUrl: string;
  readonly files: ReadonlyMap<string, StoredFile>;
  readonly stores: ReadonlyMap<string, ReadonlyMap<string, Attached>>;
  /** Method and path of each request, ids as stars, in their order. */
  readonly asked: string[];
  readonly trouble: Trouble[];
  /** Texts that the store can't read, and why. */
  readonly unreadable: { word: string; code: string; message: string }[];
  /** What the hosted tool would find; undefined where there is no such store. */
  find(store: string, query: string, limit: number, filter?: Filter): Found[] | undefined;
  /** Somebody else's file. */
  put(store: string, name: string, text: string, attributes?: Record<string, unknown>): string;
  dropStore(id: string): void;
  close(): Promise<void>;
}

export async function startFakeVectorStore({ key = 'sk-store' } = {}): Promise<FakeVectorStore> {
  const files = new Map<string, StoredFile>();
  const stores = new Map<string, Map<string, Attached>>();
  const asked: string[] = [];
  const trouble: Trouble[] = [];
  const unreadable: FakeVectorStore['unreadable'] = [];
  let count = 0;

  function keep(filename: string, text: string, purpose = 'assistants'): StoredFile {
    const file = { id: `file-${++count}`, filename, bytes: Buffer.byteLength(text), purpose, text };
    files.set(file.id, file);
    return file;
  }

  function look(found: Attached): Attached {
    if (found.status !== 'in_progress' || found.left-- > 0) return found;
    const bad = unreadable.find(({ word }) => files.get(found.id)?.text.includes(word));
    found.status = bad ? 'failed' : 'completed';
    found.last_error = bad ? { code: bad.code, message: bad.message } : null;
    return found;
  }

  const shown = (store: string, { id, attributes, status, last_error }: Attached) => ({
    id,
    object: 'vector_store.file',
    vector_store_id: store,
    attributes,
    status,
    last_error,
    usage_bytes: files.get(id)?.bytes ?? 0,
    created_at: 1,
  });

  function search(store: Map<string, Attached>, query: string, limit: number, filter?: Filter): Found[] {
    const wanted = wordsOf(query);
    return [...store.values()]
      .filter(({ status }) => status === 'completed')
      .filter(({ attributes }) => !filter || passes(attributes, filter))
      .flatMap(({ id, attributes }) => {
        const { filename, text } = files.get(id)!;
        const words = new Set(wordsOf(text));
        const score = wanted.filter((word) => words.has(word)).length / Math.max(1, wanted.length);
        const content = [{ type: 'text' as const, text }];
        return score > 0 ? [{ file_id: id, filename, score, attributes, content }] : [];
      })
      .toSorted((a, b) => b.score - a.score)
      .slice(0, limit);
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://fake');
    const path = url.pathname.replace('/v1', '');
    const body = await bodyOf(request);
    const [, , store = '', , file = ''] = path.split('/');
    const named = path.startsWith('/files/')
      ? '/files/*'
      : path.replace(/^(\/vector_stores)\/[^/]+/, '$1/*').replace(/(\/files)\/[^/]+$/, '$1/*');
    const name = `${request.method} ${named}`;
    asked.push(name);
    const send = (status: number, json: unknown, headers: Record<string, string> = {}) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json));
    const refuse = (status: number, message: string, code: string | null = null) =>
      send(status, { error: { message, type: 'invalid_request_error', param: null, code } });
    if (request.headers.authorization !== `Bearer ${key}`) {
      return refuse(401, `Incorrect API key provided: ${request.headers.authorization}`, 'invalid_api_key');
    }
    const wrong = trouble.find(({ on }) => on === name);
    if (wrong) {
      wrong.times = (wrong.times ?? 1) - 1;
      if (wrong.times <= 0) trouble.splice(trouble.indexOf(wrong), 1);
      if (!wrong.hang) send(wrong.status, wrong.body === undefined ? {} : wrong.body, wrong.headers);
      return;
    }
    const json = () => JSON.parse(body.toString('utf8')) as Record<string, never>;
    switch (name) {
      case 'POST /files': {
        const form = await new Response(new Uint8Array(body), {
          headers: { 'content-type': request.headers['content-type'] ?? '' },
        }).formData();
        const given = form.get('file');
        if (!(given instanceof File)) return refuse(400, "'file' is a required property");
        const { text: _, ...kept } = keep(given.name, await given.text(), textIn(form, 'purpose'));
        return send(200, { ...kept, object: 'file', created_at: 1, status: 'processed' });
      }
      case 'DELETE /files/*':
        if (!files.delete(store)) return refuse(404, `No such File object: ${store}`);
        for (const held of stores.values()) held.delete(store);
        return send(200, { id: store, object: 'file', deleted: true });
      case 'POST /vector_stores': {
        const id = `vs_${++count}`;
        stores.set(id, new Map());
        return send(200, { id, object: 'vector_store', name: json()['name'], status: 'completed', created_at: 1 });
      }
    }
    const held = stores.get(store);
    if (!held) return refuse(404, `Vector store with id '${store}' not found.`);
    switch (name) {
      case 'GET /vector_stores/*':
        return send(200, { id: store, object: 'vector_store', status: 'completed' });
      case 'POST /vector_stores/*/search': {
        const { query, max_num_results: limit } = json() as unknown as { query: string; max_num_results: number };
        const data = search(held, query, limit);
        return send(200, {
          object: 'vector_store.search_results.page',
          search_query: query,
          data,
          has_more: false,
          next_page: null,
        });
      }
      case 'POST /vector_stores/*/files': {
        const { file_id: id, attributes } = json() as unknown as {
          file_id: string;
          attributes: Attached['attributes'];
        };
        if (!files.has(id)) return refuse(404, `File with id '${id}' not found.`);
        const attached: Attached = { id, attributes, status: 'in_progress', last_error: null, left: 1 };
        held.set(id, attached);
        return send(200, shown(store, attached));
      }
      case 'GET /vector_stores/*/files': {
        const all = [...held.values()];
        const from = all.findIndex(({ id }) => id === url.searchParams.get('after')) + 1;
        const page = all.slice(from, from + Math.min(2, Number(url.searchParams.get('limit'))));
        const data = page.map((one) => shown(store, look(one)));
        return send(200, { object: 'list', data, has_more: from + page.length < all.length });
      }
    }
    const attached = held.get(file);
    if (!attached) return refuse(404, `No file found with id '${file}' in vector store '${store}'.`);
    if (request.method === 'GET') return send(200, shown(store, look(attached)));
    held.delete(file);
    return send(200, { id: file, object: 'vector_store.file.deleted', deleted: true });
  }

  const server = createServer((request, response) => void route(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    files,
    stores,
    asked,
    trouble,
    unreadable,
    find(id, query, limit, filter) {
      const held = stores.get(id);
      return held && search(held, query, limit, filter);
    },
    put(store, name, text, attributes = {}) {
      const { id } = keep(name, text);
      if (!stores.has(store)) stores.set(store, new Map());
      stores.get(store)!.set(id, { id, attributes, status: 'completed', last_error: null, left: 0 });
      return id;
    },
    dropStore: (id) => void stores.delete(id),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
