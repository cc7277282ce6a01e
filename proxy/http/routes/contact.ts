import { Hono } from 'hono';
import { mask } from '../../chat/mask.ts';
import type { Log } from '../../chat/types.ts';
import { cleanLine, cleanText } from '../../clean-text.ts';
import { ChatError } from '../../errors.ts';
import type { Outbox } from '../../handoff/types.ts';
import type { Limits } from '../../limits/types.ts';
import { openingAt } from '../../opening-hours.ts';
import type { ContactResponse } from '../../protocol/index.ts';
import type { ContactMessageRow, Storage } from '../../storage/types.ts';
import { askerOf, ownerOf, type HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';
import { checkMessage, contactRequest, MAX_CONTACT_MESSAGE, MAX_CONTACT_NAME, readBody } from '../schemas.ts';

export interface ContactDeps {
  storage: Pick<Storage, 'addContactMessage' | 'contactMessagesOf' | 'thread'>;
  allowances: Pick<Limits, 'countContact'>;
  outbox: Pick<Outbox, 'wake'>;
  log: Log;
  now: () => number;
}

/** Messages of one visitor that are kept at a time; an export holds all of them. */
const MAX_KEPT = 20;

/** A shopper's message to the people of the shop. No model and no budget is needed: it is what is left when both are gone. */
export function contact({ storage, allowances, outbox, log, now }: ContactDeps) {
  return new Hono<HttpEnv>()
    .post('/', async (c) => {
      const body = await readBody(c, contactRequest);
      const { contact, contactDelivery, privacy, locale: shopsLocale, hours } = c.get('shop');
      if (!contact?.form) throw new ChatError('contact_off', 'This shop takes no messages here.');
      if (c.get('own')) throw new ChatError('contact_off', 'The preview sends no messages.');
      const owner = ownerOf(c);
      const answerTo = ({ id, createdAt }: ContactMessageRow): ContactResponse => ({
        contact_message_id: id,
        created_at: new Date(createdAt).toISOString(),
        ...(hours && { open: openingAt(hours, now()) }),
      });
      const locale = body.locale ?? shopsLocale;
      const written = checkMessage(cleanText(checkMessage(body.message, MAX_CONTACT_MESSAGE), MAX_CONTACT_MESSAGE));
      // An e-mail address and a phone number are what a person answers to; nobody answers to the number of a card.
      const text = await mask(written, privacy.mask.includes('card') ? ['card'] : [], locale);

      // Who sends the same again because the line broke has written once, and that is what counts.
      const all = await storage.contactMessagesOf(owner.shop, owner.visitorId);
      const before = all.find(({ clientMessageId }) => clientMessageId === body.client_message_id);
      if (before) return c.json(answerTo(before), 201);
      const threadId = body.thread_id ?? null;
      if (threadId !== null && !(await storage.thread(owner.shop, owner.visitorId, threadId))) throw noThread();
      await allowances.countContact(askerOf(c));

      const added = await storage.addContactMessage({
        ...owner,
        clientMessageId: body.client_message_id,
        threadId,
        name: cleanLine(body.name, MAX_CONTACT_NAME),
        email: body.email,
        text,
        locale,
        delivery: contactDelivery ? 'waiting' : 'kept',
        now: now(),
        maxMessages: MAX_KEPT,
      });
      if (added.outcome === 'no_thread') throw noThread();
      if (added.outcome === 'too_many') {
        throw new ChatError('too_many_contact_messages', `At most ${MAX_KEPT} messages of a visitor are kept.`);
      }
      if (added.outcome === 'added') {
        log.info({ shop: owner.shop, contactMessage: added.message.id }, 'a message for the people of the shop came');
        outbox.wake();
      }
      return c.json(answerTo(added.message), 201);
    })
    .all('/', only('POST'));
}

function noThread(): ChatError {
  return new ChatError('thread_not_found', 'There is no such thread.');
}
