/** What is asked of the proxy beside the conversation, by pieces that come later, and so it comes with them. */
import type { ContactRequest } from '../../proxy/protocol/index.ts';
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
