import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Catalog } from '../../catalog/types.ts';
import type { Install, InstallCheck, InstallPolicy, InstallTag } from '../../protocol/admin/index.ts';
import { DEMO_MODEL, type Shop, type Shops } from '../../shops/types.ts';
import type { Reports } from '../../storage/types.ts';
import type { ClientAddresses } from '../client-address.ts';
import type { HttpEnv } from '../env.ts';
import { exactly } from '../openapi/exactly.ts';
import { mayShop } from './guard.ts';
import { createRoutes, deskRoute, json, ofShop } from './routes.ts';

/** More are no list that anybody keeps. */
const MAX_ORIGINS = 6;

const tag = z.object({ html: z.string(), src: z.string(), integrity: z.string().nullable() });
const answerSchema = exactly<Install>()(
  z
    .object({
      shop: z.string(),
      tags: z.object({ pinned: tag.nullable(), following: tag.nullable() }),
      version: z.string(),
      base_url: z.string(),
      origins: z.array(z.string()),
      origins_editable: z.boolean(),
      csp: z.array(z.object({ directive: z.string(), sources: z.array(z.string()), note: z.string().exactOptional() })),
      checks: z.array(
        z.object({
          name: z.enum(['built', 'https', 'origins', 'catalogue', 'model']),
          status: z.enum(['ok', 'warning', 'error']),
          message: z.string(),
        }),
      ),
    })
    .openapi('Install'),
);

const route = deskRoute({
  method: 'get',
  path: '/',
  tags: ['Shops'],
  summary: 'The tag for a shop’s pages, and whether it can work there',
  request: { query: ofShop },
  responses: { 200: json(answerSchema, 'To copy.') },
});

export interface InstallDeps {
  shops: Shops;
  catalog: Catalog;
  reports: Reports;
  addresses: ClientAddresses;
  /** Folder of what was built. */
  distDir: string;
  version: string;
}

export function install({ shops, catalog, reports, addresses, distDir, version }: InstallDeps) {
  const built = createBuilt(distDir);

  function baseOf(c: Context<HttpEnv>): string {
    const { protocol, host } = new URL(c.req.url);
    return `${addresses.overTls(c.env.incoming) ? 'https:' : protocol}//${host}`;
  }

  return createRoutes().openapi(route, async (c) => {
    const shop = mayShop(c, shops, c.req.valid('query').shop);
    const base = baseOf(c);
    const pinned = `v${version}/widget.js`;
    const [hash, isThere] = await Promise.all([built.integrity(pinned), built.has('widget.js')]);
    const answer: Install = {
      shop: shop.slug,
      tags: {
        pinned: hash === null ? null : tagOf(`${base}/${pinned}`, shop.slug, hash),
        following: isThere ? tagOf(`${base}/widget.js`, shop.slug, null) : null,
      },
      version,
      base_url: base,
      origins: [...shop.origins],
      origins_editable: c.var.admin.kind === 'operator',
      csp: [
        { directive: 'script-src', sources: [base] },
        { directive: 'connect-src', sources: [base] },
        picturesOf(await reports.read('pictureOrigins', { shop: shop.slug }, c.req.raw.signal)),
      ],
      checks: checksOf({
        shop,
        base,
        isBuilt: isThere && hash !== null,
        products: await catalog.count(shop.slug),
        mayChange: c.var.admin.kind === 'operator',
      }),
    };
    return c.json(answer, 200);
  });
}

/** `data:` is for what the widget draws itself. */
function picturesOf(origins: readonly string[]): InstallPolicy {
  const directive = 'img-src';
  if (origins.length > 0 && origins.length <= MAX_ORIGINS) {
    const note = 'The pictures of your products come from there now. Should they move, copy this line anew.';
    return { directive, sources: [...origins, 'data:'], note };
  }
  const why =
    origins.length === 0 ? 'No address of a picture is known yet' : `They come from ${origins.length} addresses`;
  return { directive, sources: ['https:', 'data:'], note: `${why}: “https:” lets pictures come from anywhere.` };
}

/** As `npm run build` prints it. A slug needs no escaping. */
function tagOf(src: string, slug: string, integrity: string | null): InstallTag {
  const checked = integrity === null ? '' : ` integrity="${integrity}" crossorigin="anonymous"`;
  return { html: `<script src="${src}"${checked} defer data-shop="${slug}"></script>`, src, integrity };
}

function checksOf(now: {
  shop: Shop;
  base: string;
  isBuilt: boolean;
  products: number;
  mayChange: boolean;
}): InstallCheck[] {
  const { shop, base, isBuilt, products, mayChange } = now;
  const { hostname, protocol } = new URL(base);
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  const insecure = shop.origins.filter(
    (origin) => origin.startsWith('http:') && !/\/\/(?:localhost|127\.)/.test(origin),
  );
  const check = (name: InstallCheck['name'], status: InstallCheck['status'], message: string) => ({
    name,
    status,
    message,
  });
  return [
    isBuilt
      ? check('built', 'ok', 'The widget is built.')
      : check('built', 'error', 'The widget is not built: whoever runs the proxy mends it with “npm run build”.'),
    protocol === 'https:'
      ? check('https', 'ok', 'The proxy is reached over https.')
      : isLocal
        ? check('https', 'warning', 'This is your own machine: shoppers need the proxy at an https address.')
        : check(
            'https',
            'error',
            'The proxy is reached without https, which the pages of a shop refuse. Behind a reverse proxy, name it in TRUST_PROXY.',
          ),
    shop.origins.length === 0
      ? check(
          'origins',
          'error',
          `No page of the shop may use the assistant yet: ${mayChange ? 'add' : 'your operator adds'} its address, such as https://shop.example.`,
        )
      : insecure.length > 0
        ? check('origins', 'warning', `${insecure.join(', ')} is without https: name the https address as well.`)
        : check('origins', 'ok', `${shop.origins.join(', ')} may use the assistant.`),
    products > 0
      ? check('catalogue', 'ok', `${products} products are there.`)
      : check('catalogue', 'warning', 'There are no products yet: the assistant has nothing to show.'),
    shop.models.default.model === DEMO_MODEL
      ? check('model', 'warning', 'The demo model answers: set OPENAI_API_KEY.')
      : check('model', 'ok', `${shop.models.default.model} answers.`),
  ];
}

/** What was built may be built anew while this runs: a hash is kept for as long as its file stays. */
function createBuilt(distDir: string) {
  const kept = new Map<string, { as: string; hash: string }>();
  const stateOf = (name: string) =>
    stat(path.join(distDir, name)).then(
      ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
      () => undefined,
    );
  return {
    has: async (name: string) => (await stateOf(name)) !== undefined,
    /** @returns null where there is no such file */
    async integrity(name: string): Promise<string | null> {
      const as = await stateOf(name);
      if (as === undefined) return null;
      const known = kept.get(name);
      if (known?.as === as) return known.hash;
      const bytes = await readFile(path.join(distDir, name));
      const hash = `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
      kept.set(name, { as, hash });
      return hash;
    },
  };
}
