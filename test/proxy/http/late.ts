/** A process of its own that makes a server before it loads what streams: prints what a reader of the stream gets. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { HttpEnv } from '../../../proxy/http/env.ts';

const app = new Hono<HttpEnv>();
const server = createAdaptorServer({ fetch: app.fetch });
const { streamTurn } = await import('../../../proxy/http/sse.ts');
const { closedLog } = await import('../../../proxy/chat/turn-log.ts');
// No promise: what is answered at once is what the adapter keeps.
app.get('/', (c) => streamTurn(c, closedLog('trn_1', [])));
await once(server.listen(0, '127.0.0.1'), 'listening');
const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
console.log(answer.headers.get('content-type'), JSON.stringify(await answer.text()));
server.close();
