import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { redirectOf } from '../../../proxy/outbound/redirect.ts';
import { get, INSIDE, names, outbound, PUBLIC, rawSite, refusal, site } from './web.ts';

describe('a request', () => {
  test('says who asks and what for, and brings the answer', async () => {
    const shop = await site((_request, response) => response.writeHead(404, { 'x-shop': 'yes' }).end('no'));
    const answer = await get(outbound(), `${shop.origin}/catalog.json?page=1`, {
      headers: { accept: 'application/json', authorization: 'Bearer token' },
    });
    expect(answer).toMatchObject({ status: 404, url: `${shop.origin}/catalog.json?page=1` });
    expect(answer.headers.get('x-shop')).toBe('yes');
    expect(answer.body.toString()).toBe('no');
    expect(shop.requests[0]).toMatchObject({ method: 'GET', url: '/catalog.json?page=1', httpVersion: '1.1' });
    expect(shop.requests[0]!.headers).toMatchObject({
      'user-agent': 'shop-clerk/1.2.3',
      accept: 'application/json',
      authorization: 'Bearer token',
    });
  });

  test('that sends something does so once, and follows no redirect', async () => {
    const shop = await site((request, response) => {
      if (request.url === '/moved') response.writeHead(307, { location: '/' }).end();
      else request.pipe(response.setHeader('x-method', request.method!));
    });
    const sent = { method: 'POST', body: '{"query":"a"}', headers: { 'content-type': 'application/json' } } as const;
    const answer = await get(outbound(), shop.origin, sent);
    expect([answer.headers.get('x-method'), answer.body.toString()]).toEqual(['POST', '{"query":"a"}']);
    expect(await refusal(get(outbound(), `${shop.origin}/moved`, sent))).toMatchObject({ code: 'redirect_refused' });
    expect(shop.requests).toHaveLength(2);
  });

  test('whose body nobody reads ends with its time', async () => {
    const closed = Promise.withResolvers<void>();
    const shop = await site((_request, response) => {
      response.on('close', () => closed.resolve()).write('a');
    });
    const { signal } = new AbortController();
    expect(await outbound().request(shop.origin, { signal, timeoutMs: 200 })).toMatchObject({ status: 200 });
    await closed.promise;
  });

  test('keeps no cookie', async () => {
    const shop = await site((_request, response) => response.setHeader('set-cookie', 'a=b').end());
    const web = outbound();
    await get(web, shop.origin);
    await get(web, shop.origin);
    expect(shop.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
  });

  test('does not go through a proxy of the environment', async () => {
    const relay = await site((_request, response) => response.end('the relay'));
    for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy']) vi.stubEnv(name, relay.origin);
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    const shop = await site((_request, response) => response.end('the shop'));
    const { body } = await get(outbound(), shop.origin);
    vi.unstubAllEnvs();
    expect(body.toString()).toBe('the shop');
    expect(relay.requests).toEqual([]);
  });

  test('that fails says where and why, without the query', async () => {
    const error = await refusal(get(outbound(), 'http://shop.example/catalog.json?key=secret'));
    expect(error).toMatchObject({
      code: 'failed',
      message: "http://shop.example/catalog.json can't be read: getaddrinfo ENOTFOUND shop.example",
    });
  });
});

describe('the name of a host', () => {
  test('is resolved once, and the connection made to the answer that was checked', async () => {
    const shop = await site((_request, response) => response.end('the shop'));
    const inside = await site((_request, response) => response.end('the inside'), INSIDE);
    const resolve = names({ 'rebind.example': [[PUBLIC], [INSIDE]] });
    const web = outbound({ resolve });
    const first = await get(web, `http://rebind.example:${shop.port}/`);
    expect([first.body.toString(), resolve.asked.length]).toEqual(['the shop', 1]);
    const second = await refusal(get(web, `http://rebind.example:${inside.port}/`));
    expect([second.code, resolve.asked.length, inside.requests]).toEqual(['address_refused', 2, []]);
  });

  test('with two addresses is refused when one of them is inside', async () => {
    const shop = await site((_request, response) => response.end('the shop'));
    const resolve = names({ 'mixed.example': [[PUBLIC, INSIDE]], 'mixed-too.example': [[INSIDE, PUBLIC]] });
    for (const name of ['mixed.example', 'mixed-too.example']) {
      const error = await refusal(get(outbound({ resolve }), `http://${name}:${shop.port}/`));
      expect(error.code).toBe('address_refused');
    }
    expect(shop.requests).toEqual([]);
  });
});

describe('a redirect', () => {
  test('is followed, relative or not', async () => {
    const shop = await site(({ url }, response) => {
      if (url === '/end') response.end('the end');
      else response.writeHead(url === '/' ? 302 : 308, { location: url === '/' ? 'next' : `${shop.origin}/end` }).end();
    });
    const { body, url } = await get(outbound(), shop.origin);
    expect([body.toString(), url]).toEqual(['the end', `${shop.origin}/end`]);
  });

  test.each([301, 302, 303, 307, 308])('%i to the inside is not followed, by address or by name', async (status) => {
    const inside = await site((_request, response) => response.end('the inside'), INSIDE);
    const resolve = names({ 'inside.example': [[INSIDE]] });
    for (const location of [
      `${inside.origin}/`,
      `//${INSIDE}:${inside.port}`,
      `http://inside.example:${inside.port}/`,
    ]) {
      const shop = await site((_request, response) => response.writeHead(status, { location }).end());
      const error = await refusal(get(outbound({ resolve }), shop.origin));
      expect(error.code, location).toBe('address_refused');
    }
    expect(inside.requests).toEqual([]);
  });

  test('to the inside is not followed at the end of a chain either', async () => {
    const inside = await site((_request, response) => response.end('the inside'), INSIDE);
    const shop = await site(({ url }, response) => {
      const hop = Number(url!.slice(1));
      response.writeHead(302, { location: hop < 4 ? `/${hop + 1}` : inside.origin }).end();
    });
    expect((await refusal(get(outbound(), `${shop.origin}/0`))).code).toBe('address_refused');
    expect([shop.requests.length, inside.requests.length]).toEqual([5, 0]);
  });

  test.each(['file:///etc/passwd', 'gopher://127.0.0.1/', 'http://a:b@127.0.0.1/', 'http://127.0.0.1:22/'])(
    'to %s is not followed',
    async (location) => {
      const shop = await site((_request, response) => response.writeHead(302, { location }).end());
      expect((await refusal(get(outbound(), shop.origin))).code).toBe('url_refused');
    },
  );

  test('is followed five times and not more', async () => {
    const shop = await site(({ url }, response) => {
      const left = Number(url!.slice(1));
      if (left === 0) response.end('the end');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    expect((await get(outbound(), `${shop.origin}/5`)).body.toString()).toBe('the end');
    expect(await refusal(get(outbound(), `${shop.origin}/6`))).toMatchObject({
      code: 'redirect_refused',
      message: `${shop.origin}/6 redirects more than 5 times.`,
    });
  });

  test('to another origin goes without the headers that were meant for the first', async () => {
    const other = await site((_request, response) => response.writeHead(302, { location: `${shop.origin}/end` }).end());
    const shop = await site(({ url }, response) => {
      if (url === '/end') response.end();
      else response.writeHead(302, { location: url === '/' ? '/again' : other.origin }).end();
    });
    await get(outbound(), shop.origin, { headers: { authorization: 'Bearer token', 'x-api-key': 'key' } });
    const sent = [...shop.requests, ...other.requests].map(({ url, headers }) => [url, headers['x-api-key']]);
    expect(sent).toEqual([
      ['/', 'key'],
      ['/again', 'key'],
      ['/end', 'key'],
      ['/', undefined],
    ]);
    expect(other.requests[0]!.headers.authorization).toBeUndefined();
  });

  test('does not wait for its own body, and leaves no line open', async () => {
    const end = await site((_request, response) => response.end('the end'));
    const closed = Promise.withResolvers<void>();
    const shop = await site((_request, response) => {
      response.on('close', closed.resolve).writeHead(302, { location: end.origin }).write('wait, there is more');
    });
    expect((await get(outbound(), shop.origin)).body.toString()).toBe('the end');
    await closed.promise;
  });

  test('from https to http, or to nowhere, is refused', () => {
    const from = new URL('https://shop.example/a');
    expect(() => redirectOf(from, 302, 'http://shop.example/a')).toThrow(/redirects from https to http/);
    expect(() => redirectOf(from, 302, undefined)).toThrow('https://shop.example/a redirects to nowhere (302).');
    expect(() => redirectOf(from, 302, 'http://[')).toThrow(/to nowhere/);
    expect(redirectOf(from, 302, '//other.example/b')?.href).toBe('https://other.example/b');
    expect(redirectOf(from, 304, 'https://shop.example/')).toBeUndefined();
  });
});

describe('a body', () => {
  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('in %s is decompressed', async (encoding, compress) => {
    const shop = await site((_request, response) => {
      response.setHeader('content-encoding', encoding).end(compress('{"products":[]}'));
    });
    expect((await get(outbound(), shop.origin)).body.toString()).toBe('{"products":[]}');
    expect(shop.requests[0]!.headers['accept-encoding']).toBe('gzip, br');
  });

  test('of the largest size is taken, of one byte more refused', async () => {
    const shop = await site((_request, response) => response.end('x'.repeat(1_000)));
    expect((await get(outbound(), shop.origin, { maxBytes: 1_000 })).body.length).toBe(1_000);
    expect(await refusal(get(outbound(), `${shop.origin}/a?key=secret`, { maxBytes: 999 }))).toMatchObject({
      code: 'too_large',
      message: `${shop.origin}/a is larger than 999 bytes.`,
    });
  });

  test('without an end is let go at its largest size', async () => {
    const shop = await rawSite('HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(65_536));
    expect((await refusal(get(outbound(), shop))).code).toBe('too_large');
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('that blows up when it is decompressed (%s) is let go at its largest size', async (encoding, compress) => {
    const bomb = compress(Buffer.alloc(8 * 2 ** 20));
    expect(bomb.length).toBeLessThan(100_000);
    const shop = await site((_request, response) => response.setHeader('content-encoding', encoding).end(bomb));
    expect((await refusal(get(outbound(), shop.origin))).code).toBe('too_large');
  });

  test.each(['zstd', 'gzip, gzip', 'compress'])('in %s is refused: nobody asked for it', async (encoding) => {
    const shop = await site((_request, response) => response.setHeader('content-encoding', encoding).end('x'));
    expect(await refusal(get(outbound(), shop.origin))).toMatchObject({
      code: 'failed',
      message: `${shop.origin}/ is compressed in a way nobody asked for: ${encoding}.`,
    });
  });

  test('that is not what it says is an error, also when it is cut in the middle', async () => {
    const text = await site((_request, response) => response.setHeader('content-encoding', 'gzip').end('no gzip'));
    expect((await refusal(get(outbound(), text.origin))).code).toBe('failed');
    const cut = await site((_request, response) => {
      response.setHeader('content-encoding', 'gzip').end(gzipSync('{"products":[]}').subarray(0, -9));
    });
    expect((await refusal(get(outbound(), cut.origin))).code).toBe('failed');
  });
});

describe('a server', () => {
  test.each([
    ['its headers', 'x-shop: yes\r\n'],
    ['one header', 'x'],
  ])('that never ends %s is let go', async (_title, endless) => {
    const shop = await rawSite('HTTP/1.1 200 OK\r\n', endless.repeat(5_000));
    expect((await refusal(get(outbound(), shop))).code).toBe('failed');
  });

  test.each([
    ['that says nothing', ''],
    ['that only promises an answer', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
    ['that stops in its headers', 'HTTP/1.1 200 OK\r\nContent-'],
    ['that stops in its body', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{'],
    ['that stops between two redirects', 'HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 10\r\n'],
  ])('%s is let go when its time is over', async (_title, said) => {
    const shop = await rawSite(said);
    expect(await refusal(get(outbound(), `${shop}/a?key=secret`, { timeoutMs: 50 }))).toMatchObject({
      code: 'timed_out',
      message: `${shop}/a took longer than 50 ms.`,
    });
  });

  test('that drips is let go when its time is over, however lively it is', async () => {
    const shop = await site((_request, response) => {
      const drip = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(drip));
    });
    expect((await refusal(get(outbound(), shop.origin, { timeoutMs: 50 }))).code).toBe('timed_out');
  });

  test('whose name is never resolved is let go when its time is over', async () => {
    const web = outbound({ resolve: () => new Promise(() => {}) });
    expect((await refusal(get(web, 'http://shop.example/', { timeoutMs: 50 }))).code).toBe('timed_out');
  });
});

describe('whoever asked may change their mind', () => {
  const reason = new Error('changed my mind');

  test('before, and nothing is looked up', async () => {
    const resolve = names({});
    const answer = get(outbound({ resolve }), 'http://shop.example/', { signal: AbortSignal.abort(reason) });
    await expect(answer).rejects.toBe(reason);
    expect(resolve.asked).toEqual([]);
  });

  test('while the name is looked up', async () => {
    const caller = new AbortController();
    const resolve = () => {
      caller.abort(reason);
      return new Promise<never>(() => {});
    };
    const answer = get(outbound({ resolve }), 'http://shop.example/', { signal: caller.signal });
    await expect(answer).rejects.toBe(reason);
  });

  test('in the middle of the body; the server sees the line close', async () => {
    const caller = new AbortController();
    const closed = Promise.withResolvers<void>();
    const shop = await site((_request, response) => {
      response.on('close', closed.resolve).write('the beginning', () => caller.abort(reason));
    });
    await expect(get(outbound(), shop.origin, { signal: caller.signal })).rejects.toBe(reason);
    await closed.promise;
  });
});
