/**
 * A letter as an e-mail: plain text, to the owner, whose answer goes to the shopper. The message's id is made of the
 * letter's, so that a mail program shows one that came twice once.
 */
import { createTransport } from 'nodemailer';
import { cleanLine } from '../clean-text.ts';
import type { MailSettings } from './mail-settings.ts';
import { HandoffError } from './handoff-error.ts';
import type { Courier, Letter } from './types.ts';

/** For all of it; a server that says a word now and then would keep the socket's own time from running out. */
const TIMEOUT_MS = 30_000;
const SILENCE_MS = 10_000;
const MAX_ANSWER = 64 * 1024;
const MAX_NAME = 80;
const MAX_ADDRESS = 200;

export interface MailOptions {
  settings: MailSettings;
  /** Who gets it. */
  to: string;
  timeoutMs?: number;
}

export function createMail({ settings, to, timeoutMs = TIMEOUT_MS }: MailOptions): Courier {
  const { host, port, tls, user, password, from } = settings;
  const transport = createTransport({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'none',
    ...(user !== '' && { auth: { user, pass: password } }),
    // A relay is the proxy's own setting, and may well be inside.
    allowInternalNetworkInterfaces: true,
    dnsTimeout: SILENCE_MS,
    connectionTimeout: SILENCE_MS,
    greetingTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
    maxResponseSize: MAX_ANSWER,
    // A letter is text of strangers: no part of it is ever a path or a URL to read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async deliver(letter, signal) {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        await transport.sendMail({
          ...mailOf(letter),
          from,
          to: { name: '', address: to },
          messageId: `<${letter.id}@${from.address.split('@')[1]}>`,
          signal: AbortSignal.any([signal, timeout]),
        });
      } catch (error) {
        signal.throwIfAborted();
        if (timeout.aborted) throw new HandoffError(`The mail server took longer than ${timeoutMs} ms.`);
        throw refusalOf(error);
      }
    },
  };
}

function mailOf(letter: Letter) {
  const { id, shop, text, createdAt, transcript } = letter;
  const who = cleanLine(letter.name, MAX_NAME);
  const email = cleanLine(letter.email, MAX_ADDRESS);
  return {
    replyTo: { name: who, address: email },
    subject: `Message from ${who || email} to ${cleanLine(shop.name, MAX_NAME)}`,
    text: [
      text,
      '',
      '---',
      ...(who === '' ? [] : [`Name: ${who}`]),
      `E-mail: ${email} (your answer to this e-mail goes there)`,
      `Written: ${createdAt}`,
      `Number: ${id}`,
      transcript === null ? 'The shopper sent no conversation with it.' : 'The conversation is attached.',
    ].join('\n'),
    // No automatic answer to it, neither to us nor to the shopper (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    attachments:
      transcript === null
        ? []
        : [{ filename: 'conversation.txt', content: transcript, contentType: 'text/plain; charset=utf-8' }],
  };
}

function refusalOf(error: unknown): HandoffError {
  const { code, responseCode, response, message } = error as {
    code?: string;
    responseCode?: number;
    response?: string;
    message?: string;
  };
  const why = [responseCode, code].filter((part) => part !== undefined).join(', ');
  return new HandoffError(`The mail server did not take it${why === '' ? '' : ` (${why})`}.`, {
    said: response ?? message ?? '',
    cause: error,
  });
}
