import { Hono } from 'hono';
import { mask } from '../../chat/mask.ts';
import { cleanText } from '../../clean-text.ts';
import { ChatError } from '../../errors.ts';
import type { Limits } from '../../limits/types.ts';
import type { Feedback } from '../../protocol/index.ts';
import type { Shop } from '../../shops/types.ts';
import type { Storage } from '../../storage/types.ts';
import { askerOf, ownerOf, type HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';
import { additionRequest, feedbackRequest, MAX_COMMENT, readBody } from '../schemas.ts';

export interface MessagesDeps {
  storage: Pick<Storage, 'rateMessage' | 'addCardAddition'>;
  allowances: Pick<Limits, 'countFeedback'>;
  now: () => number;
}

/** What shoppers think of single answers, and what they took from them into their carts. */
export function messages({ storage, allowances, now }: MessagesDeps) {
  return new Hono<HttpEnv>()
    .post('/:id/feedback', async (c) => {
      const body = await readBody(c, feedbackRequest);
      await allowances.countFeedback(askerOf(c));
      const feedback = body.rating === null ? null : await kept(body, c.get('shop'));
      const messageId = c.req.param('id');
      if (!(await storage.rateMessage({ ...ownerOf(c), messageId, feedback, now: now() }))) {
        throw new ChatError('message_not_found', 'There is no such answer.');
      }
      return c.body(null, 204);
    })
    .all('/:id/feedback', only('POST'))
    .post('/:id/additions', async (c) => {
      const { addition_id: additionId, product_id: productId, quantity } = await readBody(c, additionRequest);
      await allowances.countFeedback(askerOf(c));
      const addition = { ...ownerOf(c), messageId: c.req.param('id'), additionId, productId, quantity, now: now() };
      if (!(await storage.addCardAddition(addition))) {
        throw new ChatError('message_not_found', 'There is no such answer.');
      }
      return c.body(null, 204);
    })
    .all('/:id/additions', only('POST'));
}

/** A comment is a shopper's text like any other. */
async function kept({ rating, reason, comment = '' }: Feedback, { privacy, locale }: Shop): Promise<Feedback> {
  const text = (await mask(cleanText(comment, MAX_COMMENT), privacy.mask, locale)).trim();
  return { rating, ...(reason && { reason }), ...(text !== '' && { comment: text }) };
}
