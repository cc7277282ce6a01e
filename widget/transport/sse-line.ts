import { decodeEvent, parseEventId } from '../../proxy/protocol/index.ts';
import type { ProxyClient } from './proxy-client.ts';
import type { Line } from './line.ts';
import { readSse } from './sse.ts';
import { asTransportError, TransportError } from './types.ts';
import type { ProxyRequest } from './types.ts';

/** The turn as an event stream. The first arrival says that the proxy has answered. */
export function createSseLine(client: ProxyClient, { stallMs }: { stallMs: number }): Line {
  return async function* sseLine({ turnId, question, seq }, signal) {
    // In the query, because a page may not send `Last-Event-ID` to another origin unasked.
    const request: ProxyRequest =
      turnId === null
        ? { method: 'POST', path: '/api/chat/stream', body: question! }
        : { method: 'GET', path: `/api/turns/${encodeURIComponent(turnId)}/events?after=${seq}` };
    const body = await client.send({ ...request, accept: 'text/event-stream' }, eventStream, signal);
    yield { type: 'open' };
    try {
      for await (const { type, data, lastEventId } of readSse(body, { stallMs, signal })) {
        // Named events, such as the ping, carry no state.
        if (type !== 'message') yield { type: 'ping' };
        else yield { type: 'event', id: parseEventId(lastEventId), event: decodeEvent(data) };
      }
    } catch (error) {
      throw asTransportError(error, signal, 'interrupted', 'The answer broke off.');
    }
  };
}

/** A gateway's page or a captive portal answers 200 too. */
function eventStream(response: Response): ReadableStream<Uint8Array> {
  if (response.body && response.headers.get('content-type')?.startsWith('text/event-stream')) return response.body;
  void response.body?.cancel();
  throw new TransportError('network', 'No event stream.', {
    status: response.status,
    retryable: true,
  });
}
