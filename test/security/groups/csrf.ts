import { answer } from '../../fakes/fake-openai.ts';
import { Clerk, contactForm, question } from '../clerk.ts';
import { thinned, type Findings, type GroupOptions } from '../findings.ts';

/** What a page can send without asking first (Fetch: "CORS-safelisted"), and what careless servers take for JSON. */
const TYPES = [
  'text/plain',
  'text/plain;charset=utf-8',
  'text/plain; application/json',
  'text/plain;x=application/json',
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=application/json',
  'multipart/form-data',
  'multipart/form-data; boundary=application/json',
  'text/json',
  'application/jsonp',
  'application/json5',
  'application/csp-report',
  'application/vnd.api+json',
  'text/html',
  'application/xml',
  'json',
  '*/*',
  '',
];

const POSTS = [
  '/api/session',
  '/api/chat',
  '/api/chat/stream',
  '/api/contact',
  '/api/turns/trn_none/tool-results',
  '/api/messages/msg_none/feedback',
  '/api/sync',
  '/api/webhooks/woocommerce/pets',
];

const OVERRIDES: Record<string, string>[] = [
  { 'x-http-method-override': 'DELETE' },
  { 'x-method-override': 'DELETE' },
  { 'x-http-method': 'DELETE' },
];

/** A page elsewhere lets the shopper's browser ask, with all that a browser adds by itself. */
export async function csrf(findings: Findings, { size }: GroupOptions): Promise<void> {
  await using clerk = await Clerk.open({ shops: { pets: { contact: { form: true } } }, model: () => answer('Hi') });
  const token = await clerk.session('pets');
  const { body } = await clerk.chat(token, 'Keep me');
  const thread = body.thread_id;
  const before = clerk.model.requests.length;
  /** What browsers add of themselves, were the token a cookie. */
  const browser = {
    cookie: `token=${token}; session=${token}; authorization=Bearer ${token}`,
    'sec-fetch-mode': 'no-cors',
    'sec-fetch-site': 'cross-site',
  };

  const bodies = [
    JSON.stringify({ shop: 'pets', ...question('Hi') }),
    JSON.stringify(contactForm()),
    `email=a@b.example&message=Hi&client_message_id=by-a-form-3&access_token=${token}`,
    `shop=pets&message=Hi&thread_id=${thread}&client_message_id=by-a-form-1&access_token=${token}`,
    `{"shop":"pets","message":"Hi","thread_id":null,"client_message_id":"by-a-form-2","pad":"="}`,
    `--x\r\nContent-Disposition: form-data; name="message"\r\n\r\nHi\r\n--x--\r\n`,
  ];
  const posts = TYPES.flatMap((type) =>
    bodies.flatMap((sent) =>
      // With the header that only a page that is allowed to can send: not even then is a form taken for JSON.
      POSTS.flatMap((path) => [{}, { authorization: `Bearer ${token}` }].map((more) => ({ type, sent, path, more }))),
    ),
  );
  for (const { type, sent, path, more } of thinned(posts, size, 7)) {
    const headers = { ...browser, 'content-type': type, ...more };
    const { status } = await clerk.call('POST', path, { body: sent, headers });
    findings.attempt(`POST ${path} as "${type}" → ${status}`, status < 400);
  }

  const query = `access_token=${token}&token=${token}&authorization=Bearer%20${token}`;
  const paths = [
    `/api/threads/${thread}`,
    `/api/threads/${thread}/export`,
    '/api/threads',
    '/api/visitor',
    `/api/turns/trn_none/cancel`,
  ];
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'DELETE', 'HEAD']) {
      const asked = [`${path}?${query}`, `${path}?${query}&_method=DELETE`, `${path}?${query}&callback=steal`];
      for (const url of asked) {
        const { status } = await clerk.call(method, url, { headers: browser });
        findings.attempt(`${method} ${url.slice(0, 60)} with cookies only → ${status}`, status < 400);
      }
    }
    // Even its owner deletes by DELETE alone.
    for (const headers of OVERRIDES) {
      for (const method of ['GET', 'POST']) {
        await clerk.call(method, `${path}?_method=DELETE`, { token, headers });
        await clerk.call(method, path, {
          token,
          headers: { ...headers, 'content-type': 'text/plain' },
          body: '_method=DELETE',
        });
      }
    }
  }
  const kept = await clerk.call('GET', `/api/threads/${thread}`, { token });
  findings.attempt('a conversation was deleted by another method', kept.status !== 200);

  for (const path of ['/api/shops/pets', '/api/health', `/api/threads/${thread}`]) {
    for (const name of ['callback', 'jsonp', 'cb']) {
      const { text, headers } = await clerk.call('GET', `${path}?${name}=steal`, { token });
      const runs =
        /^\s*(?:\/\*.*?\*\/)?\s*steal/.test(text) || !headers['content-type']?.startsWith('application/json');
      findings.attempt(`${path}?${name}=steal is a script`, runs || headers['x-content-type-options'] !== 'nosniff');
    }
    const { headers } = await clerk.call('GET', path, { token });
    findings.attempt(`${path} may be framed`, headers['x-frame-options'] !== 'DENY');
    findings.attempt(`${path} sets a cookie`, 'set-cookie' in headers);
    findings.attempt(`${path} may be embedded`, headers['cross-origin-resource-policy'] !== 'same-origin');
  }
  const own = await clerk.call<{ contact_messages: unknown[] }>('GET', '/api/visitor', { token });
  findings.attempt('the shop was written to', own.body.contact_messages.length > 0);
  findings.attempt('the model was asked', clerk.model.requests.length > before);
  findings.note = `${TYPES.length} content types, forms, cookies, method overrides, JSONP`;
}
