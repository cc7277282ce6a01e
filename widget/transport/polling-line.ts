import type { StartedTurn, TurnEvents } from '../../proxy/protocol/index.ts';
import type { Clock } from './clock.ts';
import { readJson } from './proxy-client.ts';
import type { ProxyClient } from './proxy-client.ts';
import type { Line } from './line.ts';
import { TransportError } from './types.ts';
import type { ProxyRequest } from './types.ts';

/** Polls begin this far apart at least, however fast answers come: the text moves twice a second then. */
const EVERY_MS = 500;

/** The turn by whole answers, for networks that hold a stream back. The proxy keeps each request until there is news. */
export function createPollingLine(client: ProxyClient, { clock }: { clock: Clock }): Line {
  return async function* pollingLine(cursor, signal) {
    if (cursor.turnId === null) {
      const path = '/api/chat/stream';
      const post: ProxyRequest = { method: 'POST', path, body: cursor.question!, accept: 'application/json' };
      cursor.found(await client.send(post, startedTurn, signal));
      yield { type: 'open' };
    }
    const turnId = cursor.turnId!;
    for (;;) {
      const askedAt = clock.now();
      const path = `/api/turns/${encodeURIComponent(turnId)}/events?after=${cursor.seq}`;
      const { events, ended } = await client.send(
        { method: 'GET', path, accept: 'application/json' },
        turnEvents,
        signal,
      );
      yield { type: 'ping' };
      for (const { seq, event } of events) yield { type: 'event', id: { turnId, seq }, event };
      if (ended) return;
      const next = askedAt + EVERY_MS - clock.now();
      if (next > 0) await clock.sleep(next, signal);
    }
  };
}

async function startedTurn(response: Response): Promise<string> {
  const { turn_id } = await readJson<Partial<StartedTurn>>(response);
  return typeof turn_id === 'string' ? turn_id : notTheProxy(response);
}

async function turnEvents(response: Response): Promise<TurnEvents> {
  const answer = await readJson<Partial<TurnEvents>>(response);
  return Array.isArray(answer.events) ? { events: answer.events, ended: answer.ended === true } : notTheProxy(response);
}

function notTheProxy({ status }: Response): never {
  throw new TransportError('network', 'The answer is JSON, but not from the proxy.', { status, retryable: true });
}
