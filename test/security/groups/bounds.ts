import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { answer, frames, STALL, textDelta, type RecordedRequest, type Reply } from '../../fakes/fake-openai.ts';
import { Clerk, contactForm, lastQuestion, NO_LIMITS, question } from '../clerk.ts';
import type { Findings, GroupOptions } from '../findings.ts';

/** Longer than Node and the proxy give a client for its headers, with the pause between two looks. */
const SLOW_CUT_MS = 20_000;
/** What one address may follow and run at once by default, and what one visitor may keep. */
const [STREAMS, TURNS, THREADS] = [60, 6, 100];
/** Messages to the people of a shop that one address may leave an hour. */
const CONTACTS = 20;
const POSTS = [
  '/api/session',
  '/api/chat',
  '/api/chat/stream',
  '/api/contact',
  '/api/turns/trn_none/tool-results',
  '/api/messages/msg_none/feedback',
];

/** Whoever sends too much, too deep, too slowly or too often is refused or bounded, and the others are served meanwhile. */
export async function bounds(findings: Findings, { size }: GroupOptions): Promise<void> {
  const long = `${'x'.repeat(1_000)} `.repeat(size === 'all' ? 10_000 : 2_000);
  const model = ({ body }: RecordedRequest): Reply => {
    const asked = lastQuestion(body);
    if (asked.includes('stall')) return frames([textDelta('Half'), STALL]);
    return answer(asked.includes('much') ? long : 'Hi');
  };
  const { threads_per_visitor: _, ...noRates } = NO_LIMITS;
  await using clerk = await Clerk.open({
    shops: { pets: { limits: noRates, contact: { form: true } }, strict: { limits: {} }, others: {} },
    model,
  });
  const all = size === 'all';
  const token = await clerk.session('pets');
  const other = await clerk.session('others');
  const refused = (what: string, { status }: { status: number }, ...wanted: number[]) =>
    findings.attempt(`${what} → ${status}`, !wanted.includes(status));

  /** The neighbour's shopper, in the middle of it all. */
  async function served(during: string): Promise<void> {
    const { status } = await clerk.chat(other, 'Hello');
    findings.attempt(`${during}: another shopper was not served (${status})`, status !== 200);
    findings.attempt(`${during}: the proxy died`, !clerk.isAlive);
  }

  // Bodies and what is in them.
  const json = { 'content-type': 'application/json' };
  for (const path of POSTS) {
    for (const bytes of [300_000, 5_000_000]) {
      const body = JSON.stringify({ ...question('x'.repeat(bytes)), shop: 'pets' });
      refused(
        `${bytes} bytes to ${path}`,
        await clerk.call('POST', path, { token, headers: json, body }).catch(cutOff),
        413,
      );
    }
    for (const depth of [21, 1_000, 100_000]) {
      for (const [open, close] of [
        ['[', ']'],
        ['{"a":', '}'],
      ] as const) {
        const body = `{"shop":"pets","x":${open.repeat(depth)}1${close.repeat(depth)}}`;
        refused(
          `${depth} deep to ${path}`,
          await clerk.call('POST', path, { token, headers: json, body }).catch(cutOff),
          400,
          413,
        );
      }
    }
    const keys = JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`k${n}`, n])));
    refused(`20,000 keys to ${path}`, await clerk.call('POST', path, { token, headers: json, body: keys }), 400, 413);
  }
  refused('a message of 4,001 letters', await clerk.chat(token, 'x'.repeat(4_001)), 400);
  const webhook = '/api/webhooks/woocommerce/pets';
  for (const path of ['/api/sync', webhook]) {
    const body = JSON.stringify({ shop: 'pets', x: 'x'.repeat(5_000_000) });
    refused(`5 MB to ${path}`, await clerk.call('POST', path, { headers: json, body }).catch(cutOff), 413);
  }
  const ids = Array.from({ length: 51 }, (_, n) => n).join(',');
  refused('51 products', await clerk.call('GET', `/api/products?ids=${ids}`, { token }), 400);
  refused('an id of 5,000 digits', await clerk.call('GET', `/api/products?ids=${'1'.repeat(5_000)}`, { token }), 400);
  const letters = contactForm({ message: 'x'.repeat(4_001) });
  refused('4,001 letters to the shop', await clerk.call('POST', '/api/contact', { token, json: letters }), 400);
  const feedback = { rating: 'up', comment: 'x'.repeat(501) };
  const rated = await clerk.call('POST', '/api/messages/msg_none/feedback', { token, json: feedback });
  refused('501 letters on an answer', rated, 400);
  const context = { products: Array.from({ length: 51 }, () => ({ name: 'x' })) };
  refused(
    'a page of 51 products',
    await clerk.call('POST', '/api/chat', { token, json: { ...question('Hi'), context } }),
    400,
  );
  await served('large bodies');

  // Messages to the people of the shop, by visitors made for it.
  let left = 0;
  for (let n = 0; n < (all ? 200 : 40); n++) {
    const visitor = await clerk.session('pets');
    const sent = await Promise.all(
      [1, 2].map(() => clerk.call('POST', '/api/contact', { token: visitor, json: contactForm() })),
    );
    for (const { status } of sent) findings.attempt('one more message', status === 201 && ++left > CONTACTS);
  }
  if (left === 0) throw new Error('No message was taken: this shows nothing.');

  // Headers.
  refused(
    'headers of 17 kB',
    await clerk.call('GET', '/api/health', { headers: { x: 'x'.repeat(17_000) } }).catch(cutOff),
    431,
  );
  refused('a path of 17 kB', await clerk.call('GET', `/${'x'.repeat(17_000)}`).catch(cutOff), 431);
  const crowd = Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`x${n}`, '1']));
  refused('3,000 headers', await clerk.call('GET', '/api/health', { headers: crowd }).catch(cutOff), 431);

  // Threads and what one visitor may keep.
  const wanted = all ? 10_000 : 150;
  let made = 0;
  for (let start = 0; start < wanted; start += 50) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => clerk.chat(token, 'Hello')));
    for (const { status } of answers) findings.attempt('one more thread', status === 200 && ++made > THREADS);
  }
  if (made === 0) throw new Error('No thread was made: this shows nothing.');
  await served(`${wanted} threads`);

  // Streams that nobody reads, from one address: the defaults of a shop.
  const readers = all ? 1_000 : 100;
  const followed: [token: string, turn: string][] = [];
  for (let n = 0; n < TURNS; n++) {
    const visitor = await clerk.session('strict');
    followed.push([visitor, (await clerk.startTurn(visitor, 'stall')).turn_id]);
  }
  let open = 0;
  const idle = await Promise.all(
    Array.from({ length: readers }, (_, n) => {
      const [visitor, turn] = followed[n % TURNS]!;
      return openStream(clerk, visitor, `/api/turns/${turn}/events`);
    }),
  );
  for (const { status } of idle) findings.attempt('one more idle stream', status === 200 && ++open > STREAMS);
  await served(`${readers} idle streams`);
  if (open === 0) throw new Error('No stream was opened: this shows nothing.');
  idle.forEach(({ leave }) => leave());

  // Readers who take nothing of an answer that is larger than what the system keeps for them.
  const teller = await clerk.session('pets');
  const told = await clerk.startTurn(teller, 'much');
  const slow = await Promise.all(
    Array.from({ length: all ? 100 : 20 }, async () => {
      const stream = await openStream(clerk, teller, `/api/turns/${told.turn_id}/events`);
      stream.pause();
      return stream;
    }),
  );
  for (const { status } of slow) findings.attempt(`a slow reader → ${status}`, status !== 200);
  await served(`${slow.length} slow readers`);
  slow.forEach(({ leave }) => leave());

  // Sockets that send a letter now and then.
  const sockets = Array.from({ length: all ? 300 : 50 }, (_, n) =>
    drip(clerk.url, n % 2 === 0 ? HEADERS : BODY(token)),
  );
  await Promise.all(sockets.map(({ socket }) => once(socket, 'connect')));
  await served(`${sockets.length} sockets that send slowly`);
  if (all) {
    await Promise.race([
      Promise.all(sockets.filter((_, n) => n % 2 === 0).map(({ closed }) => closed)),
      pause(SLOW_CUT_MS),
    ]);
    sockets.forEach(({ socket }, n) => {
      if (n % 2 === 0) findings.attempt('a socket is still open after its time for headers', !socket.destroyed);
    });
    await served('sockets cut off');
  }
  sockets.forEach(({ socket }) => socket.destroy());
  refused('the end', await clerk.call('GET', '/api/health'), 200);
  findings.note = `bodies, depth, headers; ${wanted} threads → ${made}; ${readers} idle streams → ${open}; slow senders and readers`;
}

