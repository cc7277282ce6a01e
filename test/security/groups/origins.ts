import { answer } from '../../fakes/fake-openai.ts';
import { Clerk, contactForm, question, type Call } from '../clerk.ts';
import type { Findings, GroupOptions } from '../findings.ts';

/** What a page elsewhere may call itself, or what a careless comparison would take for the shop `https://pets.example`. */
const ORIGINS = [
  'https://evil.example',
  'http://evil.example',
  'http://pets.example',
  'https://books.example.evil.example',
  'https://pets.example.evil.example',
  'https://evilpets.example',
  'https://evil-pets.example',
  'https://pets.example-evil.example',
  'https://pets.exampleevil.example',
  'https://www.pets.example',
  'https://a.pets.example',
  'https://.pets.example',
  'https://pets.example.',
  'https://pets.example:443',
  'https://pets.example:444',
  'https://pets.example:8443',
  'https://pets.example:',
  'https://pets.example/',
  'https://pets.example/path',
  'https://pets.example?x',
  'https://pets.example#x',
  'https://pets.example,',
  'https://pets.example, https://evil.example',
  'https://evil.example, https://pets.example',
  'https://pets.example https://evil.example',
  'https://pets.example%00.evil.example',
  'https://pets.example%2eevil.example',
  'https://pets.example\\.evil.example',
  'https://pets.example@evil.example',
  'https://evil.example@pets.example',
  'https://user:pass@pets.example',
  'https://petsXexample',
  'https://pets-example',
  'https://pets',
  'https://example',
  'HTTPS://PETS.EXAMPLE',
  'https://Pets.example',
  'https://pets.EXAMPLE',
  'https:/pets.example',
  'https:pets.example',
  '//pets.example',
  'pets.example',
  'https://xn--pts-bma.example',
  'https://p\u00e9ts.example',
  'wss://pets.example',
  'ftp://pets.example',
  'file://',
  'file:///pets.example',
  'chrome-extension://pets.example',
  'about:blank',
  'blob:https://pets.example',
  'data:text/html,x',
  'null',
  'undefined',
  '*',
  'https://*',
  'https://*.example',
  'https://localhost',
  'http://127.0.0.1',
  'http://[::1]',
  '',
];

const ADMIN_TOKEN = 'the-admin-token-of-the-suite-4f1c9a7e03';

/** Only pages that the shop named may ask, and every answer tells caches that it depends on the page. */
export async function origins(findings: Findings, { size }: GroupOptions): Promise<void> {
  await using clerk = await Clerk.open({
    shops: { pets: { contact: { form: true } }, books: {} },
    env: { ADMIN_TOKEN },
    model: () => answer('Hi'),
  });
  const token = await clerk.session('pets');
  const requests: [string, string, Call][] = [
    ['POST', '/api/session', { json: { shop: 'pets' } }],
    ['GET', '/api/shops/pets', {}],
    ['GET', '/api/threads', { token }],
    ['GET', '/api/threads?q=hello', { token }],
    ['POST', '/api/messages/msg_none/feedback', { token, json: { rating: 'up' } }],
    ['GET', '/api/visitor', { token }],
    ['GET', '/api/threads/thr_none', { token }],
    ['DELETE', '/api/visitor', { token }],
    ['POST', '/api/chat', { token, json: question('Hi') }],
    ['POST', '/api/chat/stream', { token, json: question('Hi') }],
    ['GET', '/api/turns/trn_none/events', { token }],
    ['POST', '/api/turns/trn_none/tool-results', { token, json: { call_id: 'c', result: { ok: true } } }],
    ['GET', '/api/products?ids=1', { token }],
    ['POST', '/api/contact', { token, json: contactForm() }],
  ];
  const open: [string, string, Call][] = [
    ['GET', '/api/health', {}],
    ['GET', '/api/none', {}],
    ['GET', '/', {}],
    ['GET', '/widget.js', {}],
    ['POST', '/api/session', { body: '{', headers: { 'content-type': 'application/json' } }],
    ['PUT', '/api/session', {}],
    ['POST', '/api/sync', { token: ADMIN_TOKEN, json: { shop: 'none' } }],
    ['POST', '/api/webhooks/woocommerce/pets', { json: {} }],
    ['GET', '/none', {}],
  ];
  const asked = size === 'all' ? ORIGINS : ORIGINS.filter((_, index) => index % 10 === 0);

  for (const origin of [...asked, `http://evil.example:${new URL(clerk.url).port}`]) {
    const withOrigin = (call: Call): Call => ({ ...call, headers: { ...call.headers, origin: header(origin) } });
    for (const [method, path, call] of requests) {
      const { status, headers } = await clerk.call(method, path, withOrigin(call));
      findings.attempt(`"${origin}": ${method} ${path} → ${status}`, status < 400);
      findings.attempt(`"${origin}": ${method} ${path} may be read`, 'access-control-allow-origin' in headers);
      findings.attempt(`"${origin}": ${method} ${path} has no Vary`, !varies(headers.vary));
    }
    for (const wanted of ['GET', 'POST', 'PATCH', 'DELETE']) {
      const preflight = { origin: header(origin), 'access-control-request-method': wanted };
      const { headers } = await clerk.call('OPTIONS', '/api/chat', { headers: preflight });
      const allowed = Object.keys(headers).some((name) => name.startsWith('access-control-'));
      findings.attempt(`"${origin}": preflight for ${wanted}`, allowed);
      findings.attempt(`"${origin}": preflight has no Vary`, !varies(headers.vary));
    }
    for (const [method, path, call] of open) {
      const { headers } = await clerk.call(method, path, withOrigin(call));
      findings.attempt(`"${origin}": ${method} ${path} has no Vary`, !varies(headers.vary));
      if (path === '/widget.js') continue;
      findings.attempt(`"${origin}": ${method} ${path} may be read`, 'access-control-allow-origin' in headers);
    }
  }

  // The neighbour is allowed somewhere on this proxy: it may learn that it is refused here, and nothing else.
  for (const [method, path, call] of requests) {
    const headers = { origin: 'https://books.example' };
    const { status } = await clerk.call(method, path, { ...call, headers });
    findings.attempt(`the neighbour: ${method} ${path} → ${status}`, status < 400);
  }
  const named = await clerk.call('GET', '/api/shops/pets', { headers: { origin: 'https://pets.example' } });
  if (named.status !== 200) throw new Error('The page that the shop named is refused: nothing above means anything.');
  findings.attempt('cookies are let through', 'access-control-allow-credentials' in named.headers);
  findings.attempt('asked the model', clerk.model.requests.length > 0);
  const own = await clerk.call<{ contact_messages: unknown[] }>('GET', '/api/visitor', { token });
  findings.attempt('wrote to the shop', own.body.contact_messages.length > 0);
  findings.note = `${asked.length + 2} origins; preflights too; Vary: Origin on every answer`;
}

function varies(vary: string | undefined): boolean {
  return vary?.split(',').some((name) => name.trim() === 'Origin') ?? false;
}

/** As bytes: a header has no characters beyond one byte. */
function header(text: string): string {
  return Buffer.from(text).toString('latin1');
}
