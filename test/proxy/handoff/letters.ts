import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import { HandoffError } from '../../../proxy/handoff/handoff-error.ts';
import type { Letter } from '../../../proxy/handoff/types.ts';

export const NEVER = new AbortController().signal;

export function letter(changes: Partial<Letter> = {}): Letter {
  return {
    id: 'con_0123456789abcdefghijkl',
    shop: { slug: 'pets', name: 'Pippalo' },
    name: 'Dana',
    email: 'dana@home.example',
    text: 'Is the blue bed\ncoming back?',
    locale: 'he',
    createdAt: '2026-11-21T08:00:00.000Z',
    transcript: null,
    ...changes,
  };
}

export interface Posted {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A webhook of a shop's on loopback, as long as the test. `answer` says 204 unless told otherwise. */
export async function receiver(
  answer: (response: ServerResponse, posted: Posted) => void = (response) => response.writeHead(204).end(),
) {
  const posts: Posted[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      posts.push({ headers: request.headers, body });
      answer(response, posts.at(-1)!);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { posts, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

export interface Mail {
  from: string;
  to: string[];
  /** As it came over the line. */
  raw: string;
}

/** A real SMTP server on loopback, as long as the test. */
export async function mailbox(options: SMTPServerOptions = {}) {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let raw = '';
      stream.on('data', (chunk: Buffer) => (raw += chunk.toString('utf8')));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({ from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address), raw });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { mails, port: (server.server.address() as AddressInfo).port };
}

/** The error of a delivery that must fail. */
export async function refusal(delivery: Promise<void>): Promise<HandoffError> {
  try {
    await delivery;
  } catch (error) {
    if (error instanceof HandoffError) return error;
    throw error;
  }
  throw new Error('The letter was taken.');
}