/** The proxy hangs up on what it won't read: as good as refused. */
function cutOff(error: NodeJS.ErrnoException): { status: number } {
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return { status: 413 };
  throw error;
}

function openStream(clerk: Clerk, token: string, path: string, json?: object) {
  const sent = json && JSON.stringify(json);
  return new Promise<{ status: number; leave: () => void; pause: () => void }>((resolve, reject) => {
    const request = http.request(clerk.url + path, {
      agent: false,
      method: sent === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, ...(sent !== undefined && { 'content-type': 'application/json' }) },
    });
    request.on('response', (response) => {
      response.on('error', () => undefined);
      resolve({ status: response.statusCode!, leave: () => request.destroy(), pause: () => void response.pause() });
      if (response.statusCode !== 200) response.resume();
    });
    request.on('error', (error) => reject(error));
    request.end(sent);
  });
}

const HEADERS = 'GET /api/health HTTP/1.1\r\nHost: x\r\nX-Slow: ';
const BODY = (token: string) =>
  `POST /api/chat HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n{"message":"`;

/** Sends a letter a second for ever. */
function drip(url: string, beginning: string) {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  socket.write(beginning);
  const timer = setInterval(() => socket.write('a'), 1_000);
  socket.on('error', () => undefined);
  socket.resume();
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  void closed.then(() => clearInterval(timer));
  return { socket, closed };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
