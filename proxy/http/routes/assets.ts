import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { etag } from 'hono/etag';
import type { HttpEnv } from '../env.ts';
import { deskHeaders, pageHeaders, previewHeaders, sharedFile } from '../middleware/security-headers.ts';

export interface AssetsDeps {
  /** Folder of what was built: `widget.js` and `widget/`, and the desk in `admin/`. */
  distDir: string;
  /** Folder of the demo store; null where there is none. */
  demoDir: string | null;
  /** What the demo stores answer beside their files; null for everything else. */
  demoStores?: ((request: Request) => Promise<Response | null>) | null;
}

/** Files whose name holds a hash of their bytes never change. */
const HASHED = /-[\w-]{8,}\.(?:js|css)$/;

const FOR_EVER = 'public, max-age=31536000, immutable';

/** What a page asks of a demo store's cart. */
const MAX_CART_BODY = 16 * 1024;

/**
 * `/widget.js`, what it loads, both once more for each version that was built here (`/v1.4.2/widget.js` never changes), and the
 * demo store. Any page may load the widget; what it may ask is another matter.
 */
export function assets({ distDir, demoDir, demoStores }: AssetsDeps) {
  const routes = new Hono<HttpEnv>()
    .use('/widget.js', sharedFile, etag(), widgetFile('public, max-age=300'))
    .use('/widget/*', sharedFile, widgetFile())
    .use('/:version{v[0-9][0-9.]*}/*', sharedFile, widgetFile(FOR_EVER))
    .get('/admin', (c) => c.redirect('/admin/'))
    .use('/admin/*', deskHeaders)
    .use('/admin/preview.html', previewHeaders)
    .use(
      '/admin/*',
      serveStatic({
        root: distDir,
        precompressed: true,
        onFound: (file, c) => c.header('Cache-Control', HASHED.test(file) ? FOR_EVER : 'no-store'),
      }),
    );
  if (demoDir === null) return routes.get('/', (c) => c.text('This is a Shop Clerk proxy. Its health: /api/health\n'));
  return routes
    .use('/demo/*', pageHeaders)
    .use('/demo/pictures/*', sharedFile)
    .get('/', (c) => c.redirect('/demo/'))
    .get('/demo', (c) => c.redirect('/demo/'))
    .use('/demo/*', bodyLimit({ maxSize: MAX_CART_BODY }), async function demoStore(c, next) {
      const answer = await demoStores?.(c.req.raw);
      return answer ?? next();
    })
    .get(
      '/demo/*',
      serveStatic({
        root: demoDir,
        rewriteRequestPath: (url) => url.replace(/^\/demo/, ''),
        onFound: (_, c) => c.header('Cache-Control', 'no-cache'),
      }),
    );

  function widgetFile(cacheControl?: string) {
    return serveStatic<HttpEnv>({
      root: distDir,
      precompressed: true,
      onFound: (file, c) => {
        c.header('Access-Control-Allow-Origin', '*');
        c.header('Cache-Control', cacheControl ?? (HASHED.test(file) ? FOR_EVER : 'no-cache'));
      },
    });
  }
}
