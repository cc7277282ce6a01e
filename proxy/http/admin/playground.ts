import { randomUUID } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import type { Settings } from '../../admin/settings.ts';
import type { TurnRunner } from '../../chat/types.ts';
import { ChatError } from '../../errors.ts';
import type { Limits } from '../../limits/types.ts';
import type { PlaygroundCost, PlaygroundRequest } from '../../protocol/admin/index.ts';
import type { Shop, Shops } from '../../shops/types.ts';
import type { Storage } from '../../storage/types.ts';
import type { ClientAddresses } from '../client-address.ts';
import { exactly } from '../openapi/exactly.ts';
import { checkMessage, locale } from '../schemas.ts';
import { streamTurn } from '../sse.ts';
import { mayShop } from './guard.ts';
import { body, createRoutes, deskRoute, json, ofShop } from './routes.ts';

const cost = exactly<PlaygroundCost>()(
  z
    .object({
      turn_id: z.string(),
      running: z.boolean(),
      calls: z.int(),
      models: z.array(z.string()),
      input_tokens: z.int(),
      cached_tokens: z.int(),
      output_tokens: z.int(),
      cost_micro_usd: z.int(),
      unpriced_calls: z.int(),
      first_token_ms: z.int().nullable(),
      duration_ms: z.int(),
    })
    .openapi('PlaygroundCost'),
);

const id = z.string().max(64);
const tags = ['Settings'];

const ask = deskRoute({
  method: 'post',
  path: '/',
  tags,
  summary: 'Talk to the draft, or to what is served',
  description:
    'The stream of POST /api/chat/stream. In no statistics and in nobody’s cache; what it costs is paid from the shop’s budget and marked as the owner’s own. Who goes away stops it.',
  request: {
    query: ofShop,
    body: body(
      exactly<PlaygroundRequest>()(
        z
          .strictObject({
            message: z.string(),
            against: z.enum(['draft', 'live']),
            thread_id: id.nullable(),
            locale: locale,
          })
          .openapi('PlaygroundRequest'),
      ),
      { message: 'Food for a puppy?', against: 'live', thread_id: null },
    ),
  },
  responses: {
    200: { description: 'The events of a turn.', content: { 'text/event-stream': { schema: z.string() } } },
  },
});

const costOf = deskRoute({
  method: 'get',
  path: '/turns/{id}',
  tags,
  summary: 'What a turn has cost',
  request: {
    query: ofShop,
    params: z.object({ id: id.openapi({ param: { name: 'id', in: 'path' }, example: 'trn_…' }) }),
  },
  responses: { 200: json(cost, 'All its calls together.') },
});

export interface PlaygroundDeps {
  shops: Shops;
  settings: Settings;
  turns: TurnRunner;
  allowances: Pick<Limits, 'countTrial'>;
  storage: Storage;
  addresses: ClientAddresses;
  createVisitorId: () => string;
}

export function playground(deps: PlaygroundDeps) {
  const { shops, settings, turns, allowances, storage, addresses, createVisitorId } = deps;

  async function shopOf(served: Shop, against: 'draft' | 'live'): Promise<Shop> {
    if (against === 'live') return served;
    const draft = await settings.draftShop(served.slug);
    if (!draft) throw new ChatError('not_found', 'There is no draft to talk to.');
    return draft.shop;
  }

  /** Each conversation is somebody's who has no other. */
  async function visitorOf(shop: string, threadId: string | null): Promise<string> {
    if (threadId === null) return createVisitorId();
    const thread = await storage.threadInShop(shop, threadId);
    // A shopper's is theirs.
    if (!thread?.own) throw new ChatError('thread_not_found', 'There is no such conversation of the playground.');
    return thread.visitorId;
  }

  return createRoutes()
    .openapi(ask, async (c) => {
      const { message, against, thread_id: threadId, locale } = c.req.valid('json');
      const served = mayShop(c, shops, c.req.valid('query').shop);
      const shop = await shopOf(served, against);
      const visitorId = await visitorOf(shop.slug, threadId);
      await allowances.countTrial(c.var.admin.id);
      const { turn, log } = await turns.start({
        shop,
        visitorId,
        address: addresses.of(c.env.incoming, shop.slug),
        threadId,
        clientMessageId: randomUUID(),
        text: checkMessage(message, shop.limits.messageLength),
        locale: locale ?? shop.locale,
        hasPage: false,
        own: true,
      });
      const owner = { shop: shop.slug, visitorId };
      // A turn that is over is not touched by it.
      c.env.outgoing.once('close', () => void turns.cancel(turn.id, owner).catch(() => undefined));
      return streamTurn(c, log);
    })
    .openapi(costOf, async (c) => {
      const { slug } = mayShop(c, shops, c.req.valid('query').shop);
      const turn = await storage.turn(c.req.valid('param').id);
      if (turn?.shop !== slug) throw new ChatError('turn_not_found', 'There is no such turn.');
      const calls = await storage.usageOfTurn(turn.id);
      const sum = (value: (call: (typeof calls)[number]) => number) =>
        calls.reduce((all, call) => all + value(call), 0);
      const answer: PlaygroundCost = {
        turn_id: turn.id,
        running: turn.status === 'running' || calls.some(({ outcome }) => outcome === 'running'),
        calls: calls.length,
        models: [...new Set(calls.map(({ model }) => model))],
        input_tokens: sum(({ inputTokens }) => inputTokens),
        cached_tokens: sum(({ cachedTokens }) => cachedTokens),
        output_tokens: sum(({ outputTokens }) => outputTokens),
        cost_micro_usd: sum(({ costMicroUsd }) => costMicroUsd ?? 0),
        unpriced_calls: calls.filter(({ costMicroUsd, outcome }) => costMicroUsd === null && outcome !== 'running')
          .length,
        first_token_ms: calls[0]?.firstTokenMs ?? null,
        duration_ms: sum(({ durationMs }) => durationMs),
      };
      return c.json(answer, 200);
    });
}
