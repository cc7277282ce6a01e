import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import type { HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';
import { docsHeaders } from '../middleware/security-headers.ts';

/** Of the package, what the page needs; the rest of it is not served. */
const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];
const FOLDER = path.dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shop Clerk: the API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

/** Who is logged in at the desk tries its routes out as such. Nothing is asked of a validator elsewhere. */
const START = `let csrf;
async function token() {
  csrf ??= fetch('/api/admin/session').then((answer) => (answer.ok ? answer.json() : {})).then((who) => who.csrf_token ?? '');
  return csrf;
}
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  validatorUrl: null,
  async requestInterceptor(request) {
    if (/^(get|head)$/i.test(request.method ?? 'get') || !request.url.includes('/api/admin/')) return request;
    request.headers['X-CSRF-Token'] = await token();
    return request;
  },
});
`;

/** `/openapi.json`, and `/docs` where it can be read and tried. @param document made once, when it is first asked for */
export function docs({ document }: { document: () => ReturnType<OpenAPIHono['getOpenAPI31Document']> }) {
  let made: string | undefined;
  return new Hono<HttpEnv>()
    .get('/openapi.json', (c) => {
      made ??= JSON.stringify(document());
      return c.body(made, 200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' });
    })
    .all('/openapi.json', only('GET'))
    .use('/docs/*', docsHeaders)
    .get('/docs', (c) => c.html(PAGE))
    .get('/docs/', (c) => c.redirect('/docs'))
    .get('/docs/start.js', (c) => c.body(START, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
    .get(`/docs/:file{${FILES.map((file) => file.replaceAll('.', String.raw`\.`)).join('|')}}`, (c, next) =>
      serveStatic<HttpEnv>({
        root: FOLDER,
        path: c.req.param('file'),
        onFound: (_, found) => found.header('Cache-Control', 'public, max-age=3600'),
      })(c, next),
    );
}
