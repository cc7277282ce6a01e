import { SignJWT } from 'jose';
import { frames, STALL, textDelta } from '../../fakes/fake-openai.ts';
import { product } from '../../fixtures/products.ts';
import { Clerk, contactForm, question, type Answer, type Call } from '../clerk.ts';
import type { Findings, GroupOptions } from '../findings.ts';

const MARK = 'PRIVATE-MARK-51c2';
const IDENTITY_SECRET = 'the-identity-secret-of-pets-93ab47d0';

interface Ids {
  thread: string;
  turn: string;
  message: string;
}

type Route = (ids: Ids) => [method: string, path: string, call?: Call];

const json = { accept: 'application/json' };
const segment = encodeURIComponent;

/** Every route that names a thread, a turn or a message, in every place where one could be named. */
const ROUTES: Route[] = [
  ...['GET', 'HEAD', 'PATCH', 'DELETE', 'PUT', 'POST'].flatMap((method): Route[] => [
    ({ thread }) => [method, `/api/threads/${segment(thread)}`, change(method)],
    ({ thread }) => [method, `/api/threads/${segment(thread)}/export`, change(method)],
    ({ turn }) => [method, `/api/turns/${segment(turn)}/events?wait=0`, { headers: json }],
    ({ turn }) => [method, `/api/turns/${segment(turn)}/cancel`],
  ]),
  ({ turn }) => ['GET', `/api/turns/${segment(turn)}/events`],
  ({ turn }) => ['GET', `/api/turns/${segment(turn)}/events?after=0&wait=0`, { headers: json }],
  ({ turn }) => ['GET', `/api/turns/${segment(turn)}/events`, { headers: { 'last-event-id': ascii(`${turn}:1`) } }],
  ({ thread }) => ['GET', `/api/threads/${segment(thread)}?locale=he`],
  ...['POST', 'PUT', 'GET'].map((method): Route => {
    const json = { call_id: 'call_1', result: { ok: false, code: 'declined' } };
    return ({ turn }) => [method, `/api/turns/${segment(turn)}/tool-results`, method === 'GET' ? {} : { json }];
  }),
  ...['POST', 'PUT', 'GET'].map((method): Route => {
    const json = { rating: 'down', comment: 'Mine now' };
    return ({ message }) => [method, `/api/messages/${segment(message)}/feedback`, method === 'GET' ? {} : { json }];
  }),
  ({ thread }) => ['POST', '/api/contact', { json: contactForm({ thread_id: thread }) }],
  ({ thread }) => ['POST', '/api/chat', { json: { ...question('Hi', thread), client_message_id: 'the-same-one' } }],
  ({ thread }) => ['POST', '/api/chat/stream', { json: question('Hi', thread), headers: json }],
];

function change(method: string): Call {
  return method === 'PATCH' || method === 'PUT' || method === 'POST' ? { json: { title: 'Mine now' } } : {};
}

