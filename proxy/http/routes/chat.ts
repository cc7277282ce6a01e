import { Hono, type Context } from 'hono';
import type { TurnLog } from '../../chat/turn-log.ts';
import type { FollowedTurn, TurnRunner } from '../../chat/types.ts';
import type { ChatResponse, StartedTurn } from '../../protocol/index.ts';
import type { Limits } from '../../limits/types.ts';
import type { Metrics } from '../../metrics/types.ts';
import { askerOf, type HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';
import { takePlace } from '../middleware/take-place.ts';
import { chatRequest, checkMessage, readBody } from '../schemas.ts';
import { streamTurn, wantsJson } from '../sse.ts';

export interface ChatDeps {
  turns: TurnRunner;
  allowances: Limits;
  metrics: Pick<Metrics, 'follow'>;
}

export function chat({ turns, allowances, metrics }: ChatDeps) {
  const place = takePlace({ allowances, follow: metrics.follow });

  async function startTurn(c: Context<HttpEnv>, options: { hasPage?: boolean } = {}): Promise<FollowedTurn> {
    const body = await readBody(c, chatRequest);
    const shop = c.get('shop');
    const followed = await turns.start({
      ...askerOf(c),
      requestId: c.get('requestId'),
      identified: c.get('identified'),
      ...(c.get('own') && { own: true }),
      threadId: body.thread_id,
      clientMessageId: body.client_message_id,
      text: checkMessage(body.message, shop.limits.messageLength),
      locale: body.locale ?? shop.locale,
      ...(body.replaces !== undefined && { replaces: body.replaces }),
      ...(body.context && { context: body.context }),
      ...(body.tools && { pageTools: body.tools }),
      ...options,
    });
    c.set('turnId', followed.turn.id);
    return followed;
  }

  return new Hono<HttpEnv>()
    .post('/stream', place, async (c) => {
      const { turn, log } = await startTurn(c);
      if (!wantsJson(c)) return streamTurn(c, log);
      const ids = { thread_id: turn.threadId, turn_id: turn.id, message_id: turn.assistantMessageId };
      return c.json(ids satisfies StartedTurn, 202);
    })
    .all('/stream', only('POST'))
    .post('/', place, async (c) => c.json(await whole((await startTurn(c, { hasPage: false })).log, c.req.raw.signal)))
    .all('/', only('POST'));
}

/** The same turn without the streaming: waits for its end. */
async function whole(log: TurnLog, signal: AbortSignal): Promise<ChatResponse> {
  const answer: ChatResponse = {
    thread_id: '',
    message_id: '',
    message: '',
    citations: [],
    products: [],
    notices: [],
    suggestions: [],
    finish: 'error',
  };
  for await (const batch of log.follow(0, signal)) {
    for (const { event } of batch) {
      if (event.type === 'text') answer.message += event.content;
      else if (event.type === 'citations') answer.citations.push(...event.data);
      else if (event.type === 'suggestions') answer.suggestions = event.data;
      // What was said before is void, and nobody has read it yet.
      else if (event.type === 'reset')
        Object.assign(answer, { message: '', citations: [], products: [], notices: [], suggestions: [] });
      else if (event.type === 'products' || event.type === 'comparison') answer.products.push(...event.data);
      else if (event.type === 'notice') {
        // Who reads the whole answer at once has waited already.
        if (event.code === 'busy') continue;
        const { type: _, ...notice } = event;
        answer.notices.push(notice);
      } else if (event.type === 'error') {
        const { type: _, ...error } = event;
        answer.error = error;
      } else if (event.type === 'done') {
        const { type: _, ...end } = event;
        Object.assign(answer, end);
      }
    }
  }
  return answer;
}
