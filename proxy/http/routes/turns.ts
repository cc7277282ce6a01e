import { Hono, type Context } from 'hono';
import type { TurnLog } from '../../chat/turn-log.ts';
import type { TurnRunner } from '../../chat/types.ts';
import { ChatError } from '../../errors.ts';
import { parseEventId, type TurnEvents } from '../../protocol/index.ts';
import type { Limits } from '../../limits/types.ts';
import type { Metrics } from '../../metrics/types.ts';
import { ownerOf, type HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';
import { takePlace } from '../middleware/take-place.ts';
import { readBody, toolResult } from '../schemas.ts';
import { streamGap, streamTurn, wantsJson } from '../sse.ts';

/** Longest wait for the next event of who polls; well under what proxies on the way allow. */
const MAX_WAIT_S = 20;
const DEFAULT_WAIT_S = 10;
/** Events that come this soon after the first go into the same answer, in milliseconds: fewer polls, no slower reading. */
const GATHER_MS = 200;

export interface TurnsDeps {
  turns: TurnRunner;
  allowances: Limits;
  metrics: Pick<Metrics, 'follow'>;
}

export function turns({ turns, allowances, metrics }: TurnsDeps) {
  return new Hono<HttpEnv>()
    .get('/:id/events', takePlace({ allowances, follow: metrics.follow }), async (c) => {
      const id = c.req.param('id');
      const after = cursorOf(c, id);
      const log = await turns.find(id, ownerOf(c));
      c.set('turnId', log?.turnId);
      if (after === null || !log?.has(after)) {
        const { threadId } = await turns.row(id, ownerOf(c));
        return wantsJson(c) ? c.json(gap(threadId)) : streamGap(c, threadId);
      }
      return wantsJson(c) ? c.json(await poll(log, after, waitOf(c), c.req.raw.signal)) : streamTurn(c, log, { after });
    })
    .all('/:id/events', only('GET'))
    .post('/:id/cancel', async (c) => {
      await turns.cancel(c.req.param('id'), ownerOf(c));
      return c.body(null, 204);
    })
    .all('/:id/cancel', only('POST'))
    .post('/:id/tool-results', async (c) => {
      const { call_id, result } = await readBody(c, toolResult);
      await turns.settleAct(c.req.param('id'), ownerOf(c), call_id, result);
      return c.body(null, 204);
    })
    .all('/:id/tool-results', only('POST'));
}

/** How many events the reader has seen; null for a cursor that is none of this turn's. */
function cursorOf(c: Context, turnId: string): number | null {
  const last = c.req.header('last-event-id');
  if (last !== undefined) {
    const id = parseEventId(last);
    return id?.turnId === turnId ? id.seq : null;
  }
  return wholeNumber(c, 'after') ?? 0;
}

function waitOf(c: Context): number {
  return Math.min(wholeNumber(c, 'wait') ?? DEFAULT_WAIT_S, MAX_WAIT_S) * 1000;
}

function wholeNumber(c: Context, name: string): number | undefined {
  const value = c.req.query(name);
  if (value === undefined) return undefined;
  if (!/^\d{1,15}$/.test(value)) throw new ChatError('invalid_request', `${name}: must be a whole number`);
  return Number(value);
}

function gap(threadId: string): TurnEvents {
  return { events: [{ seq: 0, event: { type: 'gap', thread_id: threadId } }], ended: true };
}

/** What comes after event number `after`, waiting for the first of it but not for long. */
async function poll(log: TurnLog, after: number, waitMs: number, gone: AbortSignal): Promise<TurnEvents> {
  const answer: TurnEvents = { events: [], ended: false };
  if (waitMs === 0 && !log.isReady(after)) return answer;
  const enough = new AbortController();
  const stop = () => enough.abort();
  gone.addEventListener('abort', stop, { once: true });
  let timer = setTimeout(stop, waitMs);
  try {
    for await (const batch of log.follow(after, enough.signal)) {
      if (answer.events.length === 0) {
        clearTimeout(timer);
        timer = setTimeout(stop, Math.min(waitMs, GATHER_MS));
      }
      answer.events.push(...batch.map(({ seq, event }) => ({ seq, event })));
    }
    answer.ended = log.isOver(after + answer.events.length);
  } finally {
    clearTimeout(timer);
    gone.removeEventListener('abort', stop);
  }
  return answer;
}
