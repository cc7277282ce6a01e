/**
 * Shopify's Storefront API on loopback. It reads the question: pages by cursor, filters by date, counts the cost, and
 * answers only the fields that were asked for. `await using shop = await startFakeShopify({ products })`.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Field, parseQuery } from './graphql-query.ts';

export interface FakeShopifyProduct {
  id: string;
  createdAt: string;
  updatedAt: string;
  variants: object[];
  images: object[];
  [field: string]: unknown;
}

export interface FakeShopifyRequest {
  path: string;
  headers: http.IncomingHttpHeaders;
  query: string;
  variables: Record<string, unknown>;
}

export interface ShopifyReply {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

export interface FakeShopify extends AsyncDisposable {
  url: string;
  products: FakeShopifyProduct[];
  requests: FakeShopifyRequest[];
  /** Answers instead of the shop, first one first, each once; `'cut'` breaks the line. */
  next: (ShopifyReply | 'cut')[];
}

export interface FakeShopifyOptions {
  products?: FakeShopifyProduct[];
  /** Costliest question that is answered; a page costs its length times what stands in it. */
  maxCost?: number;
  /** Deepest that cursors reach. */
  maxDepth?: number;
  /** Without it tags are refused. */
  tags?: boolean;
}

export async function startFakeShopify(options: FakeShopifyOptions = {}): Promise<FakeShopify> {
  const { products = [], maxCost = Infinity, maxDepth = 25_000, tags = true } = options;
  const requests: FakeShopifyRequest[] = [];
  const next: FakeShopify['next'] = [];

  const server = http.createServer((request, response) => void respond(request, response));
  async function respond(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Pick<FakeShopifyRequest, 'query' | 'variables'>;
    requests.push({ path: request.url ?? '', headers: request.headers, ...body });
    const reply = next.shift() ?? { body: answer(body.query, body.variables) };
    if (reply === 'cut') {
      response.writeHead(200, { 'content-length': 9_999 }).write('{"data":');
      response.destroy();
      return;
    }
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers }).end(text);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    products,
    requests,
    next,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function answer(query: string, variables: Record<string, unknown>): object {
    let fields: Field[];
    try {
      fields = parseQuery(query, variables);
    } catch (error) {
      return refused((error as Error).message, 'GRAPHQL_PARSE_FAILED');
    }
    const cost = costOf(fields);
    if (cost > maxCost)
      return refused(
        `Query has a complexity of ${cost}, which exceeds the limit of ${maxCost}`,
        'MAX_COMPLEXITY_EXCEEDED',
      );
    if (!tags && JSON.stringify(fields).includes('"tags"')) {
      return {
        data: null,
        errors: [
          {
            message: 'Access denied for tags field.',
            path: ['products', 'nodes', 0, 'tags'],
            extensions: { code: 'ACCESS_DENIED' },
          },
        ],
      };
    }
    const [root] = fields;
    if (root?.name === 'product') {
      const found = products.find(({ id }) => id === root.args['id']);
      return { data: { product: found ? pick(found, root.fields) : null } };
    }
    return page(root!);
  }

  function page({ args, fields }: Field): object {
    const [, name, since = ''] =
      /^(created_at|updated_at):>='([^']+)'$/.exec((args['query'] as string | null) ?? '') ?? [];
    const key = args['sortKey'] === 'UPDATED_AT' ? 'updatedAt' : 'createdAt';
    const found = products
      .filter((product) => name === undefined || product[name === 'created_at' ? 'createdAt' : 'updatedAt'] >= since)
      .toSorted((a, b) => a[key].localeCompare(b[key]));
    if (Number(args['after'] ?? 0) + Number(args['first']) > maxDepth)
      return refused('pagination is too deep', 'BAD_REQUEST');
    return { data: { products: connection(found, args, fields) } };
  }
}

function refused(message: string, code: string): object {
  return { errors: [{ message, extensions: { code } }] };
}

function connection(items: readonly object[], args: Record<string, unknown>, fields: readonly Field[]): object {
  const from = Number(args['after'] ?? 0);
  const to = from + Number(args['first']);
  const pageInfo = { hasNextPage: to < items.length, endCursor: String(Math.min(to, items.length)) };
  return pick({ pageInfo, nodes: items.slice(from, to) }, fields);
}

function pick(from: object, fields: readonly Field[]): object {
  return Object.fromEntries(
    fields.map(({ name, args, fields: inner }) => {
      const value = (from as Record<string, unknown>)[name] ?? null;
      if ('first' in args) return [name, connection(value as object[], args, inner)];
      if (Array.isArray(value) && inner.length > 0) return [name, value.map((item) => pick(item as object, inner))];
      return [name, typeof value === 'object' && value !== null && inner.length > 0 ? pick(value, inner) : value];
    }),
  );
}

function costOf(fields: readonly Field[]): number {
  let cost = 0;
  for (const { name, args, fields: inner } of fields) {
    if (inner.length > 0)
      cost += 'first' in args ? Number(args['first']) * (1 + costOf(inner)) : name === 'nodes' ? costOf(inner) : 0;
  }
  return cost;
}
