/** What is asked of the proxy beside the conversation, by pieces that come later, and so it comes with them. */
import type {
  AdditionRequest,
  ContactRequest,
  FeedbackRequest,
  ThreadChange,
  ThreadSummary,
} from '../../proxy/protocol/index.ts';
import { readJson } from './proxy-client.ts';
import { isGone, type Transport } from './types.ts';

const pathOf = (id: string): string => `/api/threads/${encodeURIComponent(id)}`;

/** The conversation as a file to keep. */
export function exportThread(transport: Transport, id: string, signal: AbortSignal): Promise<Blob> {
  return transport.request({ method: 'GET', path: `${pathOf(id)}/export` }, (response) => response.blob(), signal);
}

/** Resolves for one that is gone already. */
export async function deleteThread(transport: Transport, id: string, signal: AbortSignal): Promise<void> {
  try {
    await transport.request({ method: 'DELETE', path: pathOf(id) }, () => undefined, signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** To the people of the shop. */
export function sendLetter(transport: Transport, body: ContactRequest, signal: AbortSignal): Promise<void> {
  return transport.request({ method: 'POST', path: '/api/contact', body }, () => undefined, signal);
}

/** Newest first; with a query, those that have its words in them. */
export async function findThreads(transport: Transport, query: string, signal: AbortSignal): Promise<ThreadSummary[]> {
  const path = query ? `/api/threads?q=${encodeURIComponent(query)}` : '/api/threads';
  return (await transport.request({ method: 'GET', path }, readJson<{ threads: ThreadSummary[] }>, signal)).threads;
}

export function changeThread(
  transport: Transport,
  id: string,
  body: ThreadChange,
  signal: AbortSignal,
): Promise<ThreadSummary> {
  return transport.request({ method: 'PATCH', path: pathOf(id), body }, readJson<ThreadSummary>, signal);
}

/** What the shopper thinks of an answer. */
export function sendFeedback(
  transport: Transport,
  messageId: string,
  body: FeedbackRequest,
  signal: AbortSignal,
): Promise<void> {
  const path = `/api/messages/${encodeURIComponent(messageId)}/feedback`;
  return transport.request({ method: 'POST', path, body }, () => undefined, signal);
}

/** A card of this answer has put something into the cart. */
export function sendAddition(
  transport: Transport,
  messageId: string,
  body: AdditionRequest,
  signal: AbortSignal,
): Promise<void> {
  const path = `/api/messages/${encodeURIComponent(messageId)}/additions`;
  return transport.request({ method: 'POST', path, body }, () => undefined, signal);
}

/** All that is kept of the visitor, as a file of JSON. */
export function exportVisitor(transport: Transport, signal: AbortSignal): Promise<Blob> {
  return transport.request({ method: 'GET', path: '/api/visitor' }, (response) => response.blob(), signal);
}

/** Nothing of the visitor is kept afterwards. */
export function deleteVisitor(transport: Transport, signal: AbortSignal): Promise<void> {
  return transport.request({ method: 'DELETE', path: '/api/visitor' }, () => undefined, signal);
}