/** Shopper B, the neighbour's shopper and a signed-in one ask for what is shopper A's. */
export async function foreignIds(findings: Findings, { size, random }: GroupOptions): Promise<void> {
  await using clerk = await Clerk.open({
    shops: {
      pets: { identity: { secret: 'env:PETS_IDENTITY' }, contact: { form: true } },
      books: { contact: { form: true } },
    },
    products: { pets: [product(1, 'Bed')], books: [product(2, 'Novel')] },
    env: { PETS_IDENTITY: IDENTITY_SECRET },
    model: () => frames([textDelta(`${MARK} half an answer`), STALL]),
  });
  const owner = await clerk.session('pets');
  const { thread_id, turn_id, message_id } = await clerk.startTurn(owner, `${MARK} question`);
  const own: Ids = { thread: thread_id, turn: turn_id, message: message_id };
  const missing: Ids = {
    thread: like(thread_id, random),
    turn: like(turn_id, random),
    message: like(message_id, random),
  };
  const identity = await new SignJWT({ sub: 'somebody' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('10m')
    .sign(Buffer.from(IDENTITY_SECRET));
  const askers = {
    'another visitor': await clerk.session('pets'),
    'a signed-in one': await clerk.session('pets', { identity }),
    "the neighbour's visitor": await clerk.session('books'),
  };

  for (const [who, token] of Object.entries(askers)) {
    for (const route of ROUTES) {
      const [foreign, none] = await Promise.all([ask(own), ask(missing)]);
      const [method, path] = route(own);
      findings.attempt(
        `${who}: ${method} ${path}: ${foreign.text.slice(0, 80)}`,
        foreign.status < 400 || leaks(foreign),
      );
      findings.attempt(`${who}: ${method} ${path} differs from what is not there`, seen(foreign) !== seen(none));

      function ask(ids: Ids): Promise<Answer> {
        const [method, path, call] = route(ids);
        return clerk.call(method, path, { ...call, token });
      }
    }
    const taken = await clerk.call<{ contact_messages: unknown[] }>('GET', '/api/visitor', { token });
    findings.attempt(`${who}: wrote to the shop with a foreign thread`, taken.body.contact_messages.length > 0);
    for (const path of [
      '/api/threads',
      '/api/visitor',
      '/api/threads?q=question',
      `/api/threads?thread_id=${thread_id}&visitor_id=x`,
    ]) {
      findings.attempt(`${who}: GET ${path}`, leaks(await clerk.call('GET', path, { token })));
    }
  }

  const ids = Array.from({ length: 50 }, (_, index) => index + 1).join(',');
  const products = (token: string) => clerk.call('GET', `/api/products?ids=${ids}`, { token });
  if (!(await products(owner)).text.includes('Bed'))
    throw new Error('The shop itself has no product: this shows nothing.');
  const neighbour = await products(askers["the neighbour's visitor"]);
  findings.attempt('the neighbour: GET /api/products of this shop', neighbour.text.includes('Bed'));

  const guesses = size === 'all' ? 60 : 6;
  const routes = size === 'all' ? ROUTES : ROUTES.filter((_, index) => index % 10 === 0);
  for (const ids of variants(own, guesses, random)) {
    for (const route of routes) {
      const [method, path, call] = route(ids);
      const token = askers['another visitor'];
      const answer = await clerk.call(method, path, { ...call, token });
      findings.attempt(`${method} ${path}: ${answer.text.slice(0, 80)}`, answer.status < 400 || leaks(answer));
    }
  }
  await clerk.call('DELETE', '/api/visitor', { token: askers['another visitor'] });

  const kept = await clerk.call('GET', `/api/threads/${thread_id}`, { token: owner });
  const { title, active_turn_id } = (kept.body ?? {}) as { title?: string; active_turn_id?: string };
  findings.attempt('the conversation is another one afterwards', title !== `${MARK} question`);
  findings.attempt('the answer was stopped', active_turn_id !== turn_id);
  findings.note = `${ROUTES.length} routes and verbs, 3 strangers; "not yours" = "not there", byte for byte`;
}

function leaks({ text, headers }: Answer): boolean {
  return text.includes(MARK) || JSON.stringify(headers).includes(MARK);
}

/** What somebody could tell two answers apart by. */
function seen({ status, headers, text }: Answer): string {
  const { date: _, 'x-request-id': __, ...rest } = headers;
  return JSON.stringify([status, rest, text]);
}

/** Another id of the same form. */
function like(id: string, random: () => number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return id.slice(0, 4) + Array.from({ length: 22 }, () => letters[Math.floor(random() * 64)]).join('');
}

function variants({ thread, turn, message }: Ids, guesses: number, random: () => number): Ids[] {
  const changes: ((id: string) => string)[] = [
    (id) => id.slice(0, -1),
    (id) => id.slice(0, 10),
    (id) => id.slice(4),
    (id) => id + id,
    (id) => `x${id}`,
    (id) => ` ${id}`,
    (id) => `${id} `,
    (id) => `${id}\n`,
    (id) => `${id}\u0000`,
    (id) => `${id}\u0000.json`,
    (id) => id.toUpperCase(),
    (id) => id.toLowerCase(),
    (id) => id.replace('_', '＿'),
    (id) => id.normalize('NFKD') + '\u0301',
    (id) => `\ufeff${id}`,
    (id) => `\u202e${[...id].reverse().join('')}`,
    (id) => `${id.slice(0, 8)}%`,
    () => '%',
    () => '_'.repeat(26),
    () => '*',
    (id) => `${id}' OR '1'='1`,
    (id) => `${id}'; DROP TABLE threads;--`,
    (id) => `${id}" UNION SELECT * FROM messages--`,
    () => "' OR 1=1--",
    (id) => `../threads/${id}`,
    (id) => `./${id}`,
    (id) => `${id}/`,
    (id) => `${id}/../${id}`,
    (id) => `${id};a=b`,
    (id) => `${id}?`,
    (id) => `${id}#`,
    (id) => `["${id}"]`,
    (id) => `{"$eq":"${id}"}`,
    (id) => segment(segment(id)).replace('_', '%5F'),
    () => '__proto__',
    () => 'constructor',
    () => 'null',
    () => '0',
    () => '1',
    () => '-1',
    () => '𝟙',
    (id) => Buffer.from(id).toString('base64url'),
    (id) => neighbour(id, 1),
    (id) => neighbour(id, -1),
  ];
  const same = changes.map((of): Ids => ({ thread: of(thread), turn: of(turn), message: of(message) }));
  const crossed: Ids[] = [
    { thread: turn, turn: message, message: thread },
    { thread: message, turn: thread, message: turn },
  ];
  return [...same, ...crossed, ...Array.from({ length: guesses }, () => guess())];

  function guess(): Ids {
    return { thread: like(thread, random), turn: like(turn, random), message: like(message, random) };
  }
}

function neighbour(id: string, step: number): string {
  return id.slice(0, -1) + String.fromCharCode(id.charCodeAt(id.length - 1) + step);
}

function ascii(text: string): string {
  return text.replace(/[^\x21-\x7e]/g, '?');
}
